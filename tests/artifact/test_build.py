"""`hypergraph build`: the programs that a project lists in its `pyproject.toml`."""

from __future__ import annotations

from pathlib import Path

import pytest

from hypergraph.compiler.cli.main import main
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.options import Options
from hypergraph.compiler.project import project_at
from tests.artifact.workplace import RAG, Workplace
from tests.declare.refusals import refused

Output = pytest.CaptureFixture[str]

ONE = """
    [tool.hypergraph]
    owned = ["out/*_program.py"]

    [[tool.hypergraph.programs]]
    graph = "rag.py:graph"
    output = "out/rag_program.py"
"""
TWO = ONE + """
    [[tool.hypergraph.programs]]
    graph = "rag:graph"
    output = "out/rag_async_program.py"
    mode = "async"
"""


@pytest.fixture
def project(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """A project with a graph and two programs, not built yet."""
    place.write("rag.py", RAG)
    place.write("pyproject.toml", TWO)
    (place.folder / "out").mkdir()
    monkeypatch.chdir(place.folder)
    return place


def built(capsys: Output, *arguments: str, code: int = 0) -> list[str]:
    """What the command prints."""
    assert main(["build", *arguments]) == code
    out, err = capsys.readouterr()
    assert err == ""
    return out.splitlines()


def generated(place: Workplace) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted((place.folder / "out").iterdir())}


# -- Writing


def test_build_writes_what_is_listed_and_then_rests(project: Workplace, capsys: Output) -> None:
    assert built(capsys) == [
        "wrote out/rag_program.py",
        "wrote out/rag_async_program.py",
        "0 of 2 were up to date",
    ]
    first = generated(project)
    assert "async def rag(" in first["rag_async_program.py"]
    assert built(capsys) == ["2 of 2 were up to date"]
    assert generated(project) == first


def test_build_may_be_started_anywhere_in_the_project(
    project: Workplace, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.folder / "out")
    assert built(capsys)[-1] == "0 of 2 were up to date"
    assert "compile rag:graph --mode async -o out/rag_async_program.py" in "".join(
        generated(project).values()
    )


def test_check_writes_nothing_and_says_what_would_be(project: Workplace, capsys: Output) -> None:
    assert built(capsys, "--check", code=1) == [
        "out/rag_program.py is missing",
        "out/rag_async_program.py is missing",
        "0 of 2 were up to date",
    ]
    assert generated(project) == {}
    built(capsys)
    assert built(capsys, "--check") == ["2 of 2 were up to date"]
    path = project.folder / "out" / "rag_program.py"
    path.write_text(path.read_text().replace("top_k=2", "top_k=3"))
    assert built(capsys, "--check", code=1)[0] == (
        "out/rag_program.py is not what its graph compiles to; hypergraph diff shows how"
    )


def test_line_ends_of_a_checkout_are_no_change(project: Workplace, capsys: Output) -> None:
    built(capsys)
    for path in (project.folder / "out").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert built(capsys, "--check") == ["2 of 2 were up to date"]


def test_the_header_is_told_from_the_folder_of_the_project(place: Workplace) -> None:
    """Also when modules are imported from a folder inside it."""
    place.write("pyproject.toml", "")
    place.write("src/shop/__init__.py", "")
    artifact = place.compile(
        RAG, "src/shop/rag.py", output=str(place.folder / "programs" / "rag.py")
    )
    header = artifact.text.splitlines()[1:4]
    assert header[0] == "#   source   src/shop/rag.py:13 (graph)"
    assert header[2].endswith("compile src/shop/rag.py:graph --mode sync -o programs/rag.py")
    assert "needs the folder of shop/ on sys.path" in artifact.text


