"""Identifiers, literals and code: nothing else becomes text of a module."""

from __future__ import annotations

import ast
import io
import tokenize
from typing import Any

import pytest

from hypergraph.compiler.emit.fragments import (
    Code,
    Identifier,
    Literal,
    code,
    comment,
    join,
    literal,
    text_of,
    visible,
)
from tests.emit.hostile import BREAKOUTS

every_string = pytest.mark.parametrize("words", BREAKOUTS, ids=range(len(BREAKOUTS)))


@pytest.mark.parametrize("name", ["x", "_x1", "ünïcode", "match", "type", "语"])
def test_a_name_is_an_identifier(name: str) -> None:
    assert Identifier(name).text == name


@pytest.mark.parametrize("name", ["", "1x", "a b", "class", "None", "ﬁt", "x\n", "x=1", "a.b"])
def test_what_python_would_not_read_as_this_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not an identifier"):
        Identifier(name)


@pytest.mark.parametrize("value", ["import os", 1, None, b"x", ["x"], Exception("x")])
def test_only_fragments_become_code(value: Any) -> None:
    with pytest.raises(TypeError, match="only fragments become code"):
        text_of(value)
    with pytest.raises(TypeError, match="only fragments become code"):
        code("x = {}", value)
    with pytest.raises(TypeError, match="only fragments become code"):
        join(", ", [Code("x"), value])


def test_a_string_that_pretends_to_be_a_fragment_is_refused() -> None:
    class Pretender(str):
        text = "import os"

    with pytest.raises(TypeError, match="only fragments become code, not Pretender"):
        text_of(Pretender("x"))


def test_fragments_are_composed_by_templates_of_ours() -> None:
    call = code("{}({})", Identifier("f"), join(", ", [literal(1), Literal("2")]))
    assert call == Code("f(1, 2)")
    assert code("{{{}: 1}}", literal("a")).text == "{'a': 1}"


@every_string
def test_braces_in_a_fragment_stay_braces(words: str) -> None:
    text = code("x = {}", literal(words)).text
    (statement,) = ast.parse(text).body
    assert isinstance(statement, ast.Assign)
    assert ast.literal_eval(statement.value) == words


@every_string
def test_a_comment_stays_one_comment(words: str) -> None:
    text = comment(words).text
    tokens = tokenize.generate_tokens(io.StringIO(text + "\nx = 1\n").readline)
    kinds = [token.type for token in tokens if token.type == tokenize.COMMENT]
    assert len(kinds) == 1 and len(text.splitlines()) == 1
    (statement,) = ast.parse(text + "\nx = 1\n").body
    assert isinstance(statement, ast.Assign)


@every_string
def test_what_is_visible_is_on_one_line_and_can_be_printed(words: str) -> None:
    shown = visible(words)
    assert len(shown.splitlines()) == 1 and shown.isprintable()
    assert visible(shown) == shown
