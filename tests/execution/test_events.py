"""Events of runs: their order, what they say, and to which span they belong (section 23)."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph import (
    END,
    EventProcessor,
    Graph,
    GraphConfigError,
    MissingInputError,
    NodeEndEvent,
    NodeErrorEvent,
    NodeStartEvent,
    RouteDecisionEvent,
    RunEndEvent,
    RunStartEvent,
    RunStatus,
    SyncRunner,
    ifelse,
    node,
    route,
)
from tests.execution.watching import BOTH, Kind, Memory, run, run_map

both = pytest.mark.parametrize("kind", BOTH)


@node(output_name="half")
def halve(x: float) -> float:
    return x / 2


@node(output_name="quarter")
def halve_again(half: float) -> float:
    return half / 2


@node(output_name="inverse")
def invert(half: float) -> float:
    if not half:
        raise ValueError("nothing to invert")
    return 1 / half


@node(output_name="n")
def step(n: int) -> int:
    return n + 1


@route(targets=["step", END])
def more(n: int) -> Any:
    return "step" if n < 2 else END


CHAIN = Graph([halve, halve_again], name="chain")
FAILING = Graph([halve, invert], name="failing")
LOOP = Graph([step, more], name="loop")


@both
def test_xe187_a_chain_tells_one_pair_per_node_within_the_run(kind: Kind) -> None:
    """X130, X129: in order, all with the run's id, which is that of the result."""
    memory = Memory()
    result = run(kind, CHAIN, {"x": 4}, memory)
    assert memory.story == [
        "RunStart chain",
        "NodeStart halve",
        "NodeEnd halve",
        "NodeStart halve_again",
        "NodeEnd halve_again",
        "RunEnd chain completed",
    ]
    assert {event.run_id for event in memory.events} == {result.run_id}
    (end,) = memory.of(RunEndEvent)
    assert end.status is RunStatus.COMPLETED and end.error is None and end.duration_ms > 0
    assert [start.is_map for start in memory.of(RunStartEvent)] == [False]
    assert result["quarter"] == 1


@both
def test_xe188_node_events_belong_to_the_span_of_the_run(kind: Kind) -> None:
    """X131: start and end share a span, inside that of the run, which is inside none."""
    memory = Memory()
    run(kind, CHAIN, {"x": 4}, memory)
    (start,), (end,) = memory.of(RunStartEvent), memory.of(RunEndEvent)
    assert start.parent_span_id is None and end.span_id == start.span_id
    starts, ends = memory.of(NodeStartEvent), memory.of(NodeEndEvent)
    assert [one.span_id for one in starts] == [one.span_id for one in ends]
    assert {one.parent_span_id for one in starts + ends} == {start.span_id}
    assert len({start.span_id, *(one.span_id for one in starts)}) == 3


@both
@pytest.mark.parametrize("error_handling", ["raise", "continue"])
def test_xe189_a_failure_is_told_by_the_node_and_by_the_run(
    kind: Kind, error_handling: str
) -> None:
    memory = Memory()
    try:
        result = run(kind, FAILING, {"x": 0}, memory, error_handling=error_handling)
        assert result.status is RunStatus.FAILED and result.values == {"half": 0}
        assert result.run_id == memory.events[0].run_id
    except ValueError:
        assert error_handling == "raise"
    assert memory.story[-3:] == ["NodeStart invert", "NodeError invert", "RunEnd failing failed"]
    (error,) = memory.of(NodeErrorEvent)
    assert error.error == "nothing to invert"
    assert error.error_type == "builtins.ValueError"
    assert memory.of(RunEndEvent)[0].error == "nothing to invert"
    assert memory.shutdowns == 1


