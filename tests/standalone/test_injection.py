"""Texts that would make a file if they ever ran, in what only standalone files have of the user."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hypergraph.compiler.artifact import compile_graph
from hypergraph.compiler.diagnostics.artifacts import CompileError
from tests.artifact.workplace import Workplace
from tests.emit.hostile import BREAKOUTS
from tests.emit.test_injection import skeleton
from tests.emit.test_injection_places import PAYLOADS, TOUCH
from tests.standalone.test_size_and_start import CHAIN

# Python ends no line at these, and ``str.splitlines`` does.
ENDS = ["\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
IN_A_LINE = [f"{end}{TOUCH}{end}" for end in ENDS] + [
    words.replace("\n", " ").replace("\r", " ").replace("\x00", " ")
    for words in (*PAYLOADS, *BREAKOUTS)
    if words.isprintable() or "\n" in words or "\r" in words
]

pytestmark = pytest.mark.usefixtures("no_canary")


def commented(payloads: list[str]) -> str:
    """A module with each text in every place of a function where a comment may stand."""
    functions = [f"""
# {words}
HELP_{number} = (  # {words}
    1,  # {words}
)  # {words}

# {words}
@node(output_name="y{number}")  # {words}
# {words}
def f{number}(  # {words}
    x: int,  # {words}
    # {words}
) -> int:  # {words}
    # {words}
    if x:  # {words}
        # {words}
        return x + HELP_{number}[0]  # {words}
    # {words}
    return x \\
        + HELP_{number}[0]  # {words}
    # {words}
# {words}
""" for number, words in enumerate(payloads)]
    nodes = ", ".join(f"f{number}" for number in range(len(payloads)))
    head = "from hypergraph import Graph, node\n"
    return f"{head}{''.join(functions)}\ngraph = Graph([{nodes}], name='g')\n"


def alone(place: Workplace, payloads: list[str]) -> tuple[str, Any]:
    """The shape of the file, and what its program gives for 1."""
    path = place.folder / "commented.py"
    path.write_text(commented(payloads), encoding="utf-8")
    artifact = compile_graph(f"{path}:graph", standalone=True)
    return skeleton(artifact.text), dict(artifact.program().run(x=1).items())


def test_comments_in_inlined_source_stay_comments(place: Workplace) -> None:
    place.write("harmless.py", commented(["two words"] * len(IN_A_LINE)))
    text = compile_graph(f"{place.folder}/harmless.py:graph", standalone=True).text
    shape, values = alone(place, IN_A_LINE)
    assert shape == skeleton(text)
    assert values == {f"y{number}": 2 for number in range(len(IN_A_LINE))}


@pytest.mark.parametrize("option", ["inline", "keep"])
def test_hg419_values_of_options_are_names_of_packages(option: str) -> None:
    for words in (*PAYLOADS, "", "a..b", "a-b"):
        asked: Any = {option: [words]}
        with pytest.raises(CompileError, match=f"--{option} takes the name of a package"):
            compile_graph(CHAIN, standalone=True, **asked)


def test_a_path_above_a_function_stays_a_comment(place: Workplace) -> None:
    source = """
        from hypergraph import Graph, node

        @node(output_name="y")
        def same(x: int) -> int:
            return x

        graph = Graph([same], name="g")
    """
    harmless = skeleton(
        compile_graph(f"{place.write('two words.py', source)}:graph", standalone=True).text
    )
    for end in ("\n", "\r", "\x0c", "\u2028"):
        path = Path(place.write(f"a{end}{TOUCH.replace('.', '_')}{end}#.py", source))
        artifact = compile_graph(f"{path}:graph", standalone=True, output=f"{end}{TOUCH}.py")
        assert skeleton(artifact.text) == harmless
        assert all(line.isprintable() for line in artifact.text.split("\n"))
        assert artifact.program().run(x=1)["y"] == 1
