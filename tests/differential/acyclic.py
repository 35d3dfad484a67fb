"""Fragments without loops: steps, branches, ordered producers, signals, interrupts."""

from __future__ import annotations

from dataclasses import replace

from .sketch import Kind, Sketch
from .spec import Ask, Body, Fn, FunctionKind, Gate, inputs_of

KINDS: tuple[Kind, ...] = ("any", "level", "list")


def add_step(
    sketch: Sketch,
    reads: tuple[str, ...] = (),
    outputs: tuple[str, ...] = (),
    known: list[str] | None = None,
) -> Fn:
    """A function node that outputs something new, or what it is told.

    It reads ``reads`` and some of what is ``known``: by default, all that is there.
    """
    chosen = chosen_inputs(sketch, reads, sketch.readable() if known is None else known)
    body, kind = drawn_body(sketch)
    if outputs:
        body = Body("digest")
    count = 0 if sketch.has("effects", 6) else 2 if sketch.has("multi outputs", 3) else 1
    form = function_kind(sketch, body)
    named = outputs or tuple(sketch.value_name(kind) for _ in range(count))
    if form in ("generator", "async generator") and len(named) == 1:
        sketch.kinds[named[0]] = "list"
    step = Fn(
        sketch.node_name(),
        sketch.params(chosen),
        named,
        body,
        form,
        cache=sketch.has("cache", 2),
    )
    if known is None:
        step = with_signals(sketch, step)
    sketch.nodes.append(step)
    sketch.produced.update(named)
    return step


def chosen_inputs(sketch: Sketch, reads: tuple[str, ...], known: list[str]) -> tuple[str, ...]:
    """Some of the names that are known, and sometimes a new one for the caller to give."""
    found = sketch.some_of([name for name in known if name not in reads], 3 - len(reads))
    if (not found and not reads) or sketch.chance(4):
        found.append(sketch.input_name(sketch.one_of(KINDS)))
    if sketch.has("spreads", 4):
        found.append(sketch.input_name(sketch.one_of(("list", "table"))))
    return (*reads, *found)


def drawn_body(sketch: Sketch) -> tuple[Body, Kind]:
    """What a step does, and the kind of value that comes of it."""
    options: list[tuple[Body, Kind]] = [
        (Body("digest"), "any"),
        (Body("level"), "level"),
        (Body("items", (sketch.number(0, 3),)), "list"),
    ]
    if "falsy" in sketch.features:
        options += [(Body("falsy"), "any"), (Body("echo"), "any")]
    if "in place" in sketch.features:
        options += [(Body("push"), "list"), (Body("collect"), "list")]
    if "miscounts" in sketch.features and sketch.chance(3):
        options += [(Body("miscounted"), "any"), (Body("keyed"), "any")]
    if "failures" in sketch.features and sketch.chance(2):
        options += [(Body("fail", (sketch.number(1, 3),)), "any")]
    return sketch.one_of(options)


def function_kind(sketch: Sketch, body: Body) -> FunctionKind:
    """How the function is written."""
    if sketch.has("generators", 4) and body.does not in ("push", "echo"):
        return "async generator" if sketch.has("async", 2) else "generator"
    return "async" if sketch.has("async", 2) else "plain"


def with_signals(sketch: Sketch, step: Fn) -> Fn:
    """The same node, sometimes emitting a new signal or waiting for names that exist."""
    if not sketch.has("signals", 2):
        return step
    known = [*sketch.signals, *sorted(sketch.produced)]
    waited = sketch.some_of([n for n in known if n not in (*inputs_of(step), *step.outputs)], 2)
    emitted = tuple(sketch.signal() for _ in range(sketch.number(0, 1)))
    return replace(step, emit=emitted, wait_for=tuple(waited))


# ------------------------------------------------------------------ branches


