"""Making many objects without the cyclic garbage collector, which would walk over all of them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Build objects that are there to stay, without having them looked through ever again.

    Plans, texts and results are trees: reference counts free what is left of them. The collector,
    which would walk over all of them time and again and make it slower than linear, goes on
    afterwards if it was on before.

    >>> with uncollected():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
