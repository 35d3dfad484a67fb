"""Answer a question about Python from the documentation of its standard library.

The library's docstrings are cut into passages and indexed, the passages are ranked by how well
they fit the question (Okapi BM25), and the best of them are quoted, each with the name it is
documented under. Nothing is fetched and nothing is installed: the texts are those of the running
interpreter.
"""

from __future__ import annotations

from collections import Counter
from math import log
from textwrap import shorten
from typing import NamedTuple

from examples.docs_search.library import MODULES, Passage, passages_of
from examples.docs_search.words import is_prose, sentences_of, terms_of
from hypergraph import Graph, node

NAME_WEIGHT = 3
QUOTE_WIDTH = 300


class Index(NamedTuple):
    """Which passages hold a term, how often, and how long each passage is."""

    counts: dict[str, dict[int, int]]
    lengths: list[int]


@node(output_name="terms")
def read_question(question: str) -> list[str]:
    """The distinct terms of the question, in order."""
    return list(dict.fromkeys(terms_of(question)))


@node(output_name="passages")
def open_library(modules: tuple[str, ...] = ()) -> list[Passage]:
    """The passages of the named modules, or of all that this example knows."""
    return [passage for module in modules or MODULES for passage in passages_of(module)]


@node(output_name="index")
def index_passages(passages: list[Passage]) -> Index:
    """Count the terms of every passage; those of its name weigh more than those of its text."""
    counts: dict[str, dict[int, int]] = {}
    lengths = []
    for number, passage in enumerate(passages):
        found = Counter(terms_of(passage.name) * NAME_WEIGHT + terms_of(passage.text))
        lengths.append(found.total())
        for term, count in found.items():
            counts.setdefault(term, {})[number] = count
    return Index(counts, lengths)


@node(output_name="scores")
def score_passages(
    terms: list[str], index: Index, saturation: float = 1.2, length_weight: float = 0.75
) -> dict[int, float]:
    """Okapi BM25: rare terms count for more, repeats for less and less, long passages for less."""
    scores: dict[int, float] = {}
    total = len(index.lengths)
    mean_length = sum(index.lengths) / max(total, 1)
    for term in terms:
        holders = index.counts.get(term, {})
        rarity = log(1 + (total - len(holders) + 0.5) / (len(holders) + 0.5))
        for number, count in holders.items():
            stretch = 1 - length_weight + length_weight * index.lengths[number] / mean_length
            gain = rarity * count * (saturation + 1) / (count + saturation * stretch)
            scores[number] = scores.get(number, 0.0) + gain
    return scores


@node(output_name="best")
def pick_best(scores: dict[int, float], passages: list[Passage], top_k: int = 3) -> list[Passage]:
    """The passages with the highest scores; equals in the library's order, no text twice."""
    ranked = sorted(scores, key=lambda number: (-scores[number], number))
    by_text = {passages[number].text: passages[number] for number in reversed(ranked)}
    return [passage for passage in reversed(by_text.values())][:top_k]


@node(output_name="quotes")
def quote(best: list[Passage], terms: list[str]) -> list[str]:
    """The opening sentence of each passage and the one that has most to do with the question."""
    quotes = []
    for passage in best:
        first, *others = sentences_of(passage.text)
        shared = [
            (len(set(terms) & set(terms_of(sentence))), sentence)
            for sentence in others
            if is_prose(sentence)
        ]
        most, closest = max(shared, key=lambda pair: pair[0], default=(0, ""))
        quotes.append(shorten(f"{first} {closest}" if most else first, QUOTE_WIDTH))
    return quotes


@node(output_name="answer")
def compose(question: str, best: list[Passage], quotes: list[str]) -> list[str]:
    """The quotes, each behind the name its passage is documented under."""
    if not best:
        return [f"The standard library's documentation has nothing on {question!r}."]
    return [
        f"{passage.name}{passage.signature}: {text}"
        for passage, text in zip(best, quotes, strict=True)
    ]


graph = Graph(
    [read_question, open_library, index_passages, score_passages, pick_best, quote, compose],
    name="docs_search",
).select("answer")