def add_branch(sketch: Sketch, depth: int = 0) -> Gate:
    """A gate over what is there, and targets for it."""
    known = sketch.readable()
    reads = chosen_inputs(sketch, (), known)
    name = sketch.node_name()
    multi = sketch.has("multi target", 3)
    params = sketch.params(reads)
    if not multi and sketch.has("merges", 2):
        targets = merging_targets(sketch, known)
    else:
        targets = [add_target(sketch, depth) for _ in range(sketch.number(1, 3))]
        if sketch.chance(4):
            targets += reused_targets(sketch, reads, targets, multi)
    if len(targets) < 2 or sketch.chance(3):
        targets.append("END")
    gate = decided(sketch, Gate(name, params, tuple(dict.fromkeys(targets)), multi_target=multi))
    if sketch.has("signals", 3):
        gate = replace(gate, emit=(sketch.signal(),))
    sketch.nodes.append(gate)
    return gate


def add_target(sketch: Sketch, depth: int) -> str:
    """A new node for a gate to choose: a step, or a further gate."""
    if depth < 1 and sketch.has("chained gates", 3):
        return add_branch(sketch, depth + 1).name
    return add_step(sketch).name


def merging_targets(sketch: Sketch, known: list[str]) -> list[str]:
    """Branches that end in the same name, some after a further step (XE71, XE72)."""
    merged = sketch.value_name("any")
    targets: list[str] = []
    for _ in range(sketch.number(2, 3)):
        if sketch.chance(3):
            first = add_step(sketch, outputs=(sketch.value_name("any"),), known=known)
            add_step(sketch, reads=first.outputs, outputs=(merged,), known=[])
        else:
            first = add_step(sketch, outputs=(merged,), known=known)
        targets.append(first.name)
    sketch.contested.add(merged)
    return targets


def reused_targets(
    sketch: Sketch, reads: tuple[str, ...], targets: list[str], multi: bool
) -> list[str]:
    """A node that is there already, if choosing it neither closes a loop nor unmakes a branch."""
    outputs = {o for node in sketch.nodes if node.name in targets for o in node.outputs}
    fit = []
    for node in sketch.nodes:
        following = [n for n in sketch.nodes if n.name in sketch.after(node.name)]
        given = {name for n in following for name in (*n.outputs, *n.emit)}
        if given & (sketch.contested | set(reads)) or node.name in targets:
            continue
        if multi and outputs & set(node.outputs):
            continue
        if not any(n.name in targets for n in following):
            fit.append(node.name)
    return sketch.some_of(fit, 1)


def decided(sketch: Sketch, gate: Gate, steady: bool = False) -> Gate:
    """The same gate with a way to decide; a ``steady`` one always returns something legal."""
    gate = replace(gate, default_open=not sketch.has("closed gates", 2))
    real = list(gate.targets)
    if len(real) == 2 and not gate.multi_target and sketch.chance(2):
        wrong = [1] if sketch.has("bad decisions", 4) and not steady else []
        return replace(gate, is_ifelse=True, body=Body("pick", ([True, False, *wrong],)))
    if gate.multi_target:
        decisions: list[object] = [sketch.some_of(real, len(real)) for _ in range(3)]
        decisions.append(None)
    else:
        decisions = [sketch.one_of(real) for _ in range(3)]
        if sketch.chance(3):
            decisions.append(None)
        if sketch.has("fallback", 2):
            gate = replace(gate, fallback=sketch.one_of(real))
    if sketch.has("bad decisions", 4) and not steady:
        decisions.append(sketch.one_of(("nowhere", "'END'", ["nowhere"], real[0])))
    return replace(gate, body=Body("pick", (tuple(decisions),)))


# ------------------------------------------------------------------ others


def add_ordered_producers(sketch: Sketch) -> None:
    """Two producers of one name, the second waiting for a signal of the first (G63)."""
    known = sketch.readable()
    name = sketch.value_name("any")
    signal = sketch.signal()
    first = add_step(sketch, outputs=(name,), known=known)
    second = add_step(sketch, outputs=(name,), known=known)
    sketch.nodes[-2:] = [replace(first, emit=(signal,)), replace(second, wait_for=(signal,))]
    sketch.contested.add(name)


def add_interrupt(sketch: Sketch) -> None:
    """A node that may ask the caller."""
    reads = chosen_inputs(sketch, (), sketch.readable())
    outputs = tuple(sketch.value_name("any") for _ in range(sketch.number(1, 2)))
    body = Body("ask", (sketch.number(0, 2),))
    sketch.nodes.append(Ask(sketch.node_name(), sketch.params(reads), outputs, body))
    sketch.produced.update(outputs)
