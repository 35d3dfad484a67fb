"""The plan of a program: everything ``schedule`` decides and all that ``emit`` may know.

A plan is plain data. Frozen dataclasses hold it, two plans are equal when they say the same, and
``describe`` prints it for a person. Conventions:

- A *slot* is where a value of one name lives. A name has one slot, unless explicit edges let its
  consumers listen to different producers; then each set of producers has a slot of its own.
- ``END`` among the targets of a gate is written ``"END"``, which no node can be called.
- Tuples keep definition order wherever order means anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, Union

Mode = Literal["sync", "async"]
Presence = Literal["always", "maybe", "never"]
Kind = Literal["function", "route", "ifelse", "interrupt", "graph", "map"]
Flavour = Literal["plain", "generator", "async", "async generator"]
Passing = Literal["position", "keyword", "spread", "spread by name"]


@dataclass(frozen=True, order=True)
class Slot:
    """Where the values of ``name`` live; ``channel`` lists the producers when they are not all."""

    name: str
    channel: tuple[str, ...] | None = None

    def __str__(self) -> str:
        return self.name if self.channel is None else f"{self.name} from {'|'.join(self.channel)}"


ASKED = (".",)  # no node has a dot in its name, so this is no set of producers


def answer_slot(name: str) -> Slot:
    """Where the caller's answer to an interrupt waits until the interrupt is reached (K27)."""
    return Slot(name, ASKED)


# -- Conditions ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Present:
    """The slot has a value."""

    slot: Slot


@dataclass(frozen=True)
class Opens:
    """The gate lets the target run; ``undecided`` gates may also do so without having decided."""

    gate: str
    target: str
    undecided: bool = False


@dataclass(frozen=True)
class Chosen:
    """A gate inside a loop let the target, outside of it, run (D10)."""

    gate: str
    target: str


@dataclass(frozen=True)
class Every:
    """All of the parts hold; with no parts, always true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Either:
    """At least one of the parts holds; with no parts, never true."""

    parts: tuple[Condition, ...]


Condition = Union[Present, Opens, Chosen, Every, Either]  # noqa: UP007 - refers to later classes
ALWAYS = Every(())
NEVER = Either(())


# -- Calls --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fallback:
    """What stands in for an input that has no value: a binding or a default.

    ``owner`` is the path of the node, or of the graph for its own bindings, that has it;
    ``literal`` its text when it can be written as one; ``shared`` whether the one object may be
    handed out again and again (bindings, immutable literals) or each use needs a copy (X59).
    """

    kind: Literal["binding", "default"]
    owner: tuple[str, ...]
    parameter: str
    literal: str | None
    shared: bool


@dataclass(frozen=True)
class Argument:
    """One argument: the function's own parameter and where its value comes from.

    ``slot`` is ``None`` when only the fallback can apply; ``fallback`` is ``None`` when the slot
    is known to hold a value whenever the call is made. An answer to an interrupt inside a graph
    node may always be missing.
    """

    input: str
    parameter: str
    passing: Passing
    slot: Slot | None
    fallback: Fallback | None
    is_answer: bool = False


@dataclass(frozen=True)
class Output:
    """One data output of a call: its name, the slots it is written to, and if it may be missing."""

    name: str
    slots: tuple[Slot, ...]
    maybe: bool = False


@dataclass(frozen=True)
class Gate:
    """What a gate may decide and how (X60-X62)."""

    targets: tuple[str, ...]
    when_true: str = ""
    fallback: str | None = None
    multi: bool = False
    default_open: bool = True

    def outcomes(self) -> tuple[str | None, ...]:
        """Every decision a single-target gate can come to; ``None`` chooses nothing."""
        undecided = () if self.when_true or self.fallback is not None else (None,)
        return (*self.targets, *undecided)


@dataclass(frozen=True)
class Mapping:
    """How a graph node is mapped over its inputs (X96-X101)."""

    inputs: tuple[str, ...]
    mode: Literal["zip", "product"]
    on_error: Literal["raise", "continue"]
    clone: bool | tuple[str, ...]


@dataclass(frozen=True)
class Call:
    """One call of a node: ``path`` names it from the outermost graph, ``node`` within its own.

    ``answers`` are the slots in which the caller may have put the answers to an interrupt, one per
    output; a call that ``may_pause`` is that of a nested graph with interrupts inside. A program
    with a cache looks up the calls that have a ``definition``, the hash their entries go by (X118).
    """

    node: str
    path: tuple[str, ...]
    kind: Kind
    flavour: Flavour
    arguments: tuple[Argument, ...]
    outputs: tuple[Output, ...]
    signals: tuple[Slot, ...] = ()
    gate: Gate | None = None
    function: str | None = None
    mapping: Mapping | None = None
    answers: tuple[Slot, ...] = ()
    may_pause: bool = False
    cached: bool = False
    definition: str | None = None


@dataclass(frozen=True)
class Step:
    """A call that happens at most once, if ``guard`` holds.

    For a gate that may not run, ``otherwise`` is the condition under which its silence leaves its
    targets open (K3).
    """

    call: Call
    guard: Condition = ALWAYS
    otherwise: Condition = NEVER


# -- Loops --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Member:
    """A node of a loop and what makes it ready in a round (sections 8 and 9).

    ``sees``: slots whose change makes it due (X39, X40). ``needs``: slots that may lack a value
    and have no fallback (X38). ``waits``: signals that must be fresh (X42). ``gates``: the gates of
    this loop that control it (X44); it is ungated when ``gated`` is false. ``outside``: what must
    be there before the loop, for all rounds; ``opened``: when the gates before the loop open it. A
    member that is not ``possible`` never runs; it is kept when it is a gate, which may hold others
    open or closed all the same.
    """

    call: Call
    sees: tuple[Slot, ...]
    needs: tuple[Slot, ...]
    waits: tuple[Slot, ...]
    gates: tuple[str, ...]
    gated: bool
    outside: Condition = ALWAYS
    opened: Condition = NEVER
    possible: bool = True


@dataclass(frozen=True)
class Carried:
    """A slot that members of a loop write; ``start``: whether it holds a value before round 1."""

    slot: Slot
    start: Presence
    signal: bool = False


@dataclass(frozen=True)
class Loop:
    """A strongly connected region: rounds until no member is ready.

    ``exits`` pairs the gates inside with the nodes outside that they may choose (D10). In the form
    ``turns`` the members stand in the order in which they take turns.
    """

    members: tuple[Member, ...]
    carried: tuple[Carried, ...]
    exits: tuple[tuple[str, str], ...] = ()
    form: Literal["general", "once", "turns"] = "general"

    @property
    def name(self) -> str:
        return ", ".join(member.call.node for member in self.members)


@dataclass(frozen=True)
class Superstep:
    """What shares one place in the order; ``number`` counts from 1."""

    number: int
    items: tuple[Step | Loop, ...]


@dataclass(frozen=True)
class Lane:
    """Steps and loops that wait for the same loops; a loop heads the lane of what waits for it."""

    loops: tuple[str, ...]
    nodes: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """Supersteps whose lanes go on beside each other under asyncio; the first waits for no loop."""

    first: int
    last: int
    lanes: tuple[Lane, ...]


# -- Plans --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Input:
    """A parameter of the function; ``default`` makes it optional.

    ``by_sentinel``: callers may also pass on that they have no value for it.
    """

    name: str
    slots: tuple[Slot, ...]
    presence: Presence = "always"
    default: Fallback | None = None
    by_sentinel: bool = False


@dataclass(frozen=True)
class Refusal:
    """A nested graph that its caller's inputs cannot run: the error its call raises (X84)."""

    error: str
    arguments: tuple[object, ...]


