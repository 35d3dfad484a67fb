"""One run of one graph: generation by generation, steps once and loops in rounds."""

from __future__ import annotations

from typing import Any

from hypergraph import Graph

from .answers import is_addressed
from .calls import NO_DECISION, Produced, has_fallback
from .checks import Options, check
from .execution import execute
from .gates import closed_nodes, targets_of
from .loop import Keep, Lookup, LoopState, run_loop
from .observation import Rounds
from .planning import Region, plan
from .recording import Outcome, Paused, Recorder, warn
from .running import Run
from .state import NOTHING, SIGNAL, State

DEFAULT_LIMIT = 1000


class UnavailableOutputs(Exception):
    """A selected output is not there and the caller called that an error (X69)."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(cause)
        self.cause = cause


def run_graph(
    graph: Graph,
    values: dict[str, Any],
    options: Options,
    recorder: Recorder,
    path: str = "",
    parent: int | None = None,
) -> Outcome:
    """Check a call and run it; what a check refuses is raised, and not told of (X17, X18)."""
    selected = check(graph, values, options)
    run = started(graph, values, options, recorder, path)
    recorder.tell(
        "run start",
        run.number,
        run.span,
        parent,
        graph_name=graph.name,
        is_map=False,
        map_size=None,
    )
    outcome = outcome_of(run, selected)
    error = None if outcome.error is None else str(outcome.error)
    facts = {"graph_name": graph.name, "status": outcome.status, "error": error}
    recorder.tell("run end", run.number, run.span, parent, **facts)
    return outcome


def outcome_of(run: Run, selected: tuple[str, ...] | None) -> Outcome:
    """Everything the plan has, or up to where the run stops (X70, X71, X105)."""
    try:
        for generation in run.planned.generations:
            run_generation(run, generation)
        returned = selected_values(run, selected, run.options.on_missing)
    except Paused as paused:
        return Outcome("paused", present_values(run, selected), pause=paused.pause)
    except UnavailableOutputs as error:
        return Outcome("failed", {}, error=error.cause)
    except Exception as error:
        return Outcome("failed", present_values(run, selected), error=error)
    return Outcome("completed", returned)


def started(
    graph: Graph, values: dict[str, Any], options: Options, recorder: Recorder, path: str
) -> Run:
    """The state at the start: the caller's values, sorted by what they are for (X32, K2, K30)."""
    planned = plan(graph)
    nodes = planned.wiring.nodes
    signals = {s for node in nodes.values() for s in node.outputs[len(node.data_outputs) :]}
    signals -= {name for node in nodes.values() for name in node.data_outputs}
    given: dict[str, Any] = {}
    nested: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        head, _, rest = name.partition(".")
        if is_addressed(graph, name):
            nested.setdefault(head, {})[rest] = value
        elif name not in signals:
            given[name] = value
    asking = frozenset(name for name in planned.active if nodes[name].is_interrupt)
    state = State(given, asking)
    number, span = recorder.new_id(), recorder.new_id()
    return Run(graph, planned, options, state, recorder, path, number, span, run_graph, nested)


# ------------------------------------------------------------------------- what a run returns


def present_values(run: Run, selected: tuple[str, ...] | None) -> dict[str, Any]:
    """The selected names that are present, signals aside (X68, X70)."""
    names = run.graph.outputs if selected is None else selected
    found = {name: run.state.result(name) for name in names}
    return {n: value for n, value in found.items() if value is not NOTHING and value is not SIGNAL}


def selected_values(run: Run, selected: tuple[str, ...] | None, on_missing: str) -> dict[str, Any]:
    """The outputs at the end of a run; ``on_missing`` says what a gap among them means (X69)."""
    missing = [name for name in selected or () if run.state.result(name) is NOTHING]
    missing = [name for name in missing if not is_signal(run, name)]
    if missing and on_missing == "warn":
        warn("Requested outputs not found", *missing)
    if missing and on_missing == "error":
        raise UnavailableOutputs(ValueError("Requested outputs not found", *missing))
    return present_values(run, selected)


def is_signal(run: Run, name: str) -> bool:
    """Whether a name is only ever emitted; such a name is never missing (X68)."""
    nodes = run.planned.wiring.nodes.values()
    return not any(name in node.data_outputs for node in nodes)


