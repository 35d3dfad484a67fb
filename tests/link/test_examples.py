"""The functions of the examples, taken out of their modules and run without them."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from types import ModuleType

import pytest

from hypergraph import Graph, HyperNode
from hypergraph.compiler.link.inline.inlining import inline
from hypergraph.compiler.link.inline.live import Wanted, function_root
from hypergraph.compiler.link.inline.owned import own_code
from tests.link.packages import file_of

EXAMPLES = ["approval", "docs_search", "refine", "reports", "triage"]


def functions_of(graph: Graph) -> Iterator[object]:
    """The functions of all nodes, those inside nested graphs included."""
    for one in graph.nodes.values():
        yield from functions_of_node(one)


def functions_of_node(one: HyperNode) -> Iterator[object]:
    inner = getattr(one, "graph", None)
    if isinstance(inner, Graph):
        yield from functions_of(inner)
    else:
        yield getattr(one, "func", None)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_functions_of_an_example_run_without_its_module(example: str) -> None:
    module = f"examples.{example}.pipeline"
    graph = importlib.import_module(module).graph
    roots = [function_root(func, module) for func in functions_of(graph)]
    wanted = {one: one.qualname for one in roots if isinstance(one, Wanted)}
    assert len(wanted) == len(set(roots)) > 1
    inlined = inline(wanted, own_code(module))
    made = ModuleType("made")
    exec(compile(file_of(inlined), "made.py", "exec", dont_inherit=True), vars(made))
    assert all(callable(getattr(made, name)) for name in wanted.values())
    assert not any("hypergraph" in line for line in (*inlined.imports, *inlined.typing_imports))


def test_a_function_of_an_example_does_the_same() -> None:
    module = "examples.refine.pipeline"
    inlined = inline({Wanted(module, "simplify"): "simplify"}, own_code(module))
    made = ModuleType("made")
    exec(compile(file_of(inlined), "made.py", "exec", dont_inherit=True), vars(made))
    text = "We utilize it in order to commence; it is a large number of things."
    assert made.simplify(text) == importlib.import_module(module).simplify(text) != text
