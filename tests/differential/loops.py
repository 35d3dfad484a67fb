"""Fragments that go round: gated countdowns and rings of any shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from . import names
from .acyclic import add_step, decided
from .sketch import Sketch
from .spec import Body, Fn, Gate, GraphSpec, NodeSpec, Param, Sub


def add_countdown(sketch: Sketch) -> None:
    """A body that counts down, behind a gate that watches (13.2), perhaps in two stages."""
    fuel = sketch.value_name("level")
    stages = sketch.number(1, 2)
    passed = [fuel, *(sketch.value_name("level") for _ in range(stages - 1)), fuel]
    members = [
        Fn(
            sketch.node_name(),
            sketch.params((passed[i],)),
            (passed[i + 1],),
            Body("down" if i == 0 else "echo"),
        )
        for i in range(stages)
    ]
    first = members[0].name
    after = add_step(sketch, reads=(fuel,)).name if sketch.chance(3) else "END"
    gate = Gate(
        sketch.node_name(),
        sketch.params((fuel,)),
        (first, after),
        Body("below", (1, after, first)),
        default_open=not sketch.has("closed gates", 2),
    )
    if sketch.has("signals", 2):
        members[-1] = replace(members[-1], emit=(sketch.signal(),))
        if sketch.chance(2):
            gate = replace(gate, wait_for=members[-1].emit)
    add_members(sketch, [*members, gate])


def add_ring(sketch: Sketch) -> None:
    """Nodes that read each other's outputs, with gates and signals among them."""
    size = sketch.number(1, 4)
    carried = [sketch.value_name("level") for _ in range(size)]
    known = [n for n in sketch.readable() if n not in carried]
    members: list[Fn] = []
    for i in range(size):
        reads = [carried[i - 1]]
        reads += sketch.some_of([n for n in carried if n not in reads], 1)
        reads += sketch.some_of(known, 1)
        members.append(
            Fn(sketch.node_name(), sketch.params(reads), (carried[i],), ring_body(sketch))
        )
    if sketch.has("multi outputs", 3):
        members[0] = replace(members[0], outputs=(*members[0].outputs, sketch.value_name("level")))
    if sketch.has("signals", 2):
        members = signalled(sketch, members)
    if sketch.has("ordered producers", 3):
        members = overwritten(sketch, members, carried)
    gates: list[Gate] = []
    for _ in range(gate_count(sketch)):
        chained = [gate.name for gate in gates if sketch.has("chained gates", 2)]
        gates.append(ring_gate(sketch, members, carried, chained))
    last = members[-1]
    if sketch.has("nested", 3) and not (last.emit or last.wait_for or is_value(sketch, last.name)):
        loops_inside = last.params[0].default is None and sketch.chance(2)
        add_members(sketch, [*members[:-1], nested_member(last, loops_inside), *gates])
    else:
        add_members(sketch, [*members, *gates])


def nested_member(member: Fn, loops_inside: bool) -> Sub:
    """The same member as a graph of its own, with other names inside, perhaps after a loop."""
    inner = {name: f"in_{i}" for i, name in enumerate(p.shown for p in member.params)}
    params = tuple(
        Param(inner[p.shown], inner[p.shown], "normal", p.default) for p in member.params
    )
    outputs = tuple(f"out_{i}" for i, _ in enumerate(member.outputs))
    step = Fn(
        "step", tuple(sorted(params, key=lambda p: p.default is not None)), outputs, Body("level")
    )
    before = counting_down("in_0") if loops_inside else ()
    return Sub(
        member.name,
        GraphSpec((*before, step), selected=outputs if loops_inside else ()),
        tuple((p.name, outer) for outer, p in zip(inner, params, strict=True)),
        tuple(zip(outputs, member.outputs, strict=True)),
        member.outputs,
    )


def counting_down(name: str) -> tuple[NodeSpec, ...]:
    """A loop over one name, which is an input of its graph and an output that can be hidden."""
    reads = (Param(name, name),)
    return (
        Fn("tick", reads, (name,), Body("down")),
        Gate("more", reads, ("tick", "END"), Body("below", (1, "END", "tick"))),
    )


def is_value(sketch: Sketch, name: str) -> bool:
    """Whether a name is one of a value, now or later (G72)."""
    return name in names.HOSTILE_NODES


def ring_body(sketch: Sketch) -> Body:
    """Bodies whose values come to rest, unless the example is to meet the limit."""
    if sketch.has("spin", 4) and sketch.depth == 0:
        return Body("spin")
    if sketch.has("in place", 4):
        return Body(sketch.one_of(("push", "collect")))
    if sketch.has("failures", 5):
        return Body("fail", (sketch.number(2, 9),))
    return Body(sketch.one_of(("level", "level", "down", "echo")))


def gate_count(sketch: Sketch) -> int:
    return sketch.number(0, 2) if "gates" in sketch.features else 0


def signalled(sketch: Sketch, members: list[Fn]) -> list[Fn]:
    """The same members, some of which wait for a signal or an output of another."""
    emitter = sketch.number(0, len(members) - 1)
    signal = sketch.signal()
    found = []
    for i, member in enumerate(members):
        if i == emitter:
            member = replace(member, emit=(signal,))
        elif sketch.chance(3):
            member = replace(member, wait_for=(signal,))
        elif sketch.chance(6):
            other = members[(i + 1) % len(members)].outputs[0]
            if other not in [p.shown for p in member.params] and other not in member.outputs:
                member = replace(member, wait_for=(other,))
        found.append(member)
    return found


def overwritten(sketch: Sketch, members: list[Fn], carried: list[str]) -> list[Fn]:
    """A further member that writes a name of the ring after its first producer (G63)."""
    signal = sketch.signal()
    first = members[0]
    reads = sketch.some_of(carried, 2)
    second = Fn(
        sketch.node_name(), sketch.params(reads), (carried[0],), Body("level"), wait_for=(signal,)
    )
    sketch.contested.add(carried[0])
    return [replace(first, emit=(*first.emit, signal)), *members[1:], second]


def ring_gate(sketch: Sketch, members: list[Fn], carried: list[str], chained: list[str]) -> Gate:
    """A gate that reads names of the ring and chooses among its members."""
    reads = sketch.some_of(carried, 2) or carried[:1]
    targets = sketch.some_of([m.name for m in members], 2) or [members[0].name]
    multi = sketch.has("multi target", 3) and not shares_outputs(members, targets)
    targets += chained
    if sketch.chance(5):
        targets.append(add_step(sketch).name)
    if len(targets) < 2 or sketch.chance(3):
        targets.append("END")
    gate = Gate(sketch.node_name(), sketch.params(reads), tuple(targets), multi_target=multi)
    if not multi and sketch.chance(2):
        then, otherwise = targets[0], targets[-1]
        gate = replace(gate, default_open=not sketch.has("closed gates", 3))
        return replace(gate, body=Body("below", (sketch.number(1, 3), then, otherwise)))
    return decided(sketch, gate)


def shares_outputs(members: list[Fn], targets: list[str]) -> bool:
    """Whether two of the targets output the same name (G76)."""
    outputs = [o for member in members if member.name in targets for o in member.outputs]
    return len(set(outputs)) < len(outputs)


def add_members(sketch: Sketch, members: Sequence[NodeSpec]) -> None:
    """Put a loop's members into the graph."""
    sketch.nodes.extend(members)
    sketch.produced.update(output for member in members for output in member.outputs)
