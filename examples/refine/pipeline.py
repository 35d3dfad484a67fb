"""Rewrite a text in plainer words until it is easy enough to read.

A loop under a gate: measure how easy the text reads (Flesch reading ease, 0 to 100), stop if that
is enough, otherwise make one edit and measure again. An edit replaces a wordy phrase or cuts the
longest sentence in two; a text that no edit changes any more ends the loop as well. An edit waits
for a judgement of the text before it, so the three take turns.
"""

from __future__ import annotations

import re

from hypergraph import END, Graph, node, route

PLAINER = {
    "a large number of": "many",
    "at this point in time": "now",
    "despite the fact that": "although",
    "due to the fact that": "because",
    "in accordance with": "under",
    "in order to": "to",
    "in the event that": "if",
    "is required to": "must",
    "prior to": "before",
    "with regard to": "about",
    "additional": "more",
    "approximately": "about",
    "assistance": "help",
    "commence": "start",
    "demonstrate": "show",
    "documentation": "papers",
    "individuals": "people",
    "methodology": "method",
    "modification": "change",
    "necessitate": "need",
    "subsequently": "later",
    "sufficient": "enough",
    "terminate": "end",
    "utilize": "use",
}
JOINTS = ("; ", ", and ", ", but ", ", so ")


@node(output_name="ease")
def measure(text: str) -> float:
    """Flesch reading ease: short sentences of short words score high."""
    words = re.findall(r"[A-Za-z']+", text)
    if not words:
        return 100.0
    words_per_sentence = len(words) / max(len(split_sentences(text)), 1)
    syllables_per_word = sum(map(count_syllables, words)) / len(words)
    return round(206.835 - 1.015 * words_per_sentence - 84.6 * syllables_per_word, 1)


@route(targets=["simplify", END], emit="judged")
def easy_enough(ease: float, target: float = 60.0) -> str | type[END]:
    """Whether another edit is needed."""
    return END if ease >= target else "simplify"


@node(output_name="text", wait_for="judged")
def simplify(text: str) -> str:
    """One edit: the wordiest phrase in plainer words, or else the longest sentence cut in two."""
    for wordy, plain in PLAINER.items():
        edited = replace_phrase(text, wordy, plain)
        if edited != text:
            return edited
    return cut_longest_sentence(text)


@node(output_name="report")
def report(text: str, ease: float) -> str:
    """What came out, in one line."""
    sentences = len(split_sentences(text))
    return f"{len(text.split())} words in {sentences} sentences, reading ease {ease}"


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, each with its full stop."""
    return [part for part in re.split(r"(?<=[.!?])\s+", text.strip()) if part]


def count_syllables(word: str) -> int:
    """Groups of vowels, without a silent final e: right often enough to compare two texts."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le")
    return max(groups - silent, 1)


def replace_phrase(text: str, wordy: str, plain: str) -> str:
    """The text with the plain phrase for every wordy one, with a capital where that had one."""
    return re.sub(
        rf"\b{wordy}\b",
        lambda found: plain.capitalize() if found[0][0].isupper() else plain,
        text,
        flags=re.IGNORECASE,
    )


def cut_longest_sentence(text: str) -> str:
    """The text with its longest divisible sentence cut at the first joint; unchanged if none is."""
    for sentence in sorted(split_sentences(text), key=len, reverse=True):
        for joint in JOINTS:
            head, found, tail = sentence.partition(joint)
            if found:
                return text.replace(sentence, f"{head}. {tail[:1].upper()}{tail[1:]}", 1)
    return text


graph = Graph([measure, easy_enough, simplify, report], name="refine")
