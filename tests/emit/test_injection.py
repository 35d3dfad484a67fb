"""Whatever a graph's strings are, what is generated has the shape it has for harmless ones."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from hypergraph import compile_graph
from hypergraph.compiler.artifact import Artifact
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.plan import Mode
from hypergraph.compiler.target import load_target
from tests.artifact.workplace import Workplace
from tests.emit.hostile import BREAKOUTS

every_string = pytest.mark.parametrize("words", BREAKOUTS, ids=range(len(BREAKOUTS)))

HARMLESS = "two words"

# Every place at which a string of the user's can come near generated code.
SOURCE = """
    from hypergraph import END, Graph, node, route

    WORDS = {words}
    KEY = WORDS.replace(".", "")  # dots lead into graph nodes
    NAME = KEY.replace("/", "")

    def count(x, text=WORDS, table={{WORDS: [WORDS]}}, pair=(WORDS, 1), *, other=None):
        return [x, text, table, pair, other]

    count.__doc__ = count.__qualname__ = WORDS
    count.__annotations__ = {{"x": WORDS, "return": WORDS}}
    counted = node(count, "y").with_name("count").with_inputs(x=KEY + "x", other=KEY + "other")

    class Sly(str):
        def __repr__(self): return WORDS

    def grow(n, step=Sly("1")):
        return n + int(step)

    @route(targets={{"grow": WORDS, END: WORDS}})
    def on(n):
        return "grow" if n < 3 else END

    inner = Graph([counted], name=NAME + "inner").bind(**{{KEY + "other": Sly("bound")}})
    nested = inner.as_node(name=NAME + "nested").with_outputs(y=KEY + "y")
    mapped = inner.as_node(name=NAME + "each").with_inputs({{KEY + "x": KEY + "xs"}})
    mapped = mapped.with_outputs(y=KEY + "ys").map_over(KEY + "xs", error_handling="continue")

    @route(targets=[nested.name, END])
    def choose(n):
        return nested.name

    def last(y, ys, end=WORDS, bound=None):
        return [y, ys, end, bound]

    final = node(last, "z").with_name("last").with_inputs(
        {{"y": KEY + "y", "ys": KEY + "ys", "end": KEY + "end", "bound": KEY + "bound"}}
    )
    graph = Graph(
        [node(grow, "n").with_name("grow"), on, choose, nested, mapped, final], name=NAME
    ).bind(**{{KEY + "bound": WORDS}})
"""


def skeleton(text: str) -> str:
    """The syntax of a module without its names and constants, as Python reads the file's bytes."""
    module = ast.parse(text.encode())
    for one in ast.walk(module):
        for field in ("id", "arg", "attr", "name", "asname", "value", "module"):
            if isinstance(getattr(one, field, None), (str, int, float, bytes)):
                setattr(one, field, "_")
    return ast.dump(module)


def compiled(place: Workplace, words: str, mode: Mode) -> Artifact:
    return place.compile(SOURCE.format(words=ascii(words)), mode=mode)


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the module looks like when the strings are harmless."""
    from tests.artifact.workplace import workplace

    with workplace(tmp_path_factory.mktemp("harmless")) as place:
        return {
            "sync": skeleton(compiled(place, HARMLESS, "sync").text),
            "async": skeleton(compiled(place, HARMLESS, "async").text),
        }


def inputs(words: str) -> dict[str, Any]:
    key = words.replace(".", "")
    return {f"{key}x": 1, f"{key}xs": [2, 3], "n": 0}


@every_string
@pytest.mark.parametrize("mode", ["sync", "async"])
def test_hostile_strings_change_nothing_but_names_and_constants(
    place: Workplace, shapes: dict[str, str], words: str, mode: Mode
) -> None:
    artifact = compiled(place, words, mode)
    assert skeleton(artifact.text) == shapes[mode]
    assert all(line.isprintable() for line in artifact.text.split("\n"))
    for line in artifact.text.split("\n"):
        if "#" in line and line.strip().startswith("#"):
            assert len(line.splitlines()) == 1


@every_string
def test_a_program_with_hostile_strings_runs(place: Workplace, words: str) -> None:
    program = compiled(place, words, "sync").program()
    result = program.run(inputs(words))
    bound = "bound"
    one = [[x, words, {words: [words]}, (words, 1), bound] for x in (1, 2, 3)]
    assert result["z"] == [one[0], [one[1], one[2]], words, words]
    assert result["n"] == 3
    graph = load_target(f"{place.folder}/rag.py:graph").graph
    assert program.inputs == graph.inputs
    assert program.outputs == tuple(name for name in graph.outputs if name in program.outputs)


@every_string
def test_a_file_may_have_a_hostile_name(place: Workplace, words: str) -> None:
    source = """
        from hypergraph import Graph, node
        graph = Graph([node(lambda x: x, "y").with_name("same")], name="g")
    """
    harmless = skeleton(place.compile(source, "two words.py").text)
    try:
        path = place.write(f"{words}.py", source)
    except (OSError, ValueError):
        pytest.skip("the file system has no such names")
    if "." in path.stem or path.parent != place.folder:
        with pytest.raises(CompileError):
            compile_graph(f"{path}:graph")
        return
    artifact = compile_graph(f"{path}:graph", output=path.with_name(f"{words}_program.py"))
    assert skeleton(artifact.text) == harmless or f"import {words} as" in artifact.text
    assert artifact.program().run(x=1)["y"] == 1


def test_a_path_in_the_second_line_does_not_declare_an_encoding(place: Workplace) -> None:
    source = """
        from hypergraph import Graph, node
        graph = Graph([node(lambda x: x, "y").with_name("same")], name="g")
    """
    artifact = place.compile(source, "coding=utf-7.py")
    assert r"coding\x3dutf-7.py" in artifact.text.splitlines()[1]
    path = artifact.write(place.folder / "g_program.py")
    done = place.run(str(path), "x=+AG8-")
    assert done.stdout == '{\n  "y": "+AG8-"\n}\n'
