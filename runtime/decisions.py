"""What is wrong with a gate's decision (X60-X63)."""

from __future__ import annotations

from hypergraph.runtime.sentinels import END
from hypergraph.runtime.warnings import warn_caller

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def not_a_bool(node: str, said: Any) -> TypeError:
    """The error of an ``@ifelse`` gate that returned something else than a bool (X60).

    >>> print(not_a_bool("is_even", 1))
    Gate 'is_even' must return bool, not int: 1
    How to fix: return exactly True or False, for instance bool(...) of the result.
    """
    return TypeError(
        f"Gate '{node}' must return bool, not {type(said).__name__}: {said!r}\n"
        "How to fix: return exactly True or False, for instance bool(...) of the result."
    )


def invalid_target(node: str, said: Any, targets: tuple[Any, ...]) -> Exception:
    """The error of a ``@route`` gate that chose something it does not list (X61, X63).

    >>> print(invalid_target("triage", "c", ("a", END)))
    Gate 'triage' returned an invalid target: 'c'. Valid targets: 'a', END
    How to fix: return one of them, or add the node to the gate's targets.
    """
    if isinstance(said, list):
        return TypeError(
            f"Gate '{node}' has multi_target=False but returned a list: {said!r}\n"
            "How to fix: return a single target, or declare the gate with multi_target=True."
        )
    if isinstance(said, str) and said == "END" and END in targets:
        warn_caller(
            f"Gate '{node}' returned the string 'END'. To end, return the END sentinel: "
            "from hypergraph import END"
        )
    return ValueError(
        f"Gate '{node}' returned an invalid target: {said!r}. "
        f"Valid targets: {', '.join(map(repr, targets))}\n"
        "How to fix: return one of them, or add the node to the gate's targets."
    )


def several(said: Any, targets: tuple[Any, ...], node: str) -> list[Any] | tuple[()]:
    """The decision of a gate that may choose several targets, checked (X62).

    ``None`` chooses nothing; it becomes an empty tuple, so that the decision can still be told from
    the list of a gate that chose none.

    >>> several(["a"], ("a", "b"), "fan"), several(None, ("a", "b"), "fan")
    (['a'], ())
    """
    if said is None:
        return ()
    if not isinstance(said, list):
        raise TypeError(
            f"Gate '{node}' has multi_target=True but returned {type(said).__name__}: {said!r}\n"
            "How to fix: return a list of targets, an empty one for none."
        )
    for one in said:
        if one not in targets:
            raise invalid_target(node, one, targets)
    return said


def real_bool(said: Any, node: str) -> bool:
    """The decision of an ``@ifelse`` gate, checked.

    >>> real_bool(True, "is_even")
    True
    """
    if said is not True and said is not False:
        raise not_a_bool(node, said)
    return said


def decided(said: Any, targets: tuple[Any, ...], node: str, fallback: Any = None) -> Any:
    """The decision of a ``@route`` gate with a single target, checked.

    >>> decided(None, ("a", "b"), "pick", "b")
    'b'
    """
    if said is None:
        return fallback
    if said not in targets:
        raise invalid_target(node, said, targets)
    return said
