"""Several outputs out of one returned value (X65)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def unpack(result: Any, count: int, node: str) -> Any:
    """``result``, which must hold as many values as the node has outputs.

    >>> low, high = unpack((1, 9), 2, "bounds")
    >>> unpack((1,), 2, "bounds")
    Traceback (most recent call last):
    ...
    ValueError: Node 'bounds' has 2 data outputs but returned 1 values
    """
    if len(result) != count:
        raise ValueError(
            f"Node '{node}' has {count} data outputs but returned {len(result)} values"
        )
    return result
