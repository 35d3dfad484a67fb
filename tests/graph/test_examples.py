"""The worked examples of the documentation hold as they are written."""

from __future__ import annotations

import pytest

from hypergraph import END, Graph, GraphConfigError, InputSpec, node, route


def test_overview_example() -> None:
    @node(output_name="net")
    def strip_tax(gross: float, rate: float = 0.2) -> float:
        return gross / (1 + rate)

    @node(output_name="label")
    def describe(net: float, currency: str) -> str:
        return f"{net:.2f} {currency}"

    graph = Graph([strip_tax, describe], name="billing")
    assert graph.inputs == InputSpec(("gross", "currency"), ("rate",), {}, {})
    assert graph.outputs == ("net", "label") and graph.leaf_outputs == ("label",)
    assert strip_tax(12.0, rate=0.0) == 12.0


def test_contested_example() -> None:
    @node(output_name="cart", emit="item_in")
    def add_item(cart: list[str], item: str) -> list[str]:
        return [*cart, item]

    @node(output_name="total")
    def price(cart: list[str]) -> float:
        return 2.0 * len(cart)

    @node(output_name="cart", wait_for="item_in")
    def add_gift(cart: list[str], total: float) -> list[str]:
        return [*cart, "gift"]

    @route(targets=["add_item", END])
    def more(total: float) -> type[END]:
        return END

    graph = Graph([add_item, price, add_gift, more])
    assert graph.self_producers["cart"] == {"add_item", "add_gift"}
    assert "cart" not in graph.sole_producers
    edge = graph.nx_graph.edges["add_item", "price"]
    assert edge == {"edge_type": "data", "value_names": ["cart"]}
    assert not graph.nx_graph.has_edge("add_gift", "price")
    with pytest.raises(GraphConfigError, match="Multiple nodes produce 'cart'"):
        Graph([add_item, price, node(add_gift.func, "cart"), more])


def test_chat_example() -> None:
    @node(output_name="answer")
    def reply(history: list[str]) -> str:
        return "hi"

    @node(output_name="history", emit="turn")
    def log(history: list[str], answer: str) -> list[str]:
        return [*history, answer]

    @route(targets=["reply", END], wait_for="turn")
    def again(history: list[str], max_turns: int = 3) -> type[END]:
        return END

    chat = Graph([reply, log, again])
    assert chat.inputs.entrypoints == {"log": ("history", "answer"), "reply": ("history",)}
    assert (chat.inputs.required, chat.inputs.optional) == ((), ("max_turns",))
    assert chat.inputs.all == ("max_turns", "history", "answer")
    assert chat.has_cycles and chat.leaf_outputs == ()
    seeded = chat.bind(history=[])
    assert seeded.inputs.entrypoints == {"log": ("answer",)}
    assert seeded.inputs.bound == {"history": []} and "history" not in seeded.inputs.all
    assert chat.inputs.bound == {}


def test_narrowing_example() -> None:
    @node(output_name="rows")
    def load(path: str) -> list[str]:
        return []

    @node(output_name="clean")
    def scrub(rows: list[str], strict: bool = True) -> list[str]:
        return rows

    @node(output_name="chart")
    def plot(clean: list[str], theme: str) -> str:
        return "png"

    graph = Graph([load, scrub, plot])
    part = graph.with_entrypoint("scrub").select("clean").bind(strict=False)
    assert part.inputs == InputSpec(("rows",), ("strict",), {}, {"strict": False})
    assert part.outputs == graph.outputs and part.selected == ("clean",)
    assert part.entrypoints_config == ("scrub",)
    assert part.definition_hash == graph.definition_hash
    assert graph.inputs.required == ("path", "theme")
    assert graph.bind(rows=[1]).inputs.required == ("path", "theme")


def test_mapping_example() -> None:
    @node(output_name="vec")
    def embed(text: str, model: str, dim: int = 8) -> list[float]:
        return []

    inner = Graph([embed], name="embedder").bind(model="tiny")
    renamed = inner.as_node().with_inputs(text="docs").with_outputs(vec="vecs")
    mapped = renamed.map_over("docs", clone=["dim"])
    assert mapped.inputs == ("docs", "model", "dim") and mapped.outputs == ("vecs",)
    assert mapped.map_config == (["docs"], "zip", "raise")
    assert mapped.get_default_for("model") == "tiny"
    assert not mapped.has_signature_default_for("model")
    outer = Graph([mapped])
    assert outer.inputs == InputSpec(("docs",), ("model", "dim"), {}, {"model": "tiny"})
    assert outer.bind(model="big").inputs.bound == {"model": "big"}
