"""The checks of a call before anything runs, in their order (X17)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hypergraph.compiler.check.call_answers import check_answers
from hypergraph.compiler.check.call_entries import check_entries, check_required
from hypergraph.compiler.check.call_names import Given
from hypergraph.compiler.check.call_overrides import check_conflicts, unexpected_warnings
from hypergraph.compiler.check.call_runner import check_runner
from hypergraph.compiler.check.input_spec import Scope, scope_of
from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.diagnostics import inputs as catalogue
from hypergraph.compiler.diagnostics.problems import closest, problem
from hypergraph.compiler.schedule.supply import own_supply
from hypergraph.runtime.checks import ERROR_HANDLING, POLICIES, check_word, listed_names
from hypergraph.runtime.errors import GraphConfigError
from hypergraph.runtime.shapes import UNSET, Request
from hypergraph.runtime.warnings import warn_caller


@dataclass(frozen=True)
class CheckedCall:
    """What is left of a request once it is known to be right.

    ``supplied`` are the names to pass on, in the order of the request; ``outputs`` those to return;
    ``wanted`` those of them that were asked for by name and count as missing when they are not
    there (X69); ``warnings`` are repeated on every run. ``own`` tells that the call is of the
    graph's own shape.
    """

    supplied: tuple[str, ...]
    outputs: tuple[str, ...]
    wanted: tuple[str, ...]
    warnings: tuple[str, ...]
    own: bool


def check_call(graph: Graph, request: Request, mode: Literal["sync", "async"]) -> CheckedCall:
    """Check what a call supplies and asks for; values are not looked at (sections 5 and 6).

    Raises, in this order (X17): ``IncompatibleRunnerError`` and ``TypeError`` for what the runner
    cannot execute, ``GraphConfigError`` for a selection of what is no output, ``ValueError`` for a
    word that is no policy, for answers that fit no interrupt, for values given in place of what is
    computed, for unexpected names if so wished and for a wrong loop entry, ``MissingInputError``
    for a loop without entry and for missing inputs, ``ValueError`` for the other two words.

    >>> from hypergraph import Graph, node
    >>> @node(output_name="c")
    ... def add(a, b=1): return a + b
    >>> check_call(Graph([add]), Request(("a",)), "sync")
    CheckedCall(supplied=('a',), outputs=('c',), wanted=(), warnings=(), own=True)
    """
    check_runner(graph, mode)
    selected = _selected(graph, request)
    check_word("on_internal_override", request.on_internal_override, POLICIES)
    answers, reached = check_answers(graph, request.supplied)
    given = Given(graph, _scope(graph, selected), request.supplied, answers, (graph.place,))
    check_conflicts(given)
    warnings = unexpected_warnings(given, request.on_internal_override)
    try:
        check_entries(given, request.entrypoint)
        check_required(given)
        check_word("on_missing", request.on_missing, POLICIES)
        check_word("error_handling", request.error_handling, ERROR_HANDLING)
    except Exception:
        # A mistyped name explains what is missing, so it is told even if nothing will run.
        for text in warnings:
            warn_caller(text)
        raise
    names = graph.outputs if selected is None else selected
    data = [name for name in names if name not in given.signals]
    supplied = _passed_on(given, reached)
    return CheckedCall(
        supplied=supplied,
        outputs=tuple(data),
        wanted=() if selected is None else tuple(data),
        warnings=warnings,
        own=_is_own(graph, frozenset(supplied)),
    )


def _selected(graph: Graph, request: Request) -> tuple[str, ...] | None:
    """The outputs asked for by name, with the call or by the graph; ``None`` for all (X22, K33)."""
    if request.select is UNSET or request.select is None:
        return graph.selected
    names = listed_names(request.select)
    unknown = [name for name in names or () if name not in graph.outputs]
    if unknown:
        raise problem(
            GraphConfigError,
            catalogue.SELECT,
            where=[graph.place],
            near=closest(str(unknown[0]), graph.outputs),
            names=", ".join(repr(name) for name in unknown),
            valid=", ".join(f"'{name}'" for name in graph.outputs) or "none",
        )
    return names


def _scope(graph: Graph, selected: tuple[str, ...] | None) -> Scope:
    return graph.scope if selected == graph.selected else scope_of(graph, selected)


def _passed_on(given: Given, reached: frozenset[str]) -> tuple[str, ...]:
    """The supplied names that can matter to the run: inputs, outputs, and answers."""
    nodes = tuple(given.graph.iter_nodes())
    read = {name for node in nodes if node.name in given.graph.active for name in node.inputs}
    known = read.union(given.graph.outputs, reached) - given.signals
    return tuple(name for name in given.supplied if name in known)


def _is_own(graph: Graph, supplied: frozenset[str]) -> bool:
    """Whether the function for the graph's own shape can be called with these names.

    Loops that can be entered in several ways are not left to find out at run time how they were.
    """
    own, entries = own_supply(graph), graph.scope.spec.entrypoints
    ways = [{entries[node] for node in component} for component in graph.scope.components]
    return own.certain <= supplied <= own.certain | own.maybe and all(len(one) == 1 for one in ways)
