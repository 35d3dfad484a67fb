"""What a program says to somebody who reads it: calls, their order, and what decides about them.

An outline can be had twice: from the plan, before anything is written, and from the text, by
reading it. It speaks in the names of the text: a value is the variable it is kept in, a gate is
known by the variable that holds what it said. Whatever makes no difference is left out, so two
outlines are equal when the programs do the same things in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Union

Decision = Union[str, bool, None]  # noqa: UP007 - evaluated when the module is loaded
Kind = Literal["function", "route", "ifelse", "interrupt", "graph", "map"]
Collecting = Literal["", "list", "collected"]


# -- Conditions ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Has:
    """The variable holds a value."""

    value: str


@dataclass(frozen=True)
class Decides:
    """A gate made this decision; ``undecided``: or has made none, and is open."""

    said: str
    decision: Decision
    undecided: bool = False


@dataclass(frozen=True)
class Silent:
    """A gate has made no decision, and is open."""

    said: str


@dataclass(frozen=True)
class Chose:
    """A gate in a loop chose what the flag stands for, in any round."""

    flag: str


@dataclass(frozen=True)
class Every:
    """All of the parts hold; with none, always true."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Either:
    """One of the parts holds; with none, never true."""

    parts: tuple[Condition, ...] = ()


Condition = Union[Has, Decides, Silent, Chose, Every, Either]  # noqa: UP007 - as above
ALWAYS = Every()
NEVER = Either()


def every(parts: Iterator[Condition] | list[Condition]) -> Condition:
    """All of the parts, in their simplest form.

    >>> every([ALWAYS, Has("a")])
    Has(value='a')
    """
    flat = [inner for one in parts for inner in (one.parts if isinstance(one, Every) else (one,))]
    return flat[0] if len(flat) == 1 else Every(tuple(flat))


def either(parts: Iterator[Condition] | list[Condition]) -> Condition:
    """One of the parts, in the simplest form."""
    flat = [inner for one in parts for inner in (one.parts if isinstance(one, Either) else (one,))]
    return flat[0] if len(flat) == 1 else Either(tuple(flat))


def values_in(condition: Condition) -> Iterator[str]:
    """The variables that a condition tests for a value."""
    if isinstance(condition, Has):
        yield condition.value
    elif isinstance(condition, (Every, Either)):
        for part in condition.parts:
            yield from values_in(part)


def gates_in(condition: Condition) -> Iterator[tuple[str, Decision]]:
    """What a condition asks of gates: the variable of each, and the decision."""
    if isinstance(condition, Decides):
        yield condition.said, condition.decision
    elif isinstance(condition, (Every, Either)):
        for part in condition.parts:
            yield from gates_in(part)


# -- Calls --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Argument:
    """One argument of a call.

    ``place`` is a position, or the name of a parameter; ``*`` and ``**`` spread. ``value`` is the
    variable, ``instead`` the text of what stands in for it, or of all there is. Of a mapped graph
    an argument may be one ``each`` time, or copied for each item.
    """

    place: int | str
    value: str | None
    instead: str = ""
    each: bool = False
    copied: bool = False


@dataclass(frozen=True)
class Output:
    """Where a result is stored; in ``keeps`` what was there stays if there is no result."""

    values: tuple[str, ...]
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gate:
    """What a gate may say. The targets of one that says true or false are not listed.

    They are only ``told`` where somebody watches.
    """

    said: str
    targets: tuple[str, ...] = ()
    fallback: str | None = None
    several: bool = False
    told: tuple[str, ...] = ()

    def outcomes(self, kind: Kind) -> set[Decision]:
        """Every decision that a gate can come to which makes one."""
        if kind == "ifelse":
            return {True, False}
        return {*self.targets, *([None] if self.fallback is None else [])}


@dataclass(frozen=True)
class Mapping:
    """How a graph is mapped: over which of its inputs, in their order, and what a failure does.

    ``fills`` are the places of outputs whose lists get ``None`` for an item that gave nothing.
    """

    over: tuple[str, ...]
    names: tuple[str, ...]
    mode: Literal["zip", "product"]
    on_error: Literal["raise", "continue"]
    fills: tuple[int, ...] = ()


@dataclass(frozen=True)
class Call:
    """One call: ``function`` is what the text calls, ``node`` what it calls the node.

    ``collects`` is how an iterator becomes a list, ``awaited`` whether the function is known to
    give something to await, ``held`` whether the call keeps a limit on concurrent ones, ``answers``
    where the answers to an interrupt are looked for, and whether that they were there is ``told``;
    a graph that ``pauses`` tells its pauses from here. A call that is looked up first is ``cached``
    under the text of a definition.
    """

    node: str
    function: str
    kind: Kind
    arguments: tuple[Argument, ...]
    outputs: tuple[Output, ...]
    signals: tuple[str, ...] = ()
    gate: Gate | None = None
    mapping: Mapping | None = None
    collects: Collecting = ""
    held: bool = False
    awaited: bool = False
    asks: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    pauses: bool = False
    told: bool = False
    cached: str = ""