@both
def test_xe190_a_gate_tells_its_decision_within_its_own_span_of_time(kind: Kind) -> None:
    memory = Memory()
    run(kind, LOOP, {"n": 0}, memory)
    decisions = memory.of(RouteDecisionEvent)
    assert [one.decision for one in decisions] == ["step", "step", END]
    spans = {event.span_id for event in memory.events if event not in decisions}
    assert not spans & {one.span_id for one in decisions}
    assert {one.parent_span_id for one in decisions} == {memory.events[0].span_id}
    assert memory.story[1:4] == ["NodeStart more", "RouteDecision more", "NodeEnd more"]


@both
def test_xe191_a_loop_tells_one_pair_per_execution(kind: Kind) -> None:
    memory = Memory()
    assert run(kind, LOOP, {"n": 0}, memory)["n"] == 2
    assert len(memory.of(NodeStartEvent, "step")) == len(memory.of(NodeEndEvent, "step")) == 2
    assert len(memory.of(NodeStartEvent, "more")) == len(memory.of(NodeEndEvent, "more")) == 3


@both
def test_x129_an_ifelse_gate_tells_the_branch_it_takes(kind: Kind) -> None:
    @ifelse(when_true="halve", when_false=END)
    def positive(x: float) -> bool:
        return x > 0

    graph = Graph([positive, halve])
    told = []
    for x in (4, -4):
        memory = Memory()
        run(kind, graph, {"x": x}, memory)
        told += [one.decision for one in memory.of(RouteDecisionEvent)]
        assert memory.events[0].graph_name is None
    assert told == ["halve", END]


@both
def test_x129_several_targets_are_told_as_a_list_and_no_target_as_none(kind: Kind) -> None:
    @node(output_name="twice")
    def double(x: float) -> float:
        return 2 * x

    @route(targets=["halve", "double"], multi_target=True)
    def fan(x: float) -> list[str]:
        return ["halve", "double"]

    @route(targets=["halve", "double"])
    def neither(x: float) -> None:
        return None

    decisions = []
    for gate in (fan, neither):
        memory = Memory()
        run(kind, Graph([gate, halve, double]), {"x": 1}, memory)
        decisions += [one.decision for one in memory.of(RouteDecisionEvent)]
    assert decisions == [["halve", "double"], None]


@both
def test_x130_a_refused_decision_fails_the_gate_and_is_not_told(kind: Kind) -> None:
    @route(targets=["halve", END])
    def lost(x: float) -> str:
        return "nowhere"

    memory = Memory()
    with pytest.raises(ValueError, match="invalid target"):
        run(kind, Graph([lost, halve], name="g"), {"x": 1}, memory)
    assert memory.story[1:] == ["NodeStart lost", "NodeError lost", "RunEnd g failed"]


@both
def test_x130_wrong_numbers_of_outputs_fail_the_node(kind: Kind) -> None:
    @node(output_name=("a", "b"))
    def pair(x: float) -> tuple[float, ...]:
        return (x,)

    memory = Memory()
    with pytest.raises(ValueError, match="pair"):
        run(kind, Graph([pair], name="g"), {"x": 1}, memory)
    assert memory.story[1:] == ["NodeStart pair", "NodeError pair", "RunEnd g failed"]


@both
def test_x130_arguments_that_cannot_be_made_fail_the_run_before_the_node_starts(
    kind: Kind,
) -> None:
    class Stubborn:
        def __deepcopy__(self, memo: Any) -> Any:
            raise RuntimeError("no copies")

    @node(output_name="a")
    def use(x: int, tool: Any = Stubborn()) -> int:  # noqa: B008 - the default is the point
        return x

    memory = Memory()
    with pytest.raises(GraphConfigError):
        run(kind, Graph([use], name="g"), {"x": 1}, memory)
    assert memory.story == ["RunStart g", "RunEnd g failed"]


@both
def test_x69_outputs_that_are_missing_fail_the_run_that_wanted_them(kind: Kind) -> None:
    @route(targets=["halve", END])
    def never(x: float) -> Any:
        return END

    memory = Memory()
    graph = Graph([never, halve], name="g")
    wanted: dict[str, Any] = {"select": ["half"], "on_missing": "error"}
    result = run(kind, graph, {"x": 1}, memory, error_handling="continue", **wanted)
    assert result.status is RunStatus.FAILED and result.values == {}
    assert memory.story[-1] == "RunEnd g failed"


