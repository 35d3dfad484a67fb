"""Interrupts: asking the handler, and pausing when it has no answer (section 21)."""

from __future__ import annotations

from inspect import isawaitable

from hypergraph.runtime.pauses import Pause, paused
from hypergraph.runtime.sentinels import ABSENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any


async def asked(
    node: str, outputs: tuple[str, ...], handler: Callable[[], Any], inputs: dict[str, Any]
) -> Any:
    """The handler's answer, one value per output, or a pause that shows the inputs (X104, X105)."""
    return distributed(node, outputs, await handled(node, handler), inputs)


async def handled(node: str, handler: Callable[[], Any]) -> Any:
    """What the handler says; ``RuntimeError`` from whatever it raises (X116)."""
    try:
        answer = handler()
        if isawaitable(answer):
            answer = await answer
    except Exception as error:
        raise RuntimeError(
            f"The handler of interrupt '{node}' failed: {type(error).__name__}: {error}"
        ) from error
    return answer


def distributed(node: str, outputs: tuple[str, ...], answer: Any, inputs: dict[str, Any]) -> Any:
    """One value per output, or a pause that shows the inputs, raised (X104, X105).

    Raises ``ValueError`` when the handler answered with a dict of other names.
    """
    if answer is None or (len(outputs) > 1 and answer == (None,) * len(outputs)):
        raise paused(node, outputs, inputs)
    return answer if len(outputs) == 1 else _by_output(node, outputs, answer)


def _by_output(node: str, outputs: tuple[str, ...], answer: Any) -> tuple[Any, ...]:
    """One value per output: by name, by position, or all for the first (X104, K11)."""
    if isinstance(answer, dict):
        missing = [name for name in outputs if name not in answer]
        extra = [name for name in answer if name not in outputs]
        if missing or extra:
            raise ValueError(
                f"Interrupt '{node}' answered with the wrong names: expected {list(outputs)}, "
                f"got {list(answer)}; missing {missing}, extra {extra}."
            )
        return tuple([answer[name] for name in outputs])
    if isinstance(answer, tuple) and len(answer) == len(outputs):
        return answer
    return (answer, *[ABSENT] * (len(outputs) - 1))


async def inside(node: str, call: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """The call of a nested graph; its pause is told from outside of the graph node (X112)."""
    try:
        return await call()
    except Pause as pause:
        raise pause.inside(node) from None
