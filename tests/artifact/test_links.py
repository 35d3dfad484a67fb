"""How a generated module finds the user's objects again: by name first, then through the graph."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from hypergraph import Graph, node
from hypergraph.compiler.artifact import Artifact, compile_graph
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.target import load_target
from tests.artifact.workplace import RAG, Workplace
from tests.declare.refusals import refused

HEAD = "\n    from hypergraph import END, Graph, ifelse, node, route\n"


def links_of(artifact: Artifact) -> list[str]:
    """The lines between the imports and the first function."""
    text = artifact.text.partition("\n\n\n")[0]
    return [line for line in text.splitlines() if " = _" in line]


def imports_of(artifact: Artifact) -> list[str]:
    """The imports of the user's modules."""
    lines = artifact.text.splitlines()
    found = [line for line in lines if line.startswith(("import ", "from "))]
    return [line for line in found if "hypergraph.runtime" not in line]


def test_a_node_is_taken_by_its_name_in_the_module(place: Workplace) -> None:
    assert links_of(place.compile(RAG))[0] == "embed = _rag.embed.func"


def test_a_plain_function_is_taken_itself(place: Workplace) -> None:
    source = """
    def double(x): return 2 * x
    graph = Graph([node(double, "y")], name="g")
    """
    assert links_of(place.compile(HEAD + source)) == ["double = _rag.double"]


def test_the_name_of_the_function_is_preferred_to_others(place: Workplace) -> None:
    source = """
    @node(output_name="y")
    def double(x): return 2 * x
    alias = double
    again = double.with_name("twice")
    graph = Graph([again], name="g")
    """
    assert links_of(place.compile(HEAD + source)) == ["twice = _rag.double.func"]


def test_a_lambda_with_a_name_is_taken_by_the_first_of_its_names(place: Workplace) -> None:
    source = """
    total = node(lambda xs: sum(xs), "total").with_name("add_up")
    also = total.with_inputs(xs="ys")
    graph = Graph([total], name="g")
    """
    assert links_of(place.compile(HEAD + source)) == ["add_up = _rag.also.func"]


def test_a_function_without_a_name_is_taken_through_the_graph(place: Workplace) -> None:
    source = """
    def counter(start):
        def count(n): return n + start
        return count
    graph = Graph([node(counter(3), "m").with_name("count"),
                   node(lambda m: -m, "k").with_name("negate")], name="g")
    """
    artifact = place.compile(HEAD + source)
    assert links_of(artifact) == [
        'count = _rag.graph.nodes["count"].func',
        'negate = _rag.graph.nodes["negate"].func',
    ]
    assert artifact.program().run(n=4)["k"] == -7


def test_a_function_in_a_nested_graph_is_taken_through_both(place: Workplace) -> None:
    source = """
    def inner():
        return Graph([node(lambda a: a + 1, "b").with_name("add")], name="inner")
    middle = Graph([inner().as_node()], name="middle")
    graph = Graph([middle.as_node(name="first")], name="outer")
    """
    artifact = place.compile(HEAD + source)
    assert links_of(artifact) == [
        'add = _rag.graph.nodes["first"].graph.nodes["inner"].graph.nodes["add"].func'
    ]
    assert artifact.program().run(a=1)["b"] == 2


def test_a_function_of_another_module_is_imported_from_there(place: Workplace) -> None:
    place.write("shop/__init__.py", "")
    place.write("shop/words.py", "def split(text): return text.split()\n")
    source = """
    from math import sqrt
    from shop.words import split
    graph = Graph([node(split, "words"), node(sqrt, "root").with_inputs(x="area")], name="g")
    """
    artifact = place.compile(HEAD + source)
    remark = "  # needs the folder of rag.py on sys.path"
    assert imports_of(artifact) == ["import math as _math", "from shop import words as _words"]
    assert remark not in artifact.text
    assert links_of(artifact) == ["split = _words.split", "sqrt = _math.sqrt"]
    assert artifact.program().run(text="a b", area=9)["root"] == 3.0


def test_the_import_of_a_file_says_what_it_needs_when_it_fails(place: Workplace) -> None:
    artifact = place.compile(RAG)
    path = artifact.write(place.folder / "elsewhere.py")
    (place.folder / "rag.py").rename(place.folder / "moved.py")
    done = place.run(str(path))
    assert done.returncode == 1
    assert "import rag as _rag  # needs the folder of rag.py on sys.path" in done.stderr
    assert "No module named 'rag'" in done.stderr


def test_modules_with_the_same_last_name_are_told_apart(place: Workplace) -> None:
    for package in ("one", "two"):
        place.write(f"{package}/__init__.py", "")
        place.write(f"{package}/words.py", f"def {package}(x): return '{package}' + x\n")
    source = """
    import one.words, two.words
    graph = Graph([node(one.words.one, "y"),
                   node(two.words.two, "z").with_inputs(x="y")], name="g")
    """
    artifact = place.compile(HEAD + source)
    assert imports_of(artifact) == [
        "from one import words as _words",
        "from two import words as _two_words",
    ]
    assert artifact.program().run(x="!")["z"] == "twoone!"


def test_a_module_that_its_package_hides_is_imported_by_function(place: Workplace) -> None:
    """`from shop import rag` would give the function that the package took from its module."""
    place.write("shop/__init__.py", "from shop.rag import rag\n")
    source = """
    def rag(text): return text
    graph = Graph([node(rag, "same")], name="g")
    """
    artifact = place.compile(HEAD + source, "shop/rag.py")
    assert '_rag = import_module("shop.rag")  # needs the folder of shop/' in artifact.text
    artifact.write(place.folder / "out.py")
    done = place.run("out.py", "text=hello")
    assert (done.returncode, done.stdout) == (0, '{\n  "same": "hello"\n}\n')


