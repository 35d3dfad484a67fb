"""What loops need to know: whether a value changed, and what to say when they do not end."""

from __future__ import annotations

from hypergraph.runtime.errors import InfiniteLoopError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def differs(old: Any, new: Any) -> bool:
    """Whether writing ``new`` over ``old`` is a change (X34).

    Where the two cannot be compared, as with arrays, another object is a change.

    >>> differs(1, 1.0), differs([1], [2]), differs(float("nan"), float("nan"))
    (False, True, True)
    """
    try:
        if old != new:
            return True
    except (ValueError, TypeError):
        return old is not new
    return False


def endless(loop: str, max_iterations: int, gates: tuple[str, ...]) -> InfiniteLoopError:
    """The error of a loop that was still not finished after its last allowed round (X67).

    >>> print(endless("check, burn", 4, ("check",)))
    The loop of check, burn exceeded 4 iterations: gate check never chose to leave it.
    How to fix: let a gate choose END or a node outside the loop, or raise max_iterations.
    """
    if gates:
        never = "gate" + "s"[: len(gates) > 1] + f" {', '.join(gates)} never chose to leave it"
    else:
        never = "no gate in it could end it, and its values kept changing"
    return InfiniteLoopError(
        max_iterations,
        f"The loop of {loop} exceeded {max_iterations} iterations: {never}.\n"
        "How to fix: let a gate choose END or a node outside the loop, or raise max_iterations.",
    )
