"""The refine example edits a text until it reads easily, or until no edit is left."""

from __future__ import annotations

import pytest

from examples.refine.pipeline import (
    count_syllables,
    cut_longest_sentence,
    easy_enough,
    graph,
    measure,
    simplify,
)
from hypergraph import END, InfiniteLoopError, SyncRunner

NOTICE = (
    "In order to commence the modification, individuals must utilize sufficient documentation; "
    "a large number of applications terminate prior to the deadline."
)


def test_the_text_is_edited_until_it_is_easy_enough() -> None:
    result = SyncRunner().run(graph, text=NOTICE)
    assert result["ease"] >= 60.0 > measure(NOTICE)
    assert result["text"].startswith("To start the change, people must use")
    assert result["report"].endswith(f"reading ease {result['ease']}")


def test_a_text_that_is_easy_already_is_left_alone() -> None:
    assert SyncRunner().run(graph, text="We go home.")["text"] == "We go home."


def test_the_loop_ends_when_no_edit_is_left() -> None:
    result = SyncRunner().run(graph, text="Incomprehensibilities.")
    assert (result.completed, result["text"]) == (True, "Incomprehensibilities.")


def test_a_higher_target_asks_for_more_edits() -> None:
    low = SyncRunner().run(graph, text=NOTICE, target=10.0)["text"]
    high = SyncRunner().run(graph, text=NOTICE, target=80.0)["text"]
    assert measure(low) < measure(high)


def test_the_loop_has_a_limit() -> None:
    with pytest.raises(InfiniteLoopError, match="2"):
        SyncRunner().run(graph, text=NOTICE, max_iterations=2)


def test_the_gate_compares_with_the_target() -> None:
    assert easy_enough(59.9) == "simplify"
    assert easy_enough(60.0) is END


def test_one_edit_replaces_one_phrase_and_keeps_its_capital() -> None:
    assert simplify("Prior to lunch.") == "Before lunch."
    assert simplify("We utilize it prior to lunch.") == "We utilize it before lunch."


def test_a_long_sentence_is_cut_at_a_joint() -> None:
    assert cut_longest_sentence("Short. It rained, but we went.") == "Short. It rained. We went."
    assert cut_longest_sentence("Nothing to cut.") == "Nothing to cut."


@pytest.mark.parametrize(("word", "count"), [("tree", 1), ("table", 2), ("make", 1), ("rhythm", 1)])
def test_syllables(word: str, count: int) -> None:
    assert count_syllables(word) == count


def test_an_empty_text_is_as_easy_as_can_be() -> None:
    assert measure("") == 100.0
