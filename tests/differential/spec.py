"""Descriptions of graphs and calls: frozen, printable, and buildable as often as needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

ParamKind = Literal["positional", "normal", "spread", "keyword", "spread by name"]
FunctionKind = Literal["plain", "generator", "async", "async generator"]


@dataclass(frozen=True)
class Param:
    """One parameter of a node's function, and the input name it has on the node."""

    name: str
    shown: str
    kind: ParamKind = "normal"
    default: str | None = None


@dataclass(frozen=True)
class Body:
    """What a node's function does: one of the functions in ``bodies``, and what it is told."""

    does: str
    told: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Fn:
    """A function node."""

    name: str
    params: tuple[Param, ...] = ()
    outputs: tuple[str, ...] = ()
    body: Body = Body("digest")
    kind: FunctionKind = "plain"
    emit: tuple[str, ...] = ()
    wait_for: tuple[str, ...] = ()
    cache: bool = False


@dataclass(frozen=True)
class Gate:
    """An if/else or route node; ``"END"`` among the targets and decisions stands for ``END``."""

    name: str
    params: tuple[Param, ...] = ()
    targets: tuple[str, ...] = ()
    body: Body = Body("pick")
    is_ifelse: bool = False
    fallback: str | None = None
    multi_target: bool = False
    default_open: bool = True
    emit: tuple[str, ...] = ()
    wait_for: tuple[str, ...] = ()
    cache: bool = False

    @property
    def outputs(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True)
class Ask:
    """An interrupt node."""

    name: str
    params: tuple[Param, ...] = ()
    outputs: tuple[str, ...] = ()
    body: Body = Body("ask")
    emit: tuple[str, ...] = ()
    wait_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sub:
    """A graph node; renames are pairs of inner and outer names."""

    name: str
    graph: GraphSpec
    inputs: tuple[tuple[str, str], ...] = ()
    renamed_outputs: tuple[tuple[str, str], ...] = ()
    outputs: tuple[str, ...] = ()
    map_over: tuple[str, ...] = ()
    mode: str = "zip"
    on_error: str = "raise"
    clone: bool | tuple[str, ...] = False

    @property
    def emit(self) -> tuple[str, ...]:
        return ()

    @property
    def wait_for(self) -> tuple[str, ...]:
        return ()


NodeSpec = Fn | Gate | Ask | Sub
Edge = tuple[str, str, tuple[str, ...] | None]


@dataclass(frozen=True)
class GraphSpec:
    """A graph; ``edges`` are declared ones, without names where the third part is ``None``."""

    nodes: tuple[NodeSpec, ...]
    name: str | None = None
    edges: tuple[Edge, ...] | None = None
    bound: tuple[tuple[str, str], ...] = ()
    entrypoints: tuple[str, ...] = ()
    selected: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapOver:
    """What ``map`` takes in addition to ``run``."""

    names: tuple[str, ...]
    mode: str = "zip"
    clone: bool | tuple[str, ...] = False


@dataclass(frozen=True)
class Call:
    """One call of a runner; values are texts of literals, ``select=None`` means unset."""

    values: tuple[tuple[str, str], ...] = ()
    select: tuple[str, ...] | str | None = None
    on_missing: str = "ignore"
    on_internal_override: str = "warn"
    entrypoint: str | None = None
    max_iterations: int | None = None
    error_handling: str = "continue"
    map_over: MapOver | None = None
    max_concurrency: int | None = None


@dataclass(frozen=True)
class Case:
    """A graph and a call, to be observed in every engine; ``concurrent`` ones need asyncio."""

    graph: GraphSpec
    call: Call
    concurrent: bool = False


def every_node(graph: GraphSpec) -> Iterator[NodeSpec]:
    """All nodes of a graph and of the graphs inside it."""
    for node in graph.nodes:
        yield node
        if isinstance(node, Sub):
            yield from every_node(node.graph)


def inputs_of(node: NodeSpec) -> tuple[str, ...]:
    """The input names of a node as the graph sees them."""
    if isinstance(node, Sub):
        return tuple(outer for _, outer in node.inputs)
    return tuple(param.shown for param in node.params)