@pytest.mark.parametrize("damage", ["conflict", "cut off", "edited"])
def test_a_damaged_program_is_made_again(project: Workplace, capsys: Output, damage: str) -> None:
    built(capsys)
    path, before = project.folder / "out" / "rag_program.py", generated(project)
    text = path.read_text()
    first, _, rest = text.partition("\n")
    conflict = f"{first}\n<<<<<<< HEAD\n{rest}=======\n{rest}>>>>>>> branch\n"
    damaged = {"conflict": conflict, "cut off": text[:300], "edited": text + "x = 1\n"}
    path.write_text(damaged[damage])
    assert built(capsys) == ["wrote out/rag_program.py", "1 of 2 were up to date"]
    assert generated(project) == before


# -- Removing


def test_what_is_listed_no_longer_is_removed(project: Workplace, capsys: Output) -> None:
    built(capsys)
    project.write("pyproject.toml", ONE)
    assert built(capsys, "--check", code=1)[0] == "out/rag_async_program.py is listed no longer"
    assert built(capsys) == ["removed out/rag_async_program.py", "1 of 2 were up to date"]
    assert list(generated(project)) == ["rag_program.py"]


def test_nothing_is_removed_that_is_not_owned_or_not_generated(
    project: Workplace, capsys: Output
) -> None:
    built(capsys)
    outside = project.folder / "rag_async_program.py"
    outside.write_text(generated(project)["rag_async_program.py"])
    by_hand = project.write("out/my_program.py", "print('by hand')\n")
    link = project.folder / "out" / "linked_program.py"
    link.symlink_to(outside)
    project.write("pyproject.toml", ONE)
    assert built(capsys)[:-1] == ["removed out/rag_async_program.py"]
    assert outside.exists() and by_hand.exists() and link.is_symlink()


def test_nothing_is_removed_when_nothing_is_owned(project: Workplace, capsys: Output) -> None:
    built(capsys)
    project.write("pyproject.toml", ONE.replace("owned", "# owned"))
    assert built(capsys) == ["1 of 1 were up to date"]
    assert len(generated(project)) == 2


def test_hg478_what_somebody_edited_is_not_removed(project: Workplace, capsys: Output) -> None:
    built(capsys)
    path = project.folder / "out" / "rag_async_program.py"
    path.write_text(path.read_text().replace("superstep 1", "superstep I"))
    project.write("pyproject.toml", ONE)
    project.write("rag.py", RAG.replace("top_k=2", "top_k=4"))
    before = generated(project)
    message = refusal(capsys)
    assert "'out/rag_async_program.py' is no longer listed, but is not removed" in message
    assert "it was edited" in message and generated(project) == before


# -- Refusals


