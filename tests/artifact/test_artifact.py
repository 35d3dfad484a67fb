"""Artifacts: how they are compiled, described, written and loaded."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from hypergraph import Artifact, AsyncRunner, SyncRunner, compile_graph
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.mode import mode_for
from hypergraph.compiler.target import load_target
from tests.artifact.workplace import RAG, Workplace
from tests.declare.refusals import refused

NESTED_ASYNC = """
    from hypergraph import Graph, interrupt, node

    @node(output_name="page")
    async def fetch(url): return url

    @interrupt(output_name="verdict")
    def ask(page): return None

    @node(output_name="url")
    def clean(raw): return raw

    inner = Graph([fetch], name="inner")
    asking = Graph([ask], name="asking")
    outer = Graph([clean, inner.as_node()], name="outer")
    desk = Graph([asking.as_node()], name="desk")
    graph = Graph([clean], name="plain")
"""


def test_a_graph_and_its_target_compile_to_the_same_artifact(place: Workplace) -> None:
    path = place.write("rag.py", RAG)
    by_name = compile_graph(f"{path}:graph")
    graph = load_target(f"{path}:graph").graph
    by_object = compile_graph(graph)
    assert by_object.name == by_name.name == "rag"
    assert by_object.plan == by_name.plan
    assert by_object.target == "rag:graph" and by_name.target == "rag.py:graph"


def test_an_artifact_knows_what_it_is(place: Workplace) -> None:
    artifact = place.compile(RAG)
    graph = load_target(f"{place.folder}/rag.py:graph").graph
    assert (artifact.name, artifact.mode) == ("rag", "sync")
    assert artifact.fingerprint == f"sha256:{graph.definition_hash}"
    assert artifact.plan.describe() in artifact.text


def test_the_program_of_an_artifact_agrees_with_the_graph(place: Workplace) -> None:
    artifact = place.compile(RAG)
    program = artifact.program()
    graph = load_target(f"{place.folder}/rag.py:graph").graph
    assert program.source == artifact.text
    assert program.fingerprint == artifact.fingerprint == graph.compiled().fingerprint
    assert (program.name, program.mode, program.inputs) == ("rag", "sync", graph.inputs)
    assert program.outputs == ("embedding", "docs", "answer")
    values = {"text": "a bb", "query": "q"}
    assert SyncRunner().run(program, values).values == SyncRunner().run(graph, values).values


def test_a_program_gives_what_the_graph_selects(place: Workplace) -> None:
    source = RAG + "\n    asked = graph.select('answer', 'docs')\n"
    program = place.compile(source, attribute="asked").program()
    assert program.outputs == ("answer", "docs")
    assert list(program.run(text="a", query="q").keys()) == ["answer", "docs"]


def test_a_failure_keeps_the_outputs_that_were_there(place: Workplace) -> None:
    program = place.compile(RAG).program()
    result = program.run(text="a", query="q", top_k="many", error_handling="continue")
    assert dict(result.values) == {"embedding": [1]} and isinstance(result.error, TypeError)


# -- Modes


@pytest.mark.parametrize("attribute", ["outer", "desk", "inner", "asking"])
def test_a_graph_that_needs_an_event_loop_is_compiled_for_it(
    place: Workplace, attribute: str
) -> None:
    artifact = place.compile(NESTED_ASYNC, attribute=attribute)
    assert artifact.mode == "async" and f"async def {attribute}(" in artifact.text


@pytest.mark.parametrize(
    ("attribute", "node", "reason"),
    [("outer", "inner/fetch", "is async"), ("desk", "asking/ask", "is an interrupt")],
)
def test_hg410_such_a_graph_cannot_be_compiled_in_mode_sync(
    place: Workplace, attribute: str, node: str, reason: str
) -> None:
    path = place.write("rag.py", NESTED_ASYNC)
    target = f"{path}:{attribute}"
    refused(
        CompileError,
        lambda: compile_graph(target, mode="sync"),
        f"Graph '{attribute}' cannot be compiled in mode sync",
        f"node '{node}' {reason}",
        f"{path}:",
    )


def test_any_graph_can_be_compiled_in_mode_async(place: Workplace) -> None:
    import asyncio

    artifact = place.compile(RAG, mode="async")
    assert artifact.mode == "async" and "asyncio" not in artifact.text
    program = artifact.program()
    result = asyncio.run(AsyncRunner().run(program, text="a bb", query="q"))
    assert result["answer"] == "q: [1, 2]"


def test_hg414_there_are_two_modes(place: Workplace) -> None:
    path = place.write("rag.py", RAG)
    graph = load_target(f"{path}:graph").graph
    refused(CompileError, lambda: mode_for(graph, "asink"), "There is no mode 'asink'")


# -- The header


def header(artifact: Artifact) -> list[str]:
    return artifact.text.split('"""')[0].splitlines()


