"""What a graph hands to those who schedule and run it."""

from __future__ import annotations

import pytest

from hypergraph import END, Graph, GraphConfigError, HyperNode, InterruptNode, RouteNode, node
from hypergraph.compiler.check.build import CHECKS
from tests.graph.making import choice, explains, function, step


def test_g66_g67_g68_g73_g80_checks_run_in_the_documented_order() -> None:
    names = [check.__name__ for check in CHECKS]
    assert names == [
        "check_contested",
        "check_graph_name",
        "check_reserved",
        "check_identifiers",
        "check_collisions",
        "check_defaults",
        "check_targets_exist",
        "check_self_targets",
        "check_joint_targets",
        "check_mapped_interrupts",
        "check_cached_graphs",
        "check_waits",
        "check_types",
    ]


def refused(*nodes: HyperNode, **options: object) -> GraphConfigError:
    """The error for a graph of ``nodes``."""
    with pytest.raises(GraphConfigError) as caught:
        Graph(nodes, **options)  # type: ignore[arg-type]
    return caught.value


def test_g67_listed_edges_are_checked_after_names_and_before_contested_outputs() -> None:
    contested = [step("a", "x", "v"), step("b", "x", "v")]
    assert explains(refused(*contested, edges=[("a", "c")]), "unknown target")
    assert explains(refused(contested[0], *contested, edges=[("a", "c")]), "Duplicate node name")


def test_g68_contested_outputs_are_checked_before_the_graphs_name() -> None:
    contested = [step("a", "x", "v"), step("b", "x", "v")]
    assert explains(refused(*contested, name="a.b"), "Multiple nodes produce 'v'")


def test_g73_defaults_are_checked_before_gates() -> None:
    nodes = [step("a", "k", "v", k=1), step("b", "k", "w"), choice("g", "x", "nope")]
    assert explains(refused(*nodes), "Inconsistent defaults for 'k'")


def test_g80_types_are_checked_last_and_only_when_asked_for() -> None:
    nodes = [step("a", "x", "v"), step("b", "v", "w")]
    assert Graph(nodes).outputs == ("v", "w")
    assert explains(refused(*nodes, strict_types=True), "Missing type annotation")
    waiting = step("c", "v", "u", wait_for="nothing")
    assert explains(refused(*nodes, waiting, strict_types=True), "wait_for='nothing'")


def test_g121_a_graph_tells_all_that_a_schedule_is_made_from() -> None:
    @node(output_name="page", cache=True)
    async def fetch(url: str, retries: int = 3) -> str:
        return url

    gate = RouteNode(function("g", "page"), ["again"], fallback=END, default_open=False)
    inner = Graph([step("again", "page", "again_page")], name="inner").as_node(name="again")
    mapped = inner.with_inputs(page="pages").with_outputs(again_page="all").map_over("pages")
    graph = Graph([fetch, gate, mapped]).select("all").with_entrypoint("fetch")
    assert graph.nodes["fetch"].is_async and graph.nodes["fetch"].cache
    assert graph.controlled_by == {"again": ["g"]} and gate.targets == ["again", END]
    assert (gate.fallback, gate.multi_target, gate.default_open) == (END, False, False)
    assert mapped.map_inputs_to_params({"pages": [1]}) == {"page": [1]}
    assert mapped.map_outputs_from_original({"again_page": 1}) == {"all": 1}
    assert mapped.map_config == (["pages"], "zip", "raise")
    assert (graph.selected, graph.entrypoints_config) == (("all",), ("fetch",))
    assert graph.active == {"fetch", "g", "again"}
    assert graph.self_producers == {"page": {"fetch"}, "all": {"again"}}


def test_g122_signals_follow_the_data_outputs_and_never_leave_a_graph() -> None:
    signalling = step("a", "x", "v", emit="done")
    assert signalling.outputs[len(signalling.data_outputs) :] == ("done",)
    graph = Graph([signalling], name="inner")
    assert graph.outputs == ("v", "done")
    for narrowed in (graph, graph.select("done"), graph.select("done", "v")):
        assert "done" not in narrowed.as_node().outputs


def test_g123_what_is_produced_hides_bindings_and_defaults_of_its_name() -> None:
    nodes = [step("a", "x", "v"), step("b", "v k", "w", v=0, k=1)]
    spec = Graph(nodes).bind(v=5, k=6).inputs
    assert "v" not in spec.all and spec.optional == ("k",) and spec.bound == {"v": 5, "k": 6}


@pytest.mark.parametrize("hide", [True, False])
def test_e72_interrupts_are_wired_like_functions(hide: bool) -> None:
    async def approve(draft: str, note: str = "") -> str | None:
        return None

    asking = InterruptNode(approve, "ask", "verdict", hide=hide, cache=True, emit="asked")
    renamed = asking.with_inputs(draft="text").with_outputs(verdict="answer").with_name("review")
    nodes = [step("write", "topic", "text"), renamed, step("act", "answer", "z", wait_for="asked")]
    graph = Graph(nodes)
    assert graph.inputs.all == ("topic", "note") and graph.has_async_nodes
    assert graph.interrupt_nodes == [renamed] and graph.leaf_outputs == ("z",)
    assert graph.nx_graph.edges["write", "review"]["value_names"] == ["text"]


def test_e72_an_interrupt_may_be_a_generator() -> None:
    def propose(topic: str):  # type: ignore[no-untyped-def]
        yield topic

    graph = Graph([InterruptNode(propose, "propose", "ideas")])
    assert graph.interrupt_nodes[0].is_generator and graph.inputs.required == ("topic",)


def test_k2_ids_of_nested_interrupts_follow_the_path_of_their_graph_nodes() -> None:
    from hypergraph.compiler.check.nesting import interrupts_in

    asking = InterruptNode(function("ask", "x"), "ask", "y")
    graph = Graph([Graph([asking], name="inner").as_node()], name="outer")
    assert list(interrupts_in(Graph([graph.as_node()]))) == ["outer/inner/ask"]


def test_programs_of_a_graph_are_not_those_of_graphs_derived_from_it() -> None:
    graph = Graph([step("a", "x", "y")])
    graph._programs["key"] = "program"
    derived = [graph.bind(x=1), graph.unbind(), graph.select("y"), graph.with_entrypoint("a")]
    assert all(each._programs == {} for each in derived)