# ------------------------------------------------------------------------- order


def run_generation(run: Run, generation: tuple[Region, ...]) -> None:
    """Interrupts one by one, then the other members (design.md, semantics 3; D13)."""
    asking = [region for region in generation if is_interrupt_step(run, region)]
    others = [region for region in generation if region not in asking]
    for region in asking:
        run_steps(run, [region])
    if run.options.concurrent:
        run_steps(run, [region for region in others if not region.is_loop])
        others = [region for region in others if region.is_loop]
    for region in others:
        if region.is_loop:
            run_one_loop(run, region)
        else:
            run_steps(run, [region])


def is_interrupt_step(run: Run, region: Region) -> bool:
    """Whether a region is an interrupt outside loops."""
    return not region.is_loop and run.planned.wiring.nodes[region.members[0]].is_interrupt


def superstep(run: Run, names: list[str], lookup: Lookup, keep: Keep) -> None:
    """Execute nodes that all see the values from before (X54, X56).

    Sequentially the first failure ends it (X72); concurrently all run to completion and the first
    failure or pause in definition order counts (X73, X111).
    """
    stops: list[Exception] = []
    for name in names:
        try:
            produced = execute(run, name, lookup)
        except Exception as stop:
            if not run.options.concurrent:
                raise
            stops.append(stop)
            continue
        for output, value in produced.outputs:
            run.state.write(name, output, value)
        run.executed.add(name)
        keep(name, produced)
    if stops:
        raise stops[0]


def is_racing(run: Run, stopped: Region) -> bool:
    """Whether something independent of a region that stopped may or may not have run by then."""
    if not run.options.concurrent:
        return False
    order = [region for generation in run.planned.generations for region in generation]
    place = {r: i for i, g in enumerate(run.planned.generations) for r in g}

    def waits_for_a_loop(region: Region) -> bool:
        return region.is_loop or any(
            other.is_loop and run.planned.leads_to(other, region) for other in order
        )

    return any(
        waits_for_a_loop(other) or (waits_for_a_loop(stopped) and place[other] >= place[stopped])
        for other in order
        if other != stopped and run.planned.independent(other, stopped)
    )


# ------------------------------------------------------------------------- steps


def run_steps(run: Run, regions: list[Region]) -> None:
    """A superstep of steps: each runs if it can, and at most once (design.md, semantics 4)."""

    def lookup(name: str, param: str) -> Any:
        return run.state.read(param, frozenset(run.planned.sources(name, param)))

    def keep(name: str, produced: Produced) -> None:
        if produced.decision is not NO_DECISION:
            run.chosen[name] = targets_of(produced.decision)

    ready = [r for r in regions if is_ready(run, r.members[0], lookup)]
    try:
        superstep(run, [region.members[0] for region in ready], lookup, keep)
    except Exception:
        run.recorder.racing |= any(is_racing(run, region) for region in ready)
        raise


def is_ready(run: Run, name: str, lookup: Lookup) -> bool:
    """Gates allow it, signals are there, every input has a value (design.md, semantics 4)."""
    run.closed = closed_nodes(run.planned, [name], run.chosen, run.closed)
    node = run.planned.wiring.nodes[name]
    waited = [run.state.read(s, frozenset(run.planned.producers(s))) for s in node.wait_for]
    return (
        name not in run.closed
        and all(value is not NOTHING for value in waited)
        and all(
            lookup(name, param) is not NOTHING or has_fallback(run.graph, node, param)
            for param in node.inputs
        )
    )


# ------------------------------------------------------------------------- loops


def run_one_loop(run: Run, region: Region) -> None:
    """A loop to its end; what follows sees its final values and every choice it made (D10)."""
    loop = LoopState(
        run.graph, run.planned, region, run.options.concurrent, dict(run.chosen), run.closed
    )
    loop.fill(run.state)
    rounds: list[int] = []
    limit = run.options.max_iterations or DEFAULT_LIMIT
    try:
        run_loop(loop, limit, lambda *step: superstep(run, *step), rounds)
    except Exception:
        run.recorder.racing |= is_racing(run, region)
        raise
    finally:
        run.recorder.rounds.append(Rounds(region.members, len(rounds)))
    run.closed = loop.closed()
    run.chosen.update(loop.chosen_ever)
