"""What a generated module must pass; a failure is a mistake of the compiler and says so."""

from __future__ import annotations

import pytest

from hypergraph.compiler.emit.checks import check_piece, formatted, runtime_names_in
from hypergraph.compiler.emit.fragments import Code
from tests.declare.refusals import refused

GOOD = """\
from hypergraph.runtime import END


def f(x, *rest, y=1, **more):
    z = [item for item in rest]
    for a, b in z:
        x = (lambda q: q)(a)
    return x, y, more, END
"""


def test_a_good_module_comes_back_as_black_writes_it() -> None:
    assert formatted(GOOD, "f", {}) == GOOD
    assert formatted("x = 'a'\n", "f", {}) == 'x = "a"\n'
    assert formatted("f(a=1,)\n".replace("f", "print"), "f", {}) == "print(\n    a=1,\n)\n"


def test_the_configuration_of_black_around_is_not_read(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("project")
    (folder / "pyproject.toml").write_text("[tool.black]\nline-length = 20\n")
    monkeypatch.chdir(folder)
    line = f"x = [{', '.join(['1000'] * 14)}]\n"
    assert 88 < len(line) <= 101
    assert formatted(line, "f", {}) == line


@pytest.mark.parametrize(
    ("text", "stage", "words"),
    [
        ("def f(:\n    pass\n", "parse", "invalid syntax"),
        ("def f(x):\n    return y\n", "names", "undefined: y"),
        ("return 1\n", "parse", "outside function"),
        ("x = 1\n\0", "parse", "null bytes"),
    ],
)
def test_hg412_a_broken_module_is_a_mistake_of_ours(text: str, stage: str, words: str) -> None:
    message = refused(
        RuntimeError, lambda: formatted(text, "rag", {}), f"'rag' failed its own check ({stage})"
    )
    assert words in message and "mistake of the compiler" not in message


def test_hg412_black_must_agree_with_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    import black

    monkeypatch.setattr(black, "format_str", lambda text, mode: text + "\n# more\n")
    refused(RuntimeError, lambda: formatted("x = 1\n", "f", {}), "black changes it again")
    monkeypatch.setattr(black, "format_str", lambda text, mode: "x = 2\n")
    refused(RuntimeError, lambda: formatted("x = 1\n", "f", {}), "black changed its meaning")


def test_hg412_a_broken_function_is_named() -> None:
    check_piece(Code("def f():\n    return 1"), "inner")
    refused(RuntimeError, lambda: check_piece(Code("def f(:"), "inner"), "'inner'", "(parse)")


def test_the_names_of_the_runtime_are_found_where_they_are_read() -> None:
    pieces = [Code("def f(x):\n    return END if x.ABSENT else differs(x, 'OPEN')")]
    assert runtime_names_in(list(pieces)) == {"END", "differs"}
