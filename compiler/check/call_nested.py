"""The checks of the inner run of a graph node, made when its caller is planned (X84, X148)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from hypergraph.compiler.check.call_runner import check_node_types
from hypergraph.compiler.check.skeleton import skeleton_of
from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.plan import Mode, Refusal
from hypergraph.compiler.schedule.supply import answer_keys
from hypergraph.runtime.call_entries import check_entries, check_required
from hypergraph.runtime.call_names import Given
from hypergraph.runtime.call_overrides import check_conflicts, unexpected_warnings
from hypergraph.runtime.errors import MissingInputError


@dataclass(frozen=True)
class NestedCall:
    """What the caller of a nested graph will meet on every run: warnings, and perhaps an error."""

    refusal: Refusal | None = None
    warnings: tuple[str, ...] = ()


def check_nested(graph: Graph, supplied: Collection[str], mode: Mode) -> NestedCall:
    """Check a nested graph for the names that its graph node supplies, which are all of its inputs.

    What would be refused is a failure of the graph node when it runs (X84). Which of several
    entries a loop has is what the graph's ``with_entrypoint`` says (K19).

    >>> from hypergraph import Graph, node
    >>> @node(output_name="c")
    ... def add(a, b): return a + b
    >>> check_nested(Graph([add]), ("a", "b"), "sync")
    NestedCall(refusal=None, warnings=())
    """
    answers = frozenset(answer_keys(graph)).intersection(supplied)
    skeleton = skeleton_of(graph, placed=False)
    given = Given(skeleton, skeleton.scope(graph.selected), tuple(sorted(supplied)), answers)
    warnings: tuple[str, ...] = ()
    try:
        check_node_types(graph, mode, placed=False)
        check_conflicts(given)
        warnings = unexpected_warnings(given, "warn")
        check_entries(given, None, settled=graph.entrypoints_config or ())
        check_required(given)
    except MissingInputError as error:
        told = (error.missing, error.provided, str(error))
        return NestedCall(Refusal(type(error).__name__, told), warnings)
    except (TypeError, ValueError) as error:
        return NestedCall(Refusal(type(error).__name__, (str(error),)), warnings)
    return NestedCall(warnings=warnings)
