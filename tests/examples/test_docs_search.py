"""The docs_search example finds what the standard library's documentation says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from examples.docs_search.library import MODULES, passages_of
from examples.docs_search.pipeline import compose, graph, open_library, quote, read_question
from examples.docs_search.words import is_prose, sentences_of, stem, terms_of
from hypergraph import SyncRunner

ROOT = Path(__file__).parents[2]

# The name that the best of three quotes must include, on every supported Python.
QUESTIONS = [
    ("how do I read a csv file?", "csv.reader"),
    ("run a command and capture its output", "subprocess.run"),
    ("copy a directory tree", "shutil.copytree"),
    ("create a temporary directory", "tempfile.TemporaryDirectory"),
    ("wrap a paragraph of text", "textwrap.wrap"),
    ("deep copy an object", "copy.deepcopy"),
    ("compute the median", "statistics.median"),
    ("escape html", "html.escape"),
    ("join two paths", "os.path.join"),
    ("read the text of a file", "pathlib.Path.read_text"),
]


@pytest.mark.parametrize(("question", "name"), QUESTIONS)
def test_a_question_is_answered_from_the_right_module(question: str, name: str) -> None:
    answer = SyncRunner().run(graph, question=question)["answer"]
    assert len(answer) == 3
    assert any(line.startswith((f"{name}(", f"{name}:")) for line in answer)


def test_top_k_limits_the_answer() -> None:
    assert len(SyncRunner().run(graph, question="sort a list", top_k=1)["answer"]) == 1


def test_modules_narrow_the_library() -> None:
    answer = SyncRunner().run(graph, question="copy a file", modules=("shutil",))["answer"]
    assert all(line.startswith("shutil") for line in answer)


def test_a_question_with_no_hits_says_so() -> None:
    answer = SyncRunner().run(graph, question="xyzzy plugh?")["answer"]
    assert answer == ["The standard library's documentation has nothing on 'xyzzy plugh?'."]


def test_the_answer_does_not_depend_on_the_hash_seed() -> None:
    script = (
        "from examples.docs_search.pipeline import graph\n"
        "from hypergraph import SyncRunner\n"
        "print(SyncRunner().run(graph, question='split a path into parts')['answer'])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1


def test_every_known_module_has_passages_and_none_shows_an_address() -> None:
    for module in MODULES:
        passages = list(passages_of(module))
        assert passages and all(passage.text for passage in passages)
        assert not any(" at 0x" in passage.signature for passage in passages)


def test_the_library_is_the_same_each_time_it_is_opened() -> None:
    assert open_library(("csv", "shutil")) == open_library(("csv", "shutil"))


def test_a_quote_is_the_opening_and_the_closest_sentence() -> None:
    shutil = {passage.name: passage for passage in passages_of("shutil")}
    (text,) = quote([shutil["shutil.copytree"]], read_question("copy symlinks of a tree"))
    opening, _, closest = text.partition(". ")
    assert opening.startswith("Recursively copy a directory tree")
    assert "link" in closest.lower()


def test_an_answer_names_where_each_passage_is_from() -> None:
    (passage,) = (one for one in passages_of("shlex") if one.name == "shlex.quote")
    assert compose("?", [passage], ["Text."]) == ["shlex.quote(s): Text."]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("CamelCase names", ["camel", "cas", "nam"]),
        ("HTTPServer", ["http", "serv"]),
        ("how do I do it", []),
        ("sha256", ["sha", "256"]),
    ],
)
def test_terms_of(text: str, terms: list[str]) -> None:
    assert terms_of(text) == terms


@pytest.mark.parametrize(
    "words", ["copy copies copying", "run running runs", "write writer writes"]
)
def test_words_of_one_family_share_a_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


def test_sentences_are_single_lines() -> None:
    assert sentences_of("One\n   line. Two.") == ["One line.", "Two."]
    assert [is_prose(one) for one in ("Two.", "x = 1")] == [True, False]