@dataclass(frozen=True)
class Step:
    """A call that is made at most once; ``otherwise``: when a gate that is not asked is open."""

    call: Call
    guard: Condition = ALWAYS
    otherwise: Condition = NEVER


# -- Loops --------------------------------------------------------------------------------------


# Those of one stage who go first, each with the number of stages that it has passed by then.
Yield = tuple[tuple[str, int], ...]
Yields = tuple[Yield, ...]


@dataclass(frozen=True)
class Count:
    """A version that goes up when a value has changed, or each time when no value is named.

    ``maybe``: the call may come without the value, which then is no change.
    """

    version: str
    value: str | None = None
    maybe: bool = False


@dataclass(frozen=True)
class Member:
    """A call in a loop, and what makes it ready in a round.

    ``sees`` are the versions that it is due for when they have changed, ``waits`` those that must
    be new, ``needs`` the values that must be there, ``opened`` what gates have to say. ``behind``
    are the gates that go first; ``yields`` says who else does, stage by stage: each one as the
    earlier stages leave it. ``counts``: what its results change; ``used_up``: answers that serve
    once. Of members that take turns, ``stops`` are the values that end the loop when they stay the
    same, and ``onward`` is the decision that goes on.
    """

    call: Call
    sees: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    opened: Condition = ALWAYS
    behind: tuple[str, ...] = ()
    yields: Yields = ()
    counts: tuple[Count, ...] = ()
    used_up: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    onward: Decision = None


@dataclass(frozen=True)
class Exit:
    """A decision in a loop that lets something outside run; ``silent``: when silence does, too."""

    flag: str
    said: str
    decision: Decision
    silent: Condition = NEVER


@dataclass(frozen=True)
class Loop:
    """Calls in rounds.

    ``starts`` says, of each version or value that is looked at, if there is a value before round 1.
    ``open_gates`` are open before they decide; what ``dropped`` gates said counts no more once they
    are due again. ``named`` is what is told when the rounds run out: the members, and the gates.
    """

    members: tuple[Member, ...]
    form: Literal["general", "once", "turns"]
    starts: tuple[tuple[str, str], ...] = ()
    open_gates: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    exits: tuple[Exit, ...] = ()
    named: tuple[str, tuple[str, ...]] = ("", ())


@dataclass(frozen=True)
class Superstep:
    """What shares one place in the order, or what a ``lane`` has of that.

    The steps that overlap are started ``together``; then ``signals`` are given once all are done.
    """

    number: int
    items: tuple[Step | Loop, ...]
    together: bool = False
    signals: tuple[str, ...] = ()
    lane: str = ""


@dataclass(frozen=True)
class Lane:
    """What goes on beside other lanes from the ``first`` superstep on; it waits for some of them.

    The lane that waits for none, and that no loop is in, has no name.
    """

    name: str
    first: int
    waits: tuple[str, ...] = ()


# -- Functions ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Input:
    """A parameter; the first of ``values`` is its name, the others get the same value.

    ``default`` is the text of what stands in; ``filled``: it is filled in by the function, so that
    callers may pass on that they have nothing. ``ABSENT`` as a default fills in nothing.
    """

    values: tuple[str, ...]
    default: str = ""
    filled: bool = False


@dataclass(frozen=True)
class Function:
    """One graph of the program; ``refusal`` is the error that every call of it raises.

    The supersteps of a lane follow those of the function's own body in the same stretch.
    """

    name: str
    is_async: bool
    inputs: tuple[Input, ...]
    supersteps: tuple[Superstep, ...]
    returns: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    refusal: str = ""
    watched: bool = False
    lanes: tuple[Lane, ...] = ()

    def calls(self) -> Iterator[Call]:
        """Every call, in order; the functions of nested graphs are not entered."""
        for superstep in self.supersteps:
            for item in superstep.items:
                if isinstance(item, Loop):
                    yield from (member.call for member in item.members)
                else:
                    yield item.call


@dataclass(frozen=True)
class Outline:
    """The functions of a program, each behind those that it calls.

    ``entries`` are the names of those that run the program, the plain one first.
    """

    functions: tuple[Function, ...]
    entries: tuple[str, ...]

    def function(self, name: str) -> Function:
        """The function of that name."""
        return next(one for one in self.functions if one.name == name)

    @property
    def entry(self) -> Function:
        """The function that runs the program when nothing special is asked of it."""
        return self.function(self.entries[0])
