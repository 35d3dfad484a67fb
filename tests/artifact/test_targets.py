"""A target leads to a graph, or to a message that says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.target import Target, load_target, root_of, target_of
from tests.artifact.workplace import RAG, Workplace
from tests.declare.refusals import refused


def refusal(target: str, *facts: str) -> str:
    return refused(CompileError, lambda: load_target(target), *facts)


def test_a_dotted_target_is_imported_from_the_working_directory(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write("shop/__init__.py", "")
    place.write("shop/rag.py", RAG)
    monkeypatch.chdir(place.folder)
    target = load_target("shop.rag:graph")
    assert (target.module, target.attribute, target.root) == ("shop.rag", "graph", place.folder)
    assert target.graph.name == "rag" and target.spelled == "shop.rag:graph"


def test_a_file_is_imported_by_its_name_from_the_nearest_folder_that_is_no_package(
    place: Workplace,
) -> None:
    place.write("src/shop/__init__.py", "")
    place.write("src/shop/answers/__init__.py", "")
    path = place.write("src/shop/answers/rag.py", RAG)
    target = load_target(f"{path}:graph")
    assert (target.module, target.root) == ("shop.answers.rag", place.folder / "src")
    assert target.spelled == "shop/answers/rag.py:graph"


def test_the_init_file_of_a_package_is_the_package(place: Workplace) -> None:
    path = place.write("shop/__init__.py", RAG)
    target = load_target(f"{path}:graph")
    assert (target.module, target.root) == ("shop", place.folder)


def test_a_relative_path_is_seen_from_the_working_directory(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write("shop/rag.py", RAG)
    monkeypatch.chdir(place.folder)
    assert load_target("shop/rag.py:graph").module == "rag"


def test_importing_leaves_the_path_as_it_was(place: Workplace) -> None:
    import sys

    path = place.write("rag.py", RAG)
    before = list(sys.path)
    load_target(f"{path}:graph")
    assert sys.path == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rag",
        "rag:",
        ":graph",
        "rag.py",
        "rag:two graphs",
        "rag:class",
        "two words:graph",
        "..rag:graph",
        "rag:graph()",
        "rag:ﬁle",
    ],
)
def test_hg401_what_is_no_target_is_told_its_form(text: str) -> None:
    refusal(text, f"{text!r} is not a target", "package.module:graph", "path/to/file.py:graph")


def test_hg402_a_file_that_does_not_exist(place: Workplace) -> None:
    missing = place.folder / "rga.py"
    refusal(f"{missing}:graph", f"There is no file {str(missing)!r}")
    refusal(f"{place.folder}/:graph", "There is no file")


def test_hg403_a_module_that_does_not_exist(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write("shop/__init__.py", "")
    place.write("shop/rag.py", RAG)
    monkeypatch.chdir(place.folder)
    assert "Did you mean 'shop.rag'?" in refusal("shop.rga:graph", "no module 'shop.rga'")
    assert "Did you mean 'shop'?" in refusal("shopp.rag:graph", "no module 'shopp'")
    assert "Did you mean" not in refusal("elsewhere_entirely:graph", "'elsewhere_entirely'")


def test_hg404_a_module_that_fails_shows_the_error_and_its_place(place: Workplace) -> None:
    path = place.write("rag.py", "def build():\n    return {}['graph']\n\ngraph = build()\n")
    refusal(f"{path}:graph", "'rag' cannot be imported", "KeyError: 'graph'", f"{path}:2")


def test_hg404_a_module_that_is_not_python(place: Workplace) -> None:
    path = place.write("rag.py", "x = 1\ngraph = Graph([\n")
    refusal(f"{path}:graph", "SyntaxError", "was never closed", f"{path}:2")


def test_hg404_a_module_that_needs_another_one_that_is_missing(place: Workplace) -> None:
    path = place.write("rag.py", "\nimport not_installed_here\n")
    refusal(f"{path}:graph", "No module named 'not_installed_here'", f"{path}:2")


def test_hg404_a_module_that_exits(place: Workplace) -> None:
    path = place.write("rag.py", "raise SystemExit('no key')\n")
    refusal(f"{path}:graph", "SystemExit: no key", f"{path}:1")


def test_hg404_a_graph_that_cannot_be_built_is_told_where_in_the_module(place: Workplace) -> None:
    source = """
        from hypergraph import Graph, node

        @node(output_name="a")
        def load(path): return path

        graph = Graph([load, load])
    """
    path = place.write("rag.py", source)
    refusal(f"{path}:graph", "Duplicate node name: 'load'", f"{path}:7")


def test_hg405_a_name_that_is_missing_lists_the_graphs(place: Workplace) -> None:
    path = place.write("rag.py", RAG + "\n    other = graph.bind(query='q')\n")
    text = refusal(f"{path}:grahp", "'rag' has no 'grahp'", "Graphs in it: graph, other")
    assert "Did you mean 'graph'?" in text


def test_hg405_a_module_without_graphs_says_so(place: Workplace) -> None:
    path = place.write("rag.py", "x = 1\n")
    refusal(f"{path}:graph", "Graphs in it: none")


@pytest.mark.parametrize(
    ("attribute", "what"),
    [
        ("nodes", "a list"),
        ("embed", "a FunctionNode"),
        ("inner", "a GraphNode"),
        ("plain", "a function"),
        ("Kind", "the class Kind"),
        ("number", "an int"),
    ],
)
def test_hg406_what_is_no_graph_is_described(place: Workplace, attribute: str, what: str) -> None:
    more = """
    nodes = [embed]
    inner = graph.as_node()
    number = 3
    def plain(): ...
    class Kind: ...
    """
    path = place.write("rag.py", RAG + more)
    refusal(f"{path}:{attribute}", f"rag:{attribute} is {what}, not a Graph", "module: graph")


def test_hg407_a_file_whose_name_finds_another_module(place: Workplace) -> None:
    path = place.write("json.py", RAG)
    refusal(f"{path}:graph", str(path), "would be imported as 'json'", "json/__init__.py")


@pytest.mark.parametrize("file", ["my.rag.py", "my.shop/rag.py"])
def test_hg413_a_name_with_a_dot_cannot_be_imported(place: Workplace, file: str) -> None:
    path = place.write(file, RAG)
    if "/" in file:
        place.write("my.shop/__init__.py", "")
    refusal(f"{path}:graph", str(path), "has a dot in it")


def test_a_graph_at_hand_is_found_under_its_name(place: Workplace) -> None:
    path = place.write("rag.py", RAG + "\n    rag = alias = graph\n")
    target = load_target(f"{path}:graph")
    found = target_of(target.graph)
    assert found == Target(target.graph, "rag", "rag", place.folder)


def test_a_derived_graph_is_found_where_the_derived_one_is(place: Workplace) -> None:
    path = place.write("rag.py", RAG + "\n    asked = graph.bind(query='q')\n")
    asked = load_target(f"{path}:asked").graph
    assert target_of(asked).attribute == "asked"


def test_hg408_a_graph_without_a_name_in_a_module(place: Workplace) -> None:
    path = place.write("rag.py", RAG)
    graph = load_target(f"{path}:graph").graph.bind(query="q")
    refused(CompileError, lambda: target_of(graph), "Graph 'rag' has no name", f"{path}:13")


def test_the_root_of_modules_at_any_depth() -> None:
    import json.decoder

    library = Path(json.__file__).resolve().parents[1]
    assert root_of(json) == root_of(json.decoder) == library
    import sys

    assert root_of(sys) is None
