"""Options: one place that says what can be asked of the compiler, and how it is written down."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import Any

import pytest

from hypergraph import compile_graph
from hypergraph.compiler.cli.compile import compile_command
from hypergraph.compiler.cli.options import options_of
from hypergraph.compiler.options import Options, option_fields
from hypergraph.compiler.rebuild import Rebuild, parsed_rebuild
from tests.artifact.workplace import RAG, Workplace


def asked_for() -> list[Options]:
    """For each option, one that differs from the default."""
    found = []
    for one in option_fields():
        choices: tuple[str, ...] = one.metadata["choices"]
        value: Any = ("alpha", "be-ta") if isinstance(one.default, tuple) else True
        given: dict[str, Any] = {one.name: choices[-1] if choices else value}
        found.append(replace(Options(), **given))
    return found


@pytest.mark.parametrize("options", asked_for(), ids=lambda one: one.described())
def test_the_command_line_takes_what_the_header_tells(options: Options) -> None:
    words = ["rag.py:graph", *options.words()]
    given = compile_command.make_context("compile", words).params
    assert (given.pop("target"), given.pop("output")) == ("rag.py:graph", None)
    assert options_of(given) == options and given == {}


@pytest.mark.parametrize("options", asked_for(), ids=lambda one: one.described())
@pytest.mark.parametrize("output", [None, "rag_program.py", "my folder/it's.py"])
def test_the_command_in_the_header_can_be_taken_apart(options: Options, output: str | None) -> None:
    made = Rebuild("a b.py:graph", options, output)
    assert parsed_rebuild(made.command) == made


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("", "does not compile anything"),
        ("hypergraph compile", "does not compile anything"),
        ("rm -rf rag.py:graph", "does not compile anything"),
        ("hypergraph compile rag.py:graph --turbo", "'--turbo' is not an option"),
        ("hypergraph compile rag.py:graph --mode", "'--mode' needs a value"),
        ("hypergraph compile 'rag.py:graph", "No closing quotation"),
    ],
)
def test_a_command_that_was_not_written_so_is_told(command: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parsed_rebuild(command)


def test_every_option_has_a_keyword_and_a_help() -> None:
    keywords = set(inspect.signature(compile_graph).parameters) - {"graph", "output"}
    assert keywords == {one.name for one in option_fields()}
    assert all(one.metadata["help"].endswith(".") for one in option_fields())


def test_defaults_are_not_told() -> None:
    assert (Options().words(), Options().described()) == ([], "")


def test_an_artifact_knows_the_mode_that_the_graph_chose(place: Workplace) -> None:
    assert place.compile(RAG).options == Options(mode="sync")
