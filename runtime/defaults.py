"""Fresh copies of signature defaults (X59)."""

from __future__ import annotations

from copy import deepcopy

from hypergraph.runtime.errors import GraphConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")


def fresh(value: T, parameter: str) -> T:
    """A deep copy of the default of ``parameter``, made each time the default is used (X59).

    Raises ``GraphConfigError`` if the value refuses to be copied.

    >>> rows = [[1]]
    >>> fresh(rows, "rows"), fresh(rows, "rows")[0] is rows[0]
    ([[1]], False)
    """
    try:
        return deepcopy(value)
    except Exception as error:
        raise GraphConfigError(
            f"The default of parameter '{parameter}' cannot be safely copied: "
            f"{type(value).__name__} refuses ({type(error).__name__}: {error})\n"
            "Why copying is needed: one default object would be shared by every run, "
            "and a change made in one run would show in the next.\n"
            "How to fix: share the object on purpose by binding it, "
            f"graph.bind({parameter}=...), or take a default of None and make the object "
            "inside the function.\n"
            "A value given with .bind() is passed as it is, never copied."
        ) from error
