"""One superstep as statements: its steps, overlapping under asyncio, and its loops."""

from __future__ import annotations

from hypergraph.compiler.emit.fragments import literal
from hypergraph.compiler.emit.loops import write_general_loop
from hypergraph.compiler.emit.overlap import write_overlapping
from hypergraph.compiler.emit.scope import Scope
from hypergraph.compiler.emit.simple_loops import write_once, write_turns
from hypergraph.compiler.emit.steps import overlap, write_steps
from hypergraph.compiler.plan import Loop, Step, Superstep, describe_item


def write_superstep(scope: Scope, superstep: Superstep) -> None:
    """Write the steps and the loops of a superstep, or those of them that a lane has."""
    scope.writer.comment(superstep_title(superstep))
    if superstep.number > scope.lane_begins:
        write = scope.writer.line
        write("await {}.superstep({})", scope.names.about("lane"), literal(superstep.number))
    steps = [item for item in superstep.items if isinstance(item, Step)]
    if scope.is_async and overlap(scope, steps):
        write_overlapping(scope, steps)
        for item in superstep.items:
            if isinstance(item, Loop):
                write_loop(scope, item)
        return
    steps = []
    for item in superstep.items:
        if isinstance(item, Step):
            steps.append(item)
            continue
        write_steps(scope, steps)
        steps = []
        write_loop(scope, item)
    write_steps(scope, steps)


def superstep_title(superstep: Superstep) -> str:
    """``superstep 2``, and in words whatever is more than a call of a function."""
    told = [
        describe_item(item)
        for item in superstep.items
        if isinstance(item, Loop) or item.call.kind != "function"
    ]
    title = f"superstep {superstep.number}"
    return f"{title}: {'; '.join(told)}" if told else title


def write_loop(scope: Scope, loop: Loop) -> None:
    """Write a loop in the simplest form that the passes over the plan have proved right."""
    forms = {"general": write_general_loop, "once": write_once, "turns": write_turns}
    forms[loop.form](scope, loop)
