"""A loop in its general form: integer versions, and one expression per member for "ready".

Each round: decisions whose gate saw something older are dropped, readiness is worked out from the
versions, gates hold their targets back, waiting members let what they wait for go first, and the
members left run on the values from before the round (sections 8 and 9).
"""

from __future__ import annotations

from hypergraph.compiler.emit.fragments import Code, code, literal
from hypergraph.compiler.emit.loop_scope import LoopScope
from hypergraph.compiler.emit.loop_start import write_start
from hypergraph.compiler.emit.readiness import (
    any_of,
    opened_by_gates,
    write_dropped_decisions,
    write_readiness,
)
from hypergraph.compiler.emit.rounds import write_round
from hypergraph.compiler.emit.scope import Scope
from hypergraph.compiler.plan import ALWAYS, Loop, Member


def write_general_loop(scope: Scope, loop: Loop) -> None:
    """Write the loop as rounds over all of its members."""
    tracked = {slot for member in loop.members for slot in (*member.sees, *member.waits)}
    inside = LoopScope(
        scope,
        loop,
        frozenset(tracked),
        {one.slot: one for one in loop.carried},
        {member.call.node: member for member in loop.members},
    )
    scope.writer.comment(f"loop: {loop.name}")
    write_start(inside)
    with scope.writer.block("while True:"):
        write_dropped_decisions(inside)
        runs = write_readiness(inside)
        with scope.writer.block("if not {}:", any_of(list(runs.values()))):
            scope.writer.line("break")
        write_go_on(scope)
        write_count(scope, loop)
        write_round(inside, runs)
    _write_silent_exits(inside)


def _write_silent_exits(inside: LoopScope) -> None:
    """A gate that never decided may leave what it targets outside open all the same (K3)."""
    for name, target in inside.loop.exits:
        member = inside.members[name]
        gate = member.call.gate
        if gate is None or not gate.default_open or runs_in_first_round(member):
            continue
        said, opened = inside.about("said", member), opened_by_gates(inside, member, frozenset())
        test = code("{} is OPEN", said)
        if opened is not None:
            test = code("{} and {}", test, opened)
        with inside.scope.writer.block("if {}:", test):
            chosen = inside.scope.names.about("chosen", name, target)
            inside.scope.writer.line("{} = True", chosen)


def runs_in_first_round(member: Member) -> bool:
    """Whether nothing can keep the member from running as soon as the loop starts."""
    free = not member.gated and member.outside == ALWAYS and member.possible
    return free and not member.needs and not member.waits


def write_go_on(scope: Scope) -> None:
    """Begin no round once something beside the loop has failed or paused (X71)."""
    if scope.in_lane:
        scope.writer.line("{}.go_on()", scope.names.about("lane"))


def write_count(scope: Scope, loop: Loop) -> None:
    """Count a round, and fail when it is one too many (X67)."""
    rounds, limit = scope.names.about("rounds"), scope.names.about("limit")
    scope.writer.line("{} += 1", rounds)
    with scope.writer.block("if {} > {}:", rounds, limit):
        scope.writer.line("raise {}", endless(scope, loop))


def endless(scope: Scope, loop: Loop) -> Code:
    """The error of a loop that used up its rounds; it names the gates that could end it."""
    gates = tuple(member.call.node for member in loop.members if member.call.gate is not None)
    limit = scope.names.about("limit")
    return code("endless({}, {}, {})", literal(loop.name), limit, literal(gates))
