"""A graph as a node of another graph."""

from __future__ import annotations

import pytest

from hypergraph import Graph, GraphNode, RenameError, node
from tests.graph.making import choice, explains, fork, step


@node(output_name="vector")
def embed(text: str, model: str = "tiny") -> list[float]:
    return []


@node(output_name="score")
def rate(vector: list[float], scale: float) -> float:
    return scale


def inner() -> Graph:
    """Two typed nodes, one input bound."""
    return Graph([embed, rate], name="inner").bind(scale=2.0)


def test_g100_e147_the_name_is_given_or_that_of_the_graph() -> None:
    assert inner().as_node().name == "inner" and inner().as_node(name="other").name == "other"
    assert GraphNode(inner(), "direct").name == "direct" and GraphNode(inner()).name == "inner"
    with pytest.raises(ValueError) as caught:
        Graph([]).as_node()
    assert explains(caught.value, "GraphNode requires a name")


@pytest.mark.parametrize(("name", "character"), [("a.b", "."), ("a/b", "/")])
def test_g100_e148_l13_reserved_characters_are_refused(name: str, character: str) -> None:
    with pytest.raises(ValueError) as caught:
        inner().as_node(name=name)
    assert explains(caught.value, repr(name), f"'{character}'", "Reserved characters")
    with pytest.raises(ValueError, match="Reserved characters"):
        inner().as_node().with_name(name)
    assert inner().as_node(name="a b-c").name == "a b-c"


def test_g101_e149_properties() -> None:
    graph = inner()
    wrapped = graph.as_node()
    assert wrapped.graph is graph and wrapped.nested_graph is graph
    assert (wrapped.node_type, wrapped.wait_for) == ("GRAPH", ())
    flags = (wrapped.is_async, wrapped.cache, wrapped.hide, wrapped.is_generator)
    assert flags == (False,) * 4 and wrapped.is_interrupt is False
    renamed = wrapped.with_name("n").with_inputs(text="t").map_over("t")
    assert renamed.definition_hash == wrapped.definition_hash == graph.definition_hash


def test_g101_e150_inputs_are_all_of_the_graphs_bound_ones_included() -> None:
    wrapped = inner().as_node()
    assert wrapped.inputs == inner().inputs.all == ("text", "model", "scale")
    assert wrapped.outputs == wrapped.data_outputs == ("vector", "score")


def test_g101_attributes_of_the_node() -> None:
    assert inner().as_node().nx_attrs == {
        "node_type": "GRAPH",
        "label": "inner",
        "inputs": ("text", "model", "scale"),
        "outputs": ("vector", "score"),
        "data_outputs": ("vector", "score"),
        "wait_for": (),
        "input_types": {"text": str, "model": str, "scale": float},
        "output_types": {"vector": list[float], "score": float},
        "has_defaults": {"text": False, "model": True, "scale": True},
        "hide": False,
    }


def test_g101_e151_a_selection_decides_what_goes_in_and_out() -> None:
    assert inner().select("vector").as_node().inputs == ("text", "model")
    assert inner().select("score", "vector").as_node().outputs == ("score", "vector")


def test_g101_a_node_is_a_snapshot() -> None:
    graph = inner()
    wrapped = graph.as_node()
    graph.unbind("scale")
    graph.name = "renamed"
    assert wrapped.name == "inner" and wrapped.get_default_for("scale") == 2.0


def test_g102_outputs_that_are_not_selected_are_invisible() -> None:
    graph = Graph([inner().select("score").as_node(), step("use", "vector score", "out")])
    assert graph.inputs.required == ("text", "vector")
    assert graph.nx_graph.edges["inner", "use"]["value_names"] == ["score"]


def test_g102_e157_the_seed_of_an_inner_loop_is_an_entry_at_every_level() -> None:
    loop = Graph([step("tick", "n", "n")], name="loop")
    middle = Graph([loop.as_node()], name="middle")
    assert middle.inputs.entrypoints == {"loop": ("n",)}
    outer = Graph([middle.as_node()])
    assert outer.inputs.entrypoints == {"middle": ("n",)} and outer.has_cycles