def refusal(capsys: Output) -> str:
    """What is said, on standard error only, with exit code 2."""
    assert main(["build"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and "Traceback" not in err
    return err


def test_one_program_that_cannot_be_compiled_keeps_all_from_being_written(
    project: Workplace, capsys: Output
) -> None:
    project.write("pyproject.toml", TWO.replace("rag:graph", "rag:grpah"))
    assert "has no 'grpah'" in refusal(capsys)
    assert generated(project) == {}


def test_a_file_that_somebody_wrote_is_not_overwritten(project: Workplace, capsys: Output) -> None:
    project.write("out/rag_program.py", "print('by hand')\n")
    assert "was not generated by hypergraph" in refusal(capsys)


def test_a_folder_that_is_not_there_is_told(project: Workplace, capsys: Output) -> None:
    (project.folder / "out").rmdir()
    assert "Cannot write " in refusal(capsys)


def test_hg471_a_folder_without_a_project(tmp_path: Path) -> None:
    refused(CompileError, lambda: project_at(tmp_path), f"no pyproject.toml in {str(tmp_path)!r}")


def test_hg472_a_file_that_is_not_toml(project: Workplace, capsys: Output) -> None:
    project.write("pyproject.toml", "[tool.hypergraph\n")
    assert "Cannot read 'pyproject.toml'" in refusal(capsys)
    (project.folder / "pyproject.toml").write_bytes(b"\xff\xfe")
    assert "Cannot read 'pyproject.toml'" in refusal(capsys)


@pytest.mark.parametrize("text", ["", "[tool.black]\nline-length = 9\n", "[tool.hypergraph]\n"])
def test_hg473_a_project_without_programs(project: Workplace, capsys: Output, text: str) -> None:
    project.write("pyproject.toml", text)
    message = refusal(capsys)
    assert "lists no programs" in message and "[[tool.hypergraph.programs]]" in message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tool = 3", "tool must be a table, not 3"),
        ("[tool]\nhypergraph = []", "tool.hypergraph must be a table, not []"),
        (
            "[tool.hypergraph]\nprograms = 'rag.py:graph'",
            "tool.hypergraph.programs must be a list of tables, not 'rag.py:graph'",
        ),
        (
            "[tool.hypergraph]\nprograms = ['rag.py:graph']",
            "tool.hypergraph.programs[1] must be a table, not 'rag.py:graph'",
        ),
        (
            "[[tool.hypergraph.programs]]\noutput = 'a.py'",
            "programs[1].graph must be a text such as 'package.module:graph', not missing",
        ),
        (
            "[[tool.hypergraph.programs]]\ngraph = 'rag.py:graph'\noutput = ['a.py']",
            "programs[1].output must be a text such as 'path/of/the/program.py', not ['a.py']",
        ),
        (
            "[[tool.hypergraph.programs]]\ngraph = 'a:b'\noutput = 'a.py'\nmode = 'asnyc'",
            "tool.hypergraph.programs[1].mode must be one of 'sync', 'async', not 'asnyc'",
        ),
        (
            "[[tool.hypergraph.programs]]\ngraph = 'a:b'\noutput = 'a.py'\nevents = 1",
            "tool.hypergraph.programs[1].events must be true or false, not 1",
        ),
        (
            "[tool.hypergraph]\nowned = 'x'\n[[tool.hypergraph.programs]]",
            "tool.hypergraph.owned must be a list of texts, not 'x'",
        ),
        (
            "[tool.hypergraph]\nowned = [1]\n[[tool.hypergraph.programs]]",
            "tool.hypergraph.owned must be a list of texts, not [1]",
        ),
    ],
)
def test_hg474_what_is_written_wrong_is_named_with_its_key(
    project: Workplace, capsys: Output, text: str, told: str
) -> None:
    project.write("pyproject.toml", text)
    assert told in refusal(capsys)


def test_hg475_an_unknown_key_is_told_with_the_one_that_was_meant(
    project: Workplace, capsys: Output
) -> None:
    project.write("pyproject.toml", ONE + 'ouptut = "x.py"\n')
    message = refusal(capsys)
    assert "tool.hypergraph.programs[1] has no 'ouptut'" in message
    assert "Did you mean 'output'?" in message and "mode" in message
    project.write("pyproject.toml", "[tool.hypergraph]\nprogram = []\n")
    assert "tool.hypergraph has no 'program'" in refusal(capsys)


@pytest.mark.parametrize(
    "other", ["out/rag_program.py", "./out//rag_program.py", "OUT/rag_program.py"]
)
def test_hg476_two_programs_cannot_have_one_output(
    project: Workplace, capsys: Output, other: str
) -> None:
    project.write("pyproject.toml", TWO.replace("out/rag_async_program.py", other))
    assert "is the output of two programs: of rag.py:graph and of rag:graph" in refusal(capsys)


@pytest.mark.parametrize("path", ["../rag_program.py", "/tmp/rag_program.py", "", "out/../../x.py"])
def test_hg477_an_output_is_inside_the_project(
    project: Workplace, capsys: Output, path: str
) -> None:
    project.write("pyproject.toml", ONE.replace("out/rag_program.py", path))
    assert f"{path!r} is not inside the project's folder" in refusal(capsys)
    project.write("pyproject.toml", ONE.replace("out/*_program.py", "../*_program.py"))
    assert "'../*_program.py' is not inside the project's folder" in refusal(capsys)


def test_options_are_those_of_the_command_line(project: Workplace) -> None:
    first, second = project_at(project.folder).programs
    assert (first.options, second.options) == (Options(), Options(mode="async"))
