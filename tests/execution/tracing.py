"""What happens in a run, in the notation of the worked traces, and what users are told."""

from __future__ import annotations

import functools
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class Trace:
    """A decorator for node functions, under ``@node``; it keeps the calls as ``burn(2)``."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def __call__(self, func: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(func)
        def called(*args: Any, **kwargs: Any) -> Any:
            shown = [repr(value) for value in args]
            shown += [f"{name}={value!r}" for name, value in kwargs.items()]
            self.calls.append(f"{func.__name__}({', '.join(shown)})")
            return func(*args, **kwargs)

        return called

    @property
    def names(self) -> list[str]:
        """The functions called, without their arguments."""
        return [call.partition("(")[0] for call in self.calls]

    def count(self, name: str) -> int:
        """How often a function was called."""
        return self.names.count(name)


@contextmanager
def told() -> Iterator[list[str]]:
    """The texts of the warnings issued meanwhile, all of which must be for the user."""
    texts: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield texts
    assert all(one.category is UserWarning for one in caught)
    texts.extend(str(one.message) for one in caught)


def says(error: object, *facts: str) -> bool:
    """Check that a text has ``facts``; ``A … B`` means both on one line, in this order."""
    text = str(error)
    for fact in facts:
        pattern = ".*".join(re.escape(part) for part in fact.split(" … "))
        assert re.search(pattern, text), f"{fact!r} is missing in:\n{text}"
    return True


def explains(error: BaseException, code: str, *facts: str, where: Any = None) -> bool:
    """Check that an error states ``facts``, a remedy, its code and the place of ``where``."""
    text = str(error)
    assert re.search(rf"^How to fix: .+\[{code}\]$", text, re.MULTILINE), text
    assert vars(error)["code"] == code and vars(error)["places"]
    if where is not None:
        place = where.__code__
        assert f"{place.co_filename}:{place.co_firstlineno}" in text, text
    return says(error, *facts)
