"""Names that nobody asks for, and values for what nodes compute (section 6.5)."""

from __future__ import annotations

import pytest

from hypergraph import END, Graph, SyncRunner, node, route
from tests.execution.tracing import Trace, explains, says, told

RUNNER = SyncRunner()
POLICIES = ("ignore", "warn", "error")


@node(output_name="mid")
def s1(start: int) -> int:
    return start + 1


@node(output_name="end")
def s2(mid: int) -> int:
    return mid * 10


@node(output_name=("left", "right"))
def split(whole: str) -> tuple[str, str]:
    return whole[:1], whole[1:]


@node(output_name="both")
def join(left: str, right: str) -> str:
    return right + left


@node(output_name="reply")
def answer(messages: list[str], text: str) -> str:
    return f"{text}/{len(messages)}"


@node(output_name="messages")
def remember(messages: list[str], reply: str) -> list[str]:
    return [*messages, reply]


@route(targets=["answer", END])
def stop(messages: list[str]) -> object:
    return END if messages else "answer"


CHAIN = Graph([s1, s2])
PAIR = Graph([split, join])
CHAT = Graph([answer, remember, stop])


def test_x26_xe26_an_unknown_input_by_policy() -> None:
    with told() as texts:
        assert RUNNER.run(CHAIN, start=1, extra=2)["end"] == 20
    assert len(texts) == 1
    assert says(
        texts[0], "internal parameters … 'extra'", "not recognised in the active scope", "'start'"
    )
    with told() as texts:
        RUNNER.run(CHAIN, start=1, extra=2, on_internal_override="ignore")
    assert texts == []
    with pytest.raises(ValueError) as caught:
        RUNNER.run(CHAIN, start=1, extra=2, on_internal_override="error")
    assert explains(caught.value, "HG308", "internal parameters … 'extra'", "'start'")


def test_x26_names_are_sorted() -> None:
    with told() as texts:
        RUNNER.run(CHAIN, start=1, zeta=1, alpha=2)
    assert says(texts[0], "internal parameters … 'alpha', 'zeta'")


def test_x26_an_unknown_input_reaches_no_node() -> None:
    with told():
        assert RUNNER.run(CHAIN, start=1, extra=2).values == {"mid": 2, "end": 20}


def test_x27_xe27_a_value_in_place_of_a_node_that_cannot_run() -> None:
    trace = Trace()
    graph = Graph([node(output_name="mid")(trace(lambda start: start)).with_name("s1"), s2])
    with told() as texts:
        result = RUNNER.run(graph, mid=5)
    assert result.values == {"mid": 5, "end": 50} and trace.calls == []
    assert len(texts) == 1 and says(texts[0], "internal parameters … 'mid'", "mid <- s1")


@pytest.mark.parametrize("policy", POLICIES)
def test_x27_xe28_computing_and_injecting_do_not_mix(policy: str) -> None:
    with pytest.raises(ValueError) as caught:
        RUNNER.run(CHAIN, start=1, mid=2, on_internal_override=policy)
    assert explains(
        caught.value,
        "HG307",
        "Cannot mix compute and inject … 's1' … 'mid' … 'start'",
        where=s1.func,
    )


def test_x27_xe29_a_producer_that_runs_on_its_defaults_conflicts() -> None:
    guess = node(lambda start=1: start, "mid").with_name("guess")
    with pytest.raises(ValueError) as caught:
        RUNNER.run(Graph([guess, s2]), mid=2)
    assert says(caught.value, "Cannot mix compute and inject … 'guess' … defaults … 'start'")


def test_x27_xe29_a_producer_without_inputs_conflicts() -> None:
    with pytest.raises(ValueError, match="Cannot mix compute and inject"):
        RUNNER.run(Graph([node(lambda: 1, "mid").with_name("make"), s2]), mid=2)


def test_x27_xe30_all_consumed_outputs_of_a_node_together() -> None:
    with pytest.raises(ValueError) as caught:
        RUNNER.run(PAIR, left="a", on_internal_override="ignore")
    assert explains(caught.value, "HG307", "partial inject outputs … 'split' … 'left' … 'right'")
    result = RUNNER.run(PAIR, left="a", right="b", on_internal_override="ignore")
    assert result.values == {"left": "a", "right": "b", "both": "ba"}


