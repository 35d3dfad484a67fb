"""How a program stops to ask: a pause travels up to the runner like an exception (X105, X112)."""

from __future__ import annotations

from hypergraph.runtime.results import PauseInfo

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Pause(BaseException):
    """Carries what a paused run asks for; no ``except Exception`` on its way may swallow it."""

    def __init__(self, info: PauseInfo) -> None:
        super().__init__(info)
        self.info = info

    def inside(self, node: str) -> Pause:
        """The same pause, seen from outside of the graph node ``node``."""
        inner = self.info
        return Pause(
            PauseInfo(
                f"{node}/{inner.node_name}",
                inner.output_param,
                inner.value,
                inner.output_params,
                inner.values,
            )
        )


def paused(node: str, asks: tuple[str, ...], inputs: dict[str, Any]) -> Pause:
    """The pause of an interrupt that asks for its outputs, showing its inputs (X105).

    >>> paused("approval", ("decision",), {"draft": "v1"}).info.value
    'v1'
    """
    return Pause(
        PauseInfo(
            node,
            asks[0],
            next(iter(inputs.values()), None),
            asks if len(asks) > 1 else None,
            dict(inputs) if len(inputs) > 1 else None,
        )
    )
