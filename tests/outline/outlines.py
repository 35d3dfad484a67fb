"""Outlines of graphs, from the plan and from the text, for the tests beside this module."""

from __future__ import annotations

from hypergraph import Graph
from hypergraph.compiler.artifact import compile_graph
from hypergraph.compiler.emit.fragments import join
from hypergraph.compiler.emit.held import Held, held_by
from hypergraph.compiler.emit.memory import functions_of
from hypergraph.compiler.held_plans import plans_of
from hypergraph.compiler.in_memory import plan_of
from hypergraph.compiler.link.live import canonical_paths
from hypergraph.compiler.options import Options
from hypergraph.compiler.outline.model import Outline
from hypergraph.compiler.outline.planned import outline_of
from hypergraph.compiler.outline.read import read_outline
from hypergraph.compiler.plan import Mode
from hypergraph.compiler.schedule.supply import Supply, own_supply
from hypergraph.compiler.target import load_target


def written(
    graph: Graph,
    mode: Mode = "sync",
    supply: Supply | None = None,
    *,
    limited: bool = False,
    events: bool = False,
    cache: bool = False,
) -> tuple[Outline, str]:
    """The outline of a graph's plan, and the functions that are written from that plan."""
    plan = plan_of(graph, supply or own_supply(graph), mode, limited, events, cache)
    texts, names = functions_of(plan, canonical_paths(graph, plan))
    return outline_of(plan, names), join("\n\n\n", texts).text + "\n"


def read(graph: Graph, mode: Mode = "sync") -> Outline:
    """The outline of a graph, read from its text."""
    return read_outline(written(graph, mode)[1])


def held_program(target: str, mode: Mode) -> tuple[dict[str, Held], str]:
    """The plans that the file of a target holds, and its text."""
    graph = load_target(target).graph
    plans = plans_of(graph, mode, Options(mode))
    held = held_by(plans, canonical_paths(graph, *plans.values()), linked=True)
    return held, compile_graph(target, mode=mode).text