def test_e158_an_inner_seed_with_a_default_is_no_input() -> None:
    assert Graph([step("tick", "n", "n", n=0)], name="loop").as_node().inputs == ()


def test_g103_e154_defaults_come_from_bindings_and_inner_consumers() -> None:
    wrapped = inner().as_node().with_inputs(model="m")
    assert wrapped.has_default_for("m") and wrapped.get_default_for("m") == "tiny"
    assert wrapped.get_default_for("scale") == 2.0
    assert not wrapped.has_default_for("text") and not wrapped.has_default_for("model")
    assert not wrapped.has_default_for("nope")
    for name in ("text", "model", "nope"):
        with pytest.raises(KeyError, match=name):
            wrapped.get_default_for(name)


def test_g103_a_binding_wins_over_a_default() -> None:
    assert inner().bind(model="big").as_node().get_default_for("model") == "big"


def test_g103_g84_signature_defaults_leave_bindings_out() -> None:
    wrapped = inner().as_node()
    assert wrapped.has_signature_default_for("model")
    assert wrapped.get_signature_default_for("model") == "tiny"
    for name in ("scale", "text", "nope"):
        assert not wrapped.has_signature_default_for(name)
        with pytest.raises(KeyError, match=name):
            wrapped.get_signature_default_for(name)


def test_g104_e153_defaults_types_and_asyncness_show_through_all_levels() -> None:
    @node(output_name="page")
    async def fetch(url: str, retries: int = 3) -> bytes:
        return b""

    wrapped = Graph([fetch], name="one").as_node()
    for level in ("two", "three"):
        wrapped = Graph([wrapped], name=level).as_node()
    assert wrapped.is_async and wrapped.get_default_for("retries") == 3
    assert (wrapped.get_input_type("url"), wrapped.get_output_type("page")) == (str, bytes)


def test_g104_e155_every_output_is_listed_with_its_type_or_none() -> None:
    graph = Graph([embed, step("plain", "vector", "x")], name="g")
    assert graph.as_node().output_annotation == {"vector": list[float], "x": None}
    assert graph.as_node().get_input_type("nope") is None
    assert graph.as_node().get_output_type("nope") is None


def test_g104_the_first_consumer_and_the_last_producer_declare_the_type() -> None:
    @node(output_name="v")
    def a(x: int) -> int:
        return x

    @node(output_name="v")
    def b(x: float) -> str:
        return ""

    graph = Graph([fork("g", "t", "a", "b"), a, b], name="either")
    assert graph.as_node().get_input_type("x") is int
    assert graph.as_node().output_annotation == {"v": str}


def test_g105_e156_inner_bindings_show_outside_at_any_depth() -> None:
    one = Graph([inner().as_node()], name="one")
    outer = Graph([Graph([one.as_node()], name="two").as_node()])
    assert outer.inputs.bound == {"scale": 2.0} and "scale" in outer.inputs.optional


def test_g105_own_bindings_win_and_the_first_nested_graph_wins() -> None:
    def nested(name: str, output: str, value: int) -> GraphNode:
        return Graph([step(f"in_{name}", "k", output)], name=name).bind(k=value).as_node()

    outer = Graph([nested("one", "p", 1), nested("two", "q", 2), step("plain", "k", "r")])
    assert outer.inputs.bound == {"k": 1} and outer.inputs.optional == ("k",)
    assert outer.bind(k=3).inputs.bound == {"k": 3}


def test_a_hidden_inner_binding_does_not_answer_for_an_outer_input_of_its_name() -> None:
    hidden = Graph([embed, rate], name="inner").bind(scale=2.0).select("vector").as_node()
    outer = Graph([hidden, step("use", "scale", "out")])
    assert outer.inputs.required == ("text", "scale") and outer.inputs.bound == {}
    assert Graph([hidden]).inputs.bound == {"scale": 2.0}


