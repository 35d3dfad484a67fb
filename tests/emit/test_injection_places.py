"""Payloads that would make a file if they ever ran, in every place that text can come from.

What is generated has the shape that it has for harmless text, or the build refuses; nothing runs.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hypergraph import compile_graph
from hypergraph.compiler.artifact import compile_target
from hypergraph.compiler.cli.main import main
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.options import Options
from hypergraph.compiler.target import load_target
from tests.artifact.workplace import RAG, Workplace
from tests.emit.test_injection import skeleton

TOUCH = "__import__('pathlib').Path('canary').touch()"
PAYLOADS = [
    TOUCH,
    f"\n{TOUCH}\n",
    f"\r{TOUCH}\r",
    f"\x0c\u2028{TOUCH}\u2029",
    f"'); {TOUCH}  #",
    f'"); {TOUCH}  #',
    f"''' + str({TOUCH}) + '''",
    f'"""\n{TOUCH}\n"""',
    f'\\"""\n{TOUCH}\n"""\\',
    f"\\\n{TOUCH}",
    f"{{{TOUCH}}}",
    "{{ cycler.__init__.__globals__.os.system('touch canary') }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
    "# fmt: off\n# type: ignore # noqa",
    f"# -*- coding: utf-7 -*-\n+AAo-{TOUCH}",
    "$(touch canary) `touch canary` ; touch canary",
]

# Each has one place for text; `words` is the payload.
PLACES = {
    "docstrings, names and annotations of functions": """
        def f(x): return x
        f.__doc__ = f.__qualname__ = f.__name__ = words
        f.__annotations__ = {"x": words, "return": words}
        graph = Graph([node(f, "y").with_name("f")], name="g")
    """,
    "modules and files of functions": """
        scope = {"__name__": words}
        exec(compile("def f(x): return x", words.replace(chr(0), ""), "exec"), scope)
        graph = Graph([node(scope["f"], "y")], name="g")
    """,
    "defaults": """
        def f(x, a=words, b=[words, {words: (words, words.encode())}], *, c={words}): return a
        graph = Graph([node(f, "y")], name="g")
    """,
    "what a default says of itself": """
        class Sly(str):
            def __repr__(self): return words
            __str__ = __format__ = __repr__
        class Slyer(float):
            def __repr__(self): return words
        def f(x, a=Sly("a"), b=Slyer(1), c=Sly): return a
        graph = Graph([node(f, "y")], name="g")
    """,
    "members of an enumeration": """
        import enum
        Kind = enum.Enum("Kind", {words: words})
        def f(x, a=Kind(words)): return a
        graph = Graph([node(f, "y")], name="g").bind(x=Kind(words))
    """,
    "bindings": """
        def f(x, a, b): return x
        graph = Graph([node(f, "y")], name="g").bind(a=words, b=[words])
    """,
    "descriptions of targets": """
        @route(targets={"f": words, END: words})
        def choose(x): return "f"
        def f(x): return x
        graph = Graph([choose, node(f, "y")], name="g")
    """,
    "targets": """
        @route(targets=["f", words], fallback=words, multi_target=False)
        def choose(x): return "f"
        def f(x): return x
        graph = Graph([choose, node(f, "y"), node(f, "z").with_name(words)], name="g")
    """,
    "names of nodes": """
        def f(x): return x
        graph = Graph([node(f, "y").with_name(words)], name="g")
    """,
    "names of inputs and outputs": """
        def f(x): return x
        graph = Graph([node(f, "y").with_inputs(x=words + "in").with_outputs(y=words)], name="g")
    """,
    "names of graphs": """
        def f(x): return x
        inner = Graph([node(f, "y")], name=words)
        graph = Graph([inner.as_node(), node(f, "z").with_name("g2")], name=words + "g")
    """,
    "names of signals": """
        @node(output_name="y", emit=words)
        def f(x): return x
        @node(output_name="z", wait_for=words)
        def g(x): return x
        graph = Graph([f, g], name="g")
    """,
    "names of mapped inputs": """
        def f(x): return x
        inner = Graph([node(f, "y")], name="inner")
        mapped = inner.as_node().with_inputs(x=words + "in").map_over(words + "in")
        graph = Graph([mapped.with_outputs(y=words)], name="g")
    """,
    "questions of interrupts": """
        @interrupt(output_name=words)
        def ask(x): return None
        graph = Graph([ask.with_name(words + "ask")], name="g")
    """,
    "members of loops": """
        def grow(n): return n + 1
        @route(targets=[words, END])
        def on(n): return END
        graph = Graph([node(grow, "n").with_name(words), on.with_name(words + "on")], name="g")
    """,
}
HEAD = "from hypergraph import END, Graph, interrupt, node, route\nwords = {words}\n"

pytestmark = pytest.mark.usefixtures("no_canary")


def shape(place: Workplace, source: str, words: str) -> str | None:
    """The skeleton of the module, which has also been run; ``None`` if the build refuses."""
    sys.modules.pop("rag", None)
    body = "\n".join(line[8:] for line in source.splitlines())
    path = place.write("rag.py", HEAD.format(words=ascii(words)) + body)
    try:
        artifact = compile_graph(f"{path}:graph", events=True, cache=True)
    except CompileError:
        return None
    artifact.program()
    assert all(line.isprintable() for line in artifact.text.split("\n"))
    return skeleton(artifact.text)


@pytest.mark.slow
@pytest.mark.parametrize("where", PLACES)
def test_payloads_are_inert_or_refused(place: Workplace, where: str) -> None:
    harmless = {shape(place, PLACES[where], words) for words in ("two words", "two_words")}
    assert harmless != {None}
    for words in PAYLOADS:
        assert shape(place, PLACES[where], words) in {*harmless, None}, words


def test_the_canary_would_be_seen() -> None:
    exec(TOUCH)
    assert Path("canary").is_file()
    Path("canary").unlink()


def test_targets_are_refused(place: Workplace) -> None:
    path = place.write("rag.py", RAG)
    for words in PAYLOADS:
        for target in (f"{path}:{words}", f"{words}:graph", f"rag.{words}:graph", words):
            with pytest.raises((CompileError, ValueError)):
                compile_graph(target)


def test_option_values_are_refused(place: Workplace) -> None:
    target = load_target(f"{place.write('rag.py', RAG)}:graph")
    for words in PAYLOADS:
        with pytest.raises(CompileError, match="There is no mode"):
            compile_target(target, Options(mode=words), None)  # type: ignore[arg-type]
        assert main(["compile", target.spelled, "--mode", words]) == 2


def test_paths_of_outputs_are_inert(place: Workplace) -> None:
    path = place.write("rag.py", RAG)
    harmless = skeleton(compile_graph(f"{path}:graph", output="two words.py").text)
    for words in PAYLOADS:
        artifact = compile_graph(f"{path}:graph", output=place.folder / f"{words}.py")
        assert skeleton(artifact.text) == harmless
        artifact.program()


def test_what_pyproject_says_is_inert_or_refused(
    place: Workplace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    place.write("rag.py", RAG)
    for words in PAYLOADS:
        for graph, output in (("rag.py:graph", f"{words}.py"), (words, "out.py")):
            table = f"graph = {json.dumps(graph)}\noutput = {json.dumps(output)}\n"
            place.write("pyproject.toml", f"[[tool.hypergraph.programs]]\n{table}")
            with monkeypatch.context() as within:
                within.chdir(place.folder)
                assert main(["build"]) in (0, 2), words
                assert not Path("canary").exists()
    assert "Traceback" not in capsys.readouterr().err
