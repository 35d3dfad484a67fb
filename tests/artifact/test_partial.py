"""Files compiled with ``--partial``: calls that give any subset of names, checked as in memory."""

from __future__ import annotations

import asyncio
import sys
import warnings
from itertools import combinations
from typing import Any

import pytest

from hypergraph import AsyncRunner, GraphConfigError, InMemoryCache, MissingInputError, SyncRunner
from hypergraph.runtime.program import Program
from tests.artifact.words import LONG, WORDS
from tests.artifact.workplace import RAG, Workplace
from tests.execution.watching import Memory

LOOPS = """
    from hypergraph import END, Graph, node, route

    @node(output_name="a")
    def up(b): return b + 1

    @node(output_name="b")
    def down(a, step=1): return a - 2 * step

    @route(targets=["up", END])
    def again(b): return "up" if b > 0 else END

    @node(output_name="told")
    def tell(a, class_): return f"{class_}: {a}"

    @node(output_name="other")
    def aside(extra): return -extra

    graph = Graph(
        [up, down, again, tell.with_inputs(class_="class"), aside], name="ring"
    ).select("told")
"""


def functions_of(text: str) -> str:
    """The module without its header, docstring, imports and program."""
    return text[text.index("\n\n\ndef ") : text.index("\n\n\nprogram = ")]


def test_every_name_may_be_missing_from_the_further_function(place: Workplace) -> None:
    text = place.compile(RAG, partial=True).text
    guarded = """
def rag_partial(text=ABSENT, query=ABSENT, top_k=2, answer=ABSENT, docs=ABSENT, embedding=ABSENT):
    # superstep 1
    if text is not ABSENT:
        embedding = embed(text)  # rag.py:4
    # superstep 2
    if embedding is not ABSENT:
        docs = retrieve(embedding, top_k)  # rag.py:7
    # superstep 3
    if docs is not ABSENT and query is not ABSENT:
        answer = generate(docs, query)  # rag.py:10
    return embedding, docs, answer
"""
    assert guarded in text
    assert functions_of(text).startswith(functions_of(place.compile(RAG).text) + "\n\n\n")


def test_a_call_of_the_own_shape_is_run_by_the_plain_function(place: Workplace) -> None:
    program = place.compile(RAG, partial=True).program()
    assert program.run(text="a bb", query="q")["answer"] == "q: [1, 2]"
    assert [shape.entry for shape in program.shapes.values()] == [program.entry]


def test_xe103_a_selection_narrows_what_a_file_requires(place: Workplace) -> None:
    program = place.compile(RAG, partial=True).program()
    assert program.run(text="a bb", select="docs").values == {"docs": [1, 2]}
    assert program.run(select=[]).values == {}
    with pytest.raises(MissingInputError, match="'text'"):
        program.run(query="q", select="answer")


def test_x28_a_value_in_place_of_a_node_saves_its_inputs(place: Workplace) -> None:
    program = place.compile(RAG, partial=True).program()
    result = program.run(embedding=[7, 3], query="q", on_internal_override="ignore")
    assert result.values == {"embedding": [7, 3], "docs": [3, 7], "answer": "q: [3, 7]"}
    with pytest.raises(ValueError, match="Cannot mix compute and inject"):
        program.run(text="a", embedding=[7], query="q")


def test_x17_calls_of_a_file_fail_as_those_of_its_graph_do(place: Workplace) -> None:
    """Every subset of all names, with the selections and policies that checks depend on."""
    program = place.compile(LOOPS, partial=True).program()
    graph = sys.modules["rag"].graph
    names = ("a", "b", "step", "class", "told", "extra", "typo")
    for size in range(len(names) + 1):
        for chosen in combinations(names, size):
            for options in OPTIONS:
                values = {name: 3 for name in chosen}
                assert outcome(program, values, options) == outcome(graph, values, options)


OPTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"select": "**", "on_internal_override": "ignore"},
    {"select": ["other"], "on_missing": "error"},
    {"entrypoint": "down", "on_internal_override": "ignore"},
    {"select": "other", "entrypoint": "down", "on_internal_override": "error"},
)


def outcome(subject: Any, values: dict[str, Any], options: dict[str, Any]) -> Any:
    """What a call gives and what it is warned about, or how it is refused."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            found: Any = dict(SyncRunner().run(subject, values, **options).values)
        except Exception as error:
            # Only the graph knows where it stands in somebody's source.
            lines = str(error).splitlines()
            found = type(error), [line for line in lines if " at " not in line]
    return found, [str(warning.message) for warning in caught]


def test_x22_a_file_gives_what_its_graph_does_not_select(place: Workplace) -> None:
    program = place.compile(LOOPS, partial=True).program()
    assert program.outputs == ("told",)
    result = program.run({"b": 1, "class": "c", "extra": 4}, select="**")
    assert result.values == {"a": 2, "b": 0, "told": "c: 2", "other": -4}
    with pytest.raises(GraphConfigError, match="Invalid select"):
        program.run({"b": 1, "class": "c"}, select="odd")


def test_events_and_a_cache_are_there_for_every_subset(place: Workplace) -> None:
    program = place.compile(WORDS, partial=True, events=True, cache=True).program()
    memory, runner = Memory(), SyncRunner(InMemoryCache())
    for _ in "12":
        runner.run(program, text=LONG, select="terms", event_processors=[memory])
    runner.run(
        program,
        terms=["a", "b"],
        on_internal_override="ignore",
        event_processors=[memory],
    )
    assert memory.story.count("CacheHit split") == 1
    assert memory.story[-7:] == [
        "RunStart words",
        "NodeStart count",
        "NodeEnd count",
        "NodeStart is_long",
        "RouteDecision is_long",
        "NodeEnd is_long",
        "RunEnd words completed",
    ]


def test_xe170_answers_are_names_like_others(place: Workplace) -> None:
    program = place.compile(WORDS, attribute="asking", partial=True).program()
    run = AsyncRunner().run
    paused = asyncio.run(run(program, text=LONG))
    assert paused.pause is not None and paused.pause.value == ["a", "b"]
    given = {"terms": ["x", "y", "z"], "verdict": "yes"}
    result = asyncio.run(run(program, given, on_internal_override="ignore"))
    assert (result["short"], result["verdict"]) == (["x", "y"], "yes")


def test_nested_functions_are_there_once(place: Workplace) -> None:
    text = place.compile(WORDS, attribute="several", partial=True).text
    assert text.count("def words(") == 1 and "words_partial" not in text
    assert text.count("def graph_partial(") == 1


def test_a_call_that_only_partial_files_take_names_the_option(place: Workplace) -> None:
    program: Program = place.compile(RAG).program()
    with pytest.raises(GraphConfigError, match="--partial"):
        program.run(embedding=[7], query="q")
