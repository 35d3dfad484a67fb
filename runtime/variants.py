"""What a file may hold beside the plain function of its graph: others of the same graph."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from hypergraph.runtime.skeleton import Skeleton


class Watched:
    """An entry function with more in it than the calls.

    It takes a watch before its inputs. ``features`` are what it has: ``"events"``, ``"cache"`` or
    both; ``graph`` is what events call the graph.
    """

    __slots__ = ("entry", "features", "graph")

    def __init__(
        self, entry: Callable[..., Any], features: tuple[str, ...], graph: str | None = None
    ) -> None:
        self.entry, self.features, self.graph = entry, features, graph


class Partial:
    """An entry function in which every name may be missing, and the skeleton of its graph.

    ``outputs`` names the cells of what it returns; ``parameters`` and ``variables`` are the names
    in it that could not be kept, and ``watched`` is the same with more in it. The others are the
    arguments of ``Skeleton``, as plain data: ``nodes`` holds those of ``Part``, ``cycles`` those of
    ``Cycle``.
    """

    def __init__(
        self,
        entry: Callable[..., Any],
        *,
        outputs: tuple[str, ...] = (),
        nodes: dict[str, dict[str, Any]],
        links: tuple[Any, ...] = (),
        cycles: tuple[Any, ...] = (),
        bindings: tuple[str, ...] = (),
        selected: tuple[str, ...] | None = None,
        questions: tuple[Any, ...] = (),
        graphs: tuple[str, ...] = (),
        parameters: dict[str, str] | None = None,
        variables: dict[str, str] | None = None,
        watched: Watched | None = None,
    ) -> None:
        self.entry, self.outputs, self.watched = entry, outputs, watched
        self.parameters, self.variables = parameters or {}, variables or {}
        self.nodes, self.links, self.cycles = nodes, links, cycles
        self.bindings, self.selected = bindings, selected
        self.questions, self.graphs = questions, graphs
        self.skeleton: Skeleton | None = None
