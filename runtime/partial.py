"""Files with a function for any subset of names: how their calls are checked and which one runs."""

from __future__ import annotations

from hypergraph.runtime.call import check_request
from hypergraph.runtime.results import Layout
from hypergraph.runtime.shapes import Shape, arguments_for, limit_of, watched_of
from hypergraph.runtime.skeleton import Cycle, Part, Skeleton

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hypergraph.runtime.call import CheckedCall
    from hypergraph.runtime.program import Program
    from hypergraph.runtime.shapes import Request
    from hypergraph.runtime.variants import Partial


def partial_shape(program: Program, partial: Partial, request: Request) -> Shape:
    """The shape of a call of a generated module that takes any subset of names.

    Calls are checked as those of a graph are (section 6). A call of the graph's own shape is run by
    the plain function, others by the one in which every name may be missing.
    """
    watched = watched_of(program, request.features, partial)
    checked = check_request(skeleton_of(partial), request)
    own = _is_own(program, checked)
    outputs = program.outputs if own else partial.outputs
    if watched is not None:
        watched = program.watched if own else watched
    entry = program.entry if own else partial.entry
    known = program.interface.parameters if own else partial.parameters
    names = checked.supplied
    passed = arguments_for(names, names, known)
    if len(names) != len(request.supplied):
        passed = tuple((name, known.get(name, name)) for name in names)
    return Shape(
        entry if watched is None else watched.entry,
        Layout(outputs, tuple(name for name in checked.outputs if name in outputs)),
        passed,
        checked.warnings,
        limit_of(entry),
        checked.wanted,
        program.variables if own else partial.variables,
        watched is not None,
        None if watched is None else watched.graph,
    )


def skeleton_of(partial: Partial) -> Skeleton:
    """The skeleton that a file holds of its graph."""
    if partial.skeleton is None:
        partial.skeleton = Skeleton(
            {name: Part(**facts) for name, facts in partial.nodes.items()},
            partial.links,
            [Cycle(*facts) for facts in partial.cycles],
            partial.bindings,
            partial.selected,
            partial.questions,
            partial.graphs,
        )
    return partial.skeleton


def _is_own(program: Program, checked: CheckedCall) -> bool:
    """Whether the plain function runs the call: all that it needs is given, and no more is."""
    known, given = program.interface, set(checked.supplied)
    entered = all(any(given.issuperset(one) for one in loop.values()) for loop in known.loops)
    enough = entered and given.issuperset(known.required) and given.issubset(known.names)
    return enough and set(program.outputs).issuperset(checked.outputs)