def test_g106_e152_renaming_translates_values_both_ways() -> None:
    original = inner().as_node()
    renamed = original.with_inputs(text="model", model="text").with_outputs(score="s")
    renamed = renamed.with_outputs(s="final")
    assert renamed.inputs == ("model", "text", "scale")
    assert renamed.map_inputs_to_params({"model": 1, "text": 2, "z": 3}) == {
        "text": 1,
        "model": 2,
        "z": 3,
    }
    assert renamed.map_outputs_from_original({"score": 1, "vector": 2, "z": 3}) == {
        "final": 1,
        "vector": 2,
        "z": 3,
    }
    assert original.inputs == ("text", "model", "scale") and renamed.graph is original.graph


def test_e152_a_stale_name_is_explained_by_its_history() -> None:
    renamed = inner().as_node().with_inputs(text="a").with_inputs(a="b")
    with pytest.raises(RenameError, match="text→a→b"):
        renamed.with_inputs(text="c")


def test_g107_e159_two_wrappers_need_distinct_names_and_outputs() -> None:
    first = inner().as_node()
    with pytest.raises(Exception, match="Duplicate node name"):
        Graph([first, inner().as_node()])
    with pytest.raises(Exception, match="Multiple nodes produce 'vector'"):
        Graph([first, first.with_name("second")])
    second = first.with_name("second").with_outputs(vector="v2", score="s2")
    assert Graph([first, second]).outputs == ("vector", "score", "v2", "s2")


def test_g102_e160_exclusive_producers_inside_are_one_output_that_can_be_renamed() -> None:
    nodes = [fork("g", "t", "a", "b"), step("a", "", "v"), step("b", "", "v")]
    wrapped = Graph(nodes, name="either").as_node()
    assert wrapped.outputs == ("v",) and wrapped.with_outputs(v="w").outputs == ("w",)


def test_e161_several_outputs_go_to_one_consumer_on_one_edge() -> None:
    graph = Graph([inner().as_node(), step("use", "score vector", "out")])
    assert graph.nx_graph.edges["inner", "use"]["value_names"] == ["score", "vector"]


def test_l4_types_follow_renamed_outputs() -> None:
    wrapped = inner().as_node().with_outputs(vector="score", score="vector")
    assert wrapped.output_annotation == {"score": list[float], "vector": float}


def test_l5_types_and_defaults_follow_inputs_swapped_in_one_call() -> None:
    wrapped = inner().as_node().with_inputs(scale="text", text="scale")
    assert wrapped.get_input_type("text") is float and wrapped.get_input_type("scale") is str
    assert wrapped.has_default_for("text") and not wrapped.has_default_for("scale")
    assert wrapped.get_default_for("text") == 2.0


def test_l6_a_name_that_was_renamed_has_no_type() -> None:
    assert inner().as_node().with_inputs(text="t").get_input_type("text") is None


def test_l7_k18_an_inherited_binding_is_shown_by_its_outer_name() -> None:
    outer = Graph([inner().as_node().with_inputs(scale="factor")])
    assert outer.inputs.bound == {"factor": 2.0} and "factor" in outer.inputs.optional


def test_k19_only_the_entry_that_was_named_is_asked_for() -> None:
    nodes = [step("reply", "history", "answer"), step("log", "history answer", "history")]
    graph = Graph([*nodes, choice("more", "answer", "reply")], name="chat")
    assert graph.as_node().inputs == ("history", "answer")
    assert graph.with_entrypoint("reply").as_node().inputs == ("history",)
    assert graph.with_entrypoint("reply", "log").as_node().inputs == ("history", "answer")


def test_k19_other_loops_keep_all_their_entries() -> None:
    nodes = [step("a", "x", "y"), step("b", "y", "x"), step("c", "u y", "v"), step("d", "v", "u")]
    graph = Graph(nodes, name="two").with_entrypoint("a")
    assert graph.inputs.entrypoints == {"a": ("x",), "b": ("y",), "c": ("u", "y"), "d": ("v",)}
    assert set(graph.as_node().inputs) == {"x", "u", "y", "v"}
    assert set(graph.with_entrypoint("d").as_node().inputs) == {"x", "v"}