@dataclass(frozen=True)
class Plan:
    """One function of a program: a graph, planned for one shape of call.

    ``functions`` holds the plans of nested graphs, innermost first, and is filled only on the
    outermost plan; ``key`` is how calls name this one. In a ``limited`` program every call of a
    function holds a slot while a concurrency limit is in force (X77). One with ``events`` tells
    what happens, by the name ``graph`` of its graph; one with a ``cache`` looks calls up first.
    """

    name: str
    key: str
    mode: Mode
    inputs: tuple[Input, ...]
    supersteps: tuple[Superstep, ...]
    outputs: tuple[Output, ...]
    limited: bool = False
    events: bool = False
    cache: bool = False
    graph: str | None = None
    warnings: tuple[str, ...] = ()
    refusal: Refusal | None = None
    beside: tuple[Beside, ...] = ()
    functions: tuple[Plan, ...] = field(default=())

    @property
    def watched(self) -> bool:
        """Whether the function takes a ``watch``, which it tells events or asks for entries."""
        return self.events or self.cache

    def describe(self) -> str:
        """The plan as text: the signature, then a line per superstep."""
        return "\n".join([describe_signature(self), "", *describe_supersteps(self)])

    def calls(self) -> Iterator[Call]:
        """Every call of this function, in order; nested functions are not entered."""
        for superstep in self.supersteps:
            for item in superstep.items:
                if isinstance(item, Loop):
                    yield from (member.call for member in item.members)
                else:
                    yield item.call

    def loops(self) -> Iterator[Loop]:
        """Every loop of this function, in order; nested functions are not entered."""
        for superstep in self.supersteps:
            yield from (item for item in superstep.items if isinstance(item, Loop))


def describe_signature(plan: Plan) -> str:
    """``name(inputs) -> outputs``, optional inputs with what stands in for them."""
    inputs = ", ".join(_describe_input(one) for one in plan.inputs)
    outputs = ", ".join(output.name for output in plan.outputs)
    return f"{plan.name}({inputs})" + (f" -> {outputs}" if outputs else "")


def describe_supersteps(plan: Plan) -> list[str]:
    """One line per superstep: ``superstep 2  is_urgent -> escalate | auto_reply``."""
    width = len(str(len(plan.supersteps)))
    return [
        f"superstep {superstep.number:>{width}}  "
        + ", ".join(describe_item(item) for item in superstep.items)
        for superstep in plan.supersteps
    ]


def describe_item(item: Step | Loop) -> str:
    """A step or a loop in a few words."""
    if isinstance(item, Loop):
        return "loop(" + ", ".join(_describe_call(member.call) for member in item.members) + ")"
    text = _describe_call(item.call)
    reason = describe_condition(item.guard)
    return f"{text} if {reason}" if reason else text


def describe_condition(condition: Condition) -> str:
    """A condition in words; empty when it always holds."""
    if isinstance(condition, Present):
        return f"{condition.slot}"
    if isinstance(condition, (Opens, Chosen)):
        return condition.gate
    glue = " and " if isinstance(condition, Every) else " or "
    return glue.join(dict.fromkeys(filter(None, map(describe_condition, condition.parts))))


def _describe_input(one: Input) -> str:
    if one.default is None:
        return one.name if one.presence == "always" else f"{one.name}?"
    return f"{one.name}={one.default.literal or '...'}"


def _describe_call(call: Call) -> str:
    if call.gate is not None:
        return f"{call.node} -> {' | '.join(call.gate.targets)}"
    if call.mapping is not None:
        return f"{call.node} for each {', '.join(call.mapping.inputs)} ({call.mapping.mode})"
    if call.kind == "interrupt":
        return f"{call.node} asks for {', '.join(output.name for output in call.outputs)}"
    return call.node