def test_a_file_whose_name_is_no_identifier_is_imported_by_function(place: Workplace) -> None:
    for file in ("my-rag.py", "class.py"):
        artifact = place.compile(RAG, file)
        assert f'import_module("{file[:-3]}")' in artifact.text
        assert artifact.program().run(text="a bb", query="q")["answer"] == "q: [1, 2]"


def test_a_value_called_import_module_keeps_its_name(place: Workplace) -> None:
    source = RAG.replace("query", "import_module")
    text = place.compile(source, "my-rag.py").text
    assert "from importlib import import_module as _import_module" in text
    assert "generate(docs, import_module)" in text


def test_an_object_that_is_bound_is_taken_by_its_name(place: Workplace) -> None:
    source = RAG + "\n    words = ['a']\n    asked = graph.bind(query=words, top_k=1)\n"
    artifact = place.compile(source, attribute="asked")
    assert "bound_query = _rag.words" in links_of(artifact)
    assert 'bound={"query": bound_query, "top_k": 1}' in artifact.text
    program, module = artifact.program(), sys.modules["rag"]
    assert program.inputs.bound["query"] is module.words
    assert program.run(text="x")["answer"] == "['a']: [1]"


def test_an_object_that_is_bound_and_has_no_name_is_taken_from_the_bindings(
    place: Workplace,
) -> None:
    source = RAG + "\n    asked = graph.bind(query=['a'])\n"
    artifact = place.compile(source, attribute="asked")
    assert 'bound_query = _rag.asked.inputs.bound["query"]' in links_of(artifact)
    assert artifact.program().run(text="x")["answer"] == "['a']: [1]"


def test_an_object_that_is_bound_inside_is_taken_from_there(place: Workplace) -> None:
    source = RAG + "\n    outer = Graph([graph.bind(query=['a']).as_node()], name='outer')\n"
    artifact = place.compile(source, attribute="outer")
    assert 'bound_query = _rag.outer.nodes["rag"].graph.inputs.bound["query"]' in links_of(artifact)
    program = artifact.program()
    graph = load_target(f"{place.folder}/rag.py:outer").graph
    assert program.inputs == graph.inputs
    assert program.run(text="x")["answer"] == "['a']: [1]"


def test_a_default_that_is_no_literal_is_asked_of_its_node(place: Workplace) -> None:
    source = """
    from pathlib import PurePosixPath
    @node(output_name="y")
    def join(x, base=PurePosixPath("/srv")): return str(base / x)
    graph = Graph([join], name="g").bind(x="f")
    """
    artifact = place.compile(HEAD + source)
    assert 'join_base = _rag.graph.nodes["join"].get_default_for("base")' in links_of(artifact)
    assert artifact.program().run()["y"] == "/srv/f"
    assert artifact.program().run(base=sys.modules["pathlib"].PurePosixPath("/x"))["y"] == "/x/f"


def test_a_function_that_two_nodes_share_is_linked_once(place: Workplace) -> None:
    source = """
    @node(output_name="b")
    def double(a): return 2 * a
    again = double.with_name("again").with_inputs(a="b").with_outputs(b="c")
    graph = Graph([double, again], name="g")
    """
    artifact = place.compile(HEAD + source)
    assert len(links_of(artifact)) == 1
    assert artifact.program().run(a=1)["c"] == 4


def test_gates_are_linked_like_other_nodes(place: Workplace) -> None:
    source = """
    @ifelse("up", "down")
    def big(x): return x > 3
    @node(output_name="y")
    def up(x): return "up"
    @node(output_name="y")
    def down(x): return "down"
    graph = Graph([big, up, down], name="g")
    """
    artifact = place.compile(HEAD + source)
    assert links_of(artifact)[0] == "big = _rag.big.func"
    assert [artifact.program().run(x=x)["y"] for x in (1, 5)] == ["down", "up"]


def test_hg409_a_graph_of_the_script_that_runs(place: Workplace) -> None:
    script = RAG + """
    from hypergraph import compile_graph
    compile_graph(graph)
    """
    done = place.run(str(place.write("script.py", script)))
    assert done.returncode == 1
    assert "Graph 'graph' is in '__main__', which a program cannot import" in done.stderr
    assert "that is whatever script was started" in done.stderr and "[HG409]" in done.stderr


def test_hg409_a_function_of_the_script_that_runs(place: Workplace) -> None:
    source = RAG + "\n    embed.func.__module__ = '__main__'\n"
    refused(
        CompileError,
        lambda: place.compile(source),
        "The function of node 'embed' is in '__main__'",
        "declared at",
    )


def test_hg409_a_module_that_was_made_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    made = ModuleType("made_by_hand")
    graph = Graph([node(lambda x: x, "y").with_name("same")])
    monkeypatch.setattr(made, "graph", graph, raising=False)
    monkeypatch.setitem(sys.modules, "made_by_hand", made)
    refused(
        CompileError,
        lambda: compile_graph(graph),
        "'made_by_hand'",
        "it was not made by an import",
    )


def test_a_function_that_says_it_is_of_a_module_that_is_not_there_comes_through_the_graph(
    place: Workplace,
) -> None:
    source = RAG + "\n    embed.func.__module__ = 'nowhere'\n"
    assert links_of(place.compile(source))[0] == 'embed = _rag.graph.nodes["embed"].func'


@pytest.mark.parametrize("name", ["class", "ﬁt", "two words", ""])
def test_a_name_that_cannot_be_written_is_not_used(place: Workplace, name: str) -> None:
    source = HEAD + f"""
    graph = Graph([node(lambda x: x, "y").with_name("same")], name="g")
    globals()[{name!r}] = graph.nodes["same"]
    """
    assert links_of(place.compile(source)) == ['same = _rag.graph.nodes["same"].func']
