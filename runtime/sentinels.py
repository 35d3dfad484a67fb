"""Values that stand for the lack of one: ``END``, ``ABSENT``, ``OPEN`` and ``SIGNAL``.

Each is a class used as a value, so that it survives copying and pickling as the same object.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _Sentinel(type):
    """Metaclass of classes that are used as values and shown by their name."""

    def __repr__(cls) -> str:
        return cls.__name__

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        raise TypeError(f"{cls.__name__} cannot be instantiated: use {cls.__name__} itself")


class Nothing(type):
    """Metaclass of what stands for no value: any value is another, however it compares itself."""

    def __repr__(cls) -> str:
        return cls.__name__

    def __ne__(cls, other: object) -> bool:
        return other is not cls


class END(metaclass=_Sentinel):
    """What a gate returns, or lists as a target, to end its part of the graph (G32).

    >>> END, END == "END"
    (END, False)
    """


# Stands wherever a value may stand, so type checkers take it for any.
ABSENT: Any = Nothing("ABSENT", (), {"__doc__": "The value of a name that was not produced."})


class OPEN(metaclass=_Sentinel):
    """The state of a gate that has not decided and does not hold its targets back (X44).

    >>> OPEN
    OPEN
    """


class SIGNAL(metaclass=Nothing):
    """The value of a signal that was given; it never appears in results (G122).

    >>> SIGNAL
    SIGNAL
    """
