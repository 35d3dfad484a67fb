"""What the parts that write a loop share."""

from __future__ import annotations

from dataclasses import dataclass

from hypergraph.compiler.emit.fragments import Identifier
from hypergraph.compiler.emit.naming import slot_key
from hypergraph.compiler.emit.scope import Scope
from hypergraph.compiler.plan import ALWAYS, NEVER, Call, Carried, Loop, Member, Slot


@dataclass(frozen=True)
class LoopScope:
    """One loop in the making."""

    scope: Scope
    loop: Loop
    tracked: frozenset[Slot]
    carried: dict[Slot, Carried]
    members: dict[str, Member]

    def version(self, slot: Slot) -> Identifier:
        return self.scope.names.of_slot("version", slot)

    def about(self, what: str, member: Member) -> Identifier:
        return self.scope.names.about(what, member.call.node)

    def running(self) -> list[Member]:
        return [member for member in self.loop.members if member.possible]


def opened_before(member: Member) -> bool:
    """Whether gates before the loop have a say that is not known yet."""
    return member.gated and member.opened not in (ALWAYS, NEVER)


def closed_text(call: Call) -> str:
    """What stands for the decision of a gate that lets nothing run."""
    return "()" if call.gate is not None and call.gate.multi else "None"


def waited(inside: LoopScope, member: Member, slot: Slot) -> Identifier:
    """The variable that holds which version of a signal the member has used."""
    return inside.scope.names.about("waited", member.call.node, *slot_key(slot))
