"""Files with events or a cache in them: what is added, what is told, and what is left alone."""

from __future__ import annotations

import pytest

from hypergraph import GraphConfigError, InMemoryCache, SyncRunner
from hypergraph.runtime.program import Program
from tests.artifact.words import LONG, WORDS, calls_of, compiled_graph
from tests.artifact.workplace import Workplace
from tests.execution.watching import Memory


def functions_of(text: str) -> str:
    """The module without its header, docstring, imports and program."""
    return text[text.index("\n\n\n") : text.index("\n\n\nprogram = ")]


def test_x133_the_plain_functions_are_the_same_whatever_else_is_held(place: Workplace) -> None:
    for attribute in ("graph", "several", "names"):
        plain = functions_of(place.compile(WORDS, attribute=attribute).text)
        for events, cache in ((True, False), (False, True), (True, True)):
            text = place.compile(WORDS, attribute=attribute, events=events, cache=cache).text
            assert functions_of(text).startswith(plain + "\n\n\n")


def test_x133_a_file_without_the_options_holds_no_trace_of_them(place: Workplace) -> None:
    text = place.compile(WORDS).text
    assert "watch" not in text and "definition" not in text
    assert 'cacheable=("split",),' in text


def test_x118_an_option_that_has_no_use_adds_nothing(place: Workplace) -> None:
    artifact = place.compile(WORDS, attribute="plain", cache=True)
    assert "watch" not in artifact.text
    result = SyncRunner(InMemoryCache()).run(artifact.program(), terms=["a"])
    assert result["size"] == 1


def test_x130_a_file_with_events_tells_what_the_graph_tells(place: Workplace) -> None:
    program = place.compile(WORDS, attribute="several", events=True).program()
    stories = []
    for subject in (program, compiled_graph("several")):
        memory = Memory()
        SyncRunner().run(subject, text=[LONG, "a"], event_processors=[memory])
        stories.append(memory.story)
        assert memory.events[0].graph_name is None
    assert stories[0] == stories[1]
    assert stories[0].count("RouteDecision is_long") == 2


def test_xe175_a_file_with_a_cache_saves_calls(place: Workplace) -> None:
    program = place.compile(WORDS, cache=True).program()
    calls, runner = calls_of(), SyncRunner(InMemoryCache())
    assert runner.run(program, text=LONG)["short"] == ["a", "b"]
    assert runner.run(program, text=LONG)["short"] == ["a", "b"]
    assert calls == [LONG]
    # The graph and its file know a call by the same key (X119).
    runner.run(compiled_graph("graph"), text=LONG)
    assert calls == [LONG]


def test_xe195_events_and_a_cache_together(place: Workplace) -> None:
    program = place.compile(WORDS, events=True, cache=True).program()
    memory, cache = Memory(), InMemoryCache()
    results = [SyncRunner(cache).run(program, text=LONG, event_processors=[memory]) for _ in "12"]
    assert results[0].values == results[1].values
    assert memory.story.count("CacheHit split") == 1
    assert calls_of() == [LONG]
    # One function has both in it, and either is there without the other.
    assert SyncRunner(cache).run(program, text=LONG).completed
    told = Memory()
    SyncRunner().run(program, text=LONG, event_processors=[told])
    assert "CacheHit split" not in told.story and calls_of() == [LONG, LONG]


def test_x119_a_file_looks_up_what_its_functions_do_now(place: Workplace) -> None:
    """The functions are imported; entries of what they did when it was compiled are not theirs."""
    artifact = place.compile(WORDS, cache=True)
    assert "split_definition = _rag.split.definition_hash" in artifact.text
    artifact.write(place.folder / "words_program.py")
    cache = InMemoryCache()
    SyncRunner(cache).run(artifact.program(), text=LONG)
    place.write("rag.py", WORDS.replace("text.split()", "text.split()[::-1]"))
    done = place.run(
        "-c",
        "import words_program, rag; from hypergraph import SyncRunner\n"
        "class Known:\n"
        f"    def get(self, key): return key in {list(cache._entries)!r}, None\n"
        "    def set(self, key, value): print('new')\n"
        "print(SyncRunner(Known()).run(words_program.program, text='a b')['terms'])",
    )
    assert (done.stdout, done.stderr) == ("new\n['b', 'a']\n", "")


def test_names_of_the_graph_stay_what_they_are(place: Workplace) -> None:
    program = place.compile(WORDS, attribute="names", events=True, cache=True).program()
    memory = Memory()
    result = SyncRunner(InMemoryCache()).run(program, text=LONG, event_processors=[memory])
    assert result.values == {"watch": ["a", "b", "c"], "size": 3}
    assert "NodeEnd words_watched" in memory.story


@pytest.mark.parametrize(
    ("held", "runner", "told", "option"),
    [
        ("", SyncRunner(), True, "--events"),
        ("", SyncRunner(InMemoryCache()), False, "--cache"),
        ("events", SyncRunner(InMemoryCache()), True, "--cache --events"),
        ("cache", SyncRunner(InMemoryCache()), True, "--cache --events"),
    ],
)
def test_what_is_not_in_a_file_is_named_by_its_option(
    place: Workplace, held: str, runner: SyncRunner, told: bool, option: str
) -> None:
    program = place.compile(WORDS, events=held == "events", cache=held == "cache").program()
    memory = Memory()
    with pytest.raises(GraphConfigError) as caught:
        runner.run(program, text=LONG, event_processors=[memory] if told else None)
    assert option in str(caught.value) and "words" in str(caught.value)
    assert memory.events == [] and memory.shutdowns == 0 and calls_of() == []


def test_a_failure_in_a_watched_run_keeps_what_was_there(place: Workplace) -> None:
    program = place.compile(WORDS, events=True).program()
    memory = Memory()
    result = SyncRunner().run(
        program, text="a b", event_processors=[memory], error_handling="continue"
    )
    assert result.values == {"terms": ["a", "b"], "size": 2}
    failed = SyncRunner().run(
        program, text=None, event_processors=[memory], error_handling="continue"
    )
    assert failed.values == {} and isinstance(failed.error, AttributeError)


def test_what_a_program_says_of_itself(place: Workplace) -> None:
    program: Program = place.compile(WORDS, events=True).program()
    assert program.cacheable == ("split",)
    assert program.watched is not None and program.watched.features == ("events",)