def test_xe30_outputs_that_nobody_consumes_may_be_left_out() -> None:
    half = node(lambda left: left * 2, "twice").with_name("double")
    result = RUNNER.run(Graph([split, half]), left="a", on_internal_override="ignore")
    assert result.values == {"left": "a", "twice": "aa"}


def test_x27_all_conflicts_are_reported_at_once() -> None:
    graph = Graph([s1, s2, split, join])
    with pytest.raises(ValueError) as caught:
        RUNNER.run(graph, start=1, mid=2, left="a")
    assert says(caught.value, "compute and inject … 's1'", "partial inject outputs … 'split'")


def test_x26_xe31_the_warning_tells_producers() -> None:
    with told() as texts:
        RUNNER.run(PAIR, left="a", right="b")
    assert says(texts[0], "internal parameters", "left <- split", "right <- split")


def test_x26_xe31_several_producers_are_all_told() -> None:
    @route(targets=["one", "two"])
    def pick(x: int) -> str:
        return "one"

    one = node(lambda a: a, "mid").with_name("one")
    two = node(lambda b: b, "mid").with_name("two")
    with told() as texts:
        assert RUNNER.run(Graph([pick, one, two, s2]), x=1, mid=3)["end"] == 30
    assert says(texts[0], "mid <- one, two")


def test_x25_xe32_a_bound_output_counts_as_given() -> None:
    graph = CHAIN.bind(mid=5)
    with told() as texts:
        assert RUNNER.run(graph)["end"] == 50
    assert len(texts) == 1 and says(texts[0], "internal parameters … 'mid'")
    with pytest.raises(ValueError, match="Cannot mix compute and inject"):
        RUNNER.run(graph, start=1)


def test_xe33_a_loop_seed_is_no_override() -> None:
    result = RUNNER.run(CHAT, messages=[], text="hi", on_internal_override="error")
    assert result["messages"] == ["hi/0"]


def test_k9_a_bound_loop_seed_is_no_override_either() -> None:
    """A chat loop with bound messages, resumed with the user's text."""
    chat = CHAT.bind(messages=[])
    with told() as texts:
        result = RUNNER.run(chat, text="hi", reply="hello", on_internal_override="error")
    assert (result["messages"][0], texts) == ("hello", [])


def test_k9_a_bound_seed_may_be_given_anew() -> None:
    with told() as texts:
        result = RUNNER.run(
            CHAT.bind(messages=[]), text="hi", messages=["old"], entrypoint=None, reply="x"
        )
    assert (result["messages"][:2], texts) == (["old", "x"], [])


def test_xe34_a_name_whose_producer_is_left_out_is_an_input() -> None:
    with told() as texts:
        result = RUNNER.run(CHAIN.with_entrypoint("s2"), mid=4, on_internal_override="error")
    assert (result.values, texts) == ({"mid": 4, "end": 40}, [])


def test_k18_what_is_bound_inside_a_renamed_graph_is_not_unknown() -> None:
    inner = Graph([s2], name="inner").bind(mid=7)
    outer = Graph([inner.as_node().with_inputs(mid="middle")])
    with told() as texts:
        assert RUNNER.run(outer, on_internal_override="error").values == {"end": 70}
    assert texts == []


def test_k18_what_is_bound_inside_gives_way_to_a_producer_outside() -> None:
    inner = Graph([s2], name="inner").bind(mid=7)
    with told() as texts:
        result = RUNNER.run(Graph([s1, inner.as_node()]), start=1, on_internal_override="error")
    assert (result["end"], texts) == (20, [])


def test_k30_a_supplied_signal_is_unknown_and_ignored() -> None:
    trace = Trace()
    make = node(output_name="x", emit="ready")(lambda a: a).with_name("make")
    late = node(output_name="y", wait_for="ready")(trace(lambda b: b)).with_name("late")
    with told() as texts:
        RUNNER.run(Graph([make, late]), b=1, ready=True, select=[])
    assert trace.calls == []
    assert len(texts) == 1 and says(texts[0], "not recognised … 'ready'")