@both
def test_x18_failed_checks_tell_nothing_and_shut_nothing_down(kind: Kind) -> None:
    """XE36: whatever the error handling."""
    memory = Memory()
    with pytest.raises(MissingInputError):
        run(kind, CHAIN, {}, memory, error_handling="continue")
    assert memory.events == [] and memory.shutdowns == 0


@both
def test_xe197_without_processors_nothing_is_told(kind: Kind) -> None:
    """X133: the program that runs then is the plain one."""
    assert run(kind, CHAIN, {"x": 4})["quarter"] == 1
    plain = CHAIN.compiled(kind)
    assert "watch" not in plain.source


@both
def test_x75_what_is_no_exception_ends_the_run_without_a_run_end(kind: Kind) -> None:
    @node(output_name="a")
    def leave(x: int) -> int:
        raise SystemExit(3)

    memory = Memory()
    with pytest.raises(SystemExit):
        run(kind, Graph([leave], name="g"), {"x": 1}, memory, error_handling="continue")
    told = ["NodeError leave"] if kind == "sync" else []
    assert memory.story == ["RunStart g", "NodeStart leave", *told]
    assert memory.shutdowns == 1


@both
def test_x140_one_processor_may_watch_several_runs(kind: Kind) -> None:
    memory = Memory()
    results = [run(kind, CHAIN, {"x": x}, memory) for x in (1, 2)]
    assert [end.run_id for end in memory.of(RunEndEvent)] == [one.run_id for one in results]
    assert results[0].run_id != results[1].run_id and memory.shutdowns == 2


def test_a_program_without_events_in_it_says_how_to_get_them() -> None:
    from examples.reports import reports_program

    with pytest.raises(GraphConfigError, match="--events"):
        SyncRunner().run(
            reports_program.program,
            {name: [] for name in reports_program.program.inputs.required},
            event_processors=[EventProcessor()],
        )


@both
def test_inputs_may_be_called_like_what_a_watched_program_needs(kind: Kind) -> None:
    @node(output_name="inner", cache=True)
    def watch_all(watch: int, given: int, raw: tuple[int, ...] = (1,)) -> int:
        return watch + given + sum(raw)

    @node(output_name="watched")
    def outer(inner: int, watch: int) -> int:
        return inner * watch

    class Fresh:
        def get(self, key: str) -> tuple[bool, Any]:
            return False, None

        def set(self, key: str, value: Any) -> None:
            assert value == 6

    values = {"watch": 2, "given": 3}
    graph = Graph([watch_all, outer], name="watch")
    assert run(kind, graph, values, Memory(), cache=Fresh())["watched"] == 12


@both
def test_d12_a_node_that_waits_for_its_edge_tells_one_start_and_one_end(kind: Kind) -> None:
    def charge(half: float = 1.0) -> float:
        return 10 * half

    memory = Memory()
    run(kind, Graph([halve, node(charge, "bill")]), {"x": 4.0}, memory)
    told = [event for event in memory.events if getattr(event, "node_name", "") == "charge"]
    assert [type(event) for event in told] == [NodeStartEvent, NodeEndEvent]


@both
def test_x19_a_map_whose_items_are_refused_begins_and_ends_and_no_item_does(kind: Kind) -> None:
    memory = Memory()
    with pytest.raises(ValueError, match="internal parameters"):
        run_map(
            kind,
            Graph([halve], name="g"),
            {"x": [1.0], "y": 2},
            memory,
            map_over="x",
            on_internal_override="error",
        )
    assert [type(event) for event in memory.events] == [RunStartEvent, RunEndEvent]
    assert (memory.events[0].is_map, memory.events[1].status) == (True, RunStatus.FAILED)
    assert memory.shutdowns == 1