def test_the_header_tells_where_the_module_comes_from(place: Workplace) -> None:
    place.write("shop/__init__.py", "")
    artifact = place.compile(
        RAG, "shop/rag.py", output=str(place.folder / "out" / "rag_program.py")
    )
    assert header(artifact) == [
        "# Code generated by hypergraph. DO NOT EDIT.",
        "#   source   shop/rag.py:13 (graph)",
        "#   options  mode sync",
        "#   rebuild  hypergraph compile shop/rag.py:graph --mode sync -o out/rag_program.py",
        f"#   graph    {artifact.fingerprint}",
        "#   emitter  1",
    ]


def test_an_output_elsewhere_is_named_without_its_folder(
    place: Workplace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The text holds no path of this machine."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    artifact = place.compile(RAG, output=str(elsewhere / "rag_program.py"))
    assert header(artifact)[3].endswith("--mode sync -o rag_program.py")
    assert str(elsewhere) not in artifact.text and str(place.folder) not in artifact.text


def test_the_rebuild_command_is_quoted_for_a_shell(place: Workplace) -> None:
    artifact = place.compile(RAG, "my rag.py")
    assert "hypergraph compile 'my rag.py:graph' --mode sync" in header(artifact)[3]


def test_a_graph_built_by_a_function_elsewhere_is_placed_there(place: Workplace) -> None:
    place.write("library.py", RAG.replace("graph = ", "def build(): return "))
    artifact = place.compile("from library import build\ngraph = build()\n", "app.py")
    assert header(artifact)[1] == "#   source   library.py:13 (graph)"


# -- Files


def test_writing_gives_the_text_as_it_is(place: Workplace) -> None:
    artifact = place.compile(RAG)
    path = artifact.write(place.folder / "rag_program.py")
    assert path.read_bytes() == artifact.text.encode()
    assert b"\r" not in path.read_bytes() and path.read_bytes().endswith(b"\n")


def test_writing_again_replaces_a_generated_file_and_keeps_its_permissions(
    place: Workplace,
) -> None:
    path = place.compile(RAG).write(place.folder / "rag_program.py")
    os.chmod(path, 0o640)
    artifact = place.compile(RAG.replace("top_k=2", "top_k=3"))
    (place.folder / "rag_program.py").write_text("# Code generated by hypergraph. Old.\n")
    artifact.write(path)
    assert path.read_text() == artifact.text
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_to_a_file_stays_a_link(place: Workplace) -> None:
    artifact = place.compile(RAG)
    real = artifact.write(place.folder / "real.py")
    link = place.folder / "link.py"
    link.symlink_to(real)
    artifact.write(link)
    assert link.is_symlink() and real.read_text() == artifact.text


def test_hg416_a_file_that_somebody_wrote_is_not_overwritten(place: Workplace) -> None:
    artifact = place.compile(RAG)
    path = place.folder / "rag.py"
    before = path.read_text()
    refused(CompileError, lambda: artifact.write(path), f"{str(path)!r} was not generated")
    assert path.read_text() == before


def test_an_empty_file_may_be_filled(place: Workplace) -> None:
    path = place.write("rag_program.py", "")
    assert place.compile(RAG).write(path).stat().st_size > 0


@pytest.mark.parametrize(
    ("file", "reason"),
    [("missing/out.py", "No such file or directory"), (".", "directory"), ("rag.py/x.py", "")],
)
def test_hg411_a_path_that_cannot_be_written(place: Workplace, file: str, reason: str) -> None:
    artifact = place.compile(RAG)
    path = place.folder / file
    refused(CompileError, lambda: artifact.write(path), f"Cannot write {str(path)!r}", reason)
    left = {one.name for one in place.folder.iterdir()} - {"__pycache__"}
    assert left == {"rag.py"}


def test_nothing_half_written_is_left_and_the_old_file_stays(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    artifact = place.compile(RAG)
    path = artifact.write(place.folder / "rag_program.py")

    def full(source: object, goal: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    refused(CompileError, lambda: artifact.write(path), "No space left on device")
    assert path.read_text() == artifact.text
    assert {one.name for one in place.folder.iterdir() if one.suffix != ".py"} <= {"__pycache__"}


def test_what_is_written_runs_by_itself(place: Workplace) -> None:
    artifact = place.compile(RAG)
    path: Path = artifact.write(place.folder / "rag_program.py")
    done = place.run(str(path), "text=a bb ccc", "query=q", "--select", "answer")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == '{\n  "answer": "q: [1, 2]"\n}\n'


def test_a_program_file_can_be_imported_and_given_to_runners(place: Workplace) -> None:
    place.compile(RAG).write(place.folder / "rag_program.py")
    script = (
        "from hypergraph import SyncRunner\n"
        "import rag_program\n"
        "print(SyncRunner().run(rag_program.program, text='a', query='q')['answer'])\n"
        "print(rag_program.run(text='a', query='q')['answer'])\n"
        "found = rag_program.map(text=['a', 'bb'], query='q', map_over='text')\n"
        "print([one['answer'] for one in found])\n"
        "print(rag_program.program.source == open(rag_program.__file__).read())\n"
    )
    done = place.run("-c", script)
    assert done.stdout.splitlines() == ["q: [1]", "q: [1]", "['q: [1]', 'q: [2]']", "True"]


def test_running_a_program_file_loads_nothing_that_writes_code(place: Workplace) -> None:
    place.compile(RAG).write(place.folder / "rag_program.py")
    done = place.run("-c", "import sys, rag_program\nprint(*sys.modules)")
    loaded = set(done.stdout.split())
    assert "rag" in loaded and not loaded & {"black", "click", "jinja2", "libcst", "asyncio"}
    assert not any(name.startswith("hypergraph.compiler.emit") for name in loaded)


def test_x27_a_graph_no_call_could_run_is_refused_before_it_is_shipped() -> None:
    import examples.triage.pipeline as pipeline

    bound = pipeline.graph.bind(subject="refund", body="please")
    pipeline.__dict__["bound_for_a_test"] = bound
    try:
        with pytest.raises(CompileError, match=r"HG417") as caught:
            compile_graph("examples.triage.pipeline:bound_for_a_test")
    finally:
        del pipeline.__dict__["bound_for_a_test"]
    assert "Cannot mix compute and inject" in str(caught.value)


def test_x69_a_file_remembers_which_outputs_its_graph_asks_for() -> None:
    import examples.triage.pipeline as pipeline

    pipeline.__dict__["selected_for_a_test"] = pipeline.graph.select("sales_note")
    try:
        program = compile_graph("examples.triage.pipeline:selected_for_a_test").program()
    finally:
        del pipeline.__dict__["selected_for_a_test"]
    with pytest.raises(ValueError, match="Requested outputs not found"):
        program.run(ticket="Bug: it crashes", on_missing="error")
    assert dict(program.run(ticket="Bug: it crashes").values) == {}
