"""From text to the terms a search compares: lower case, split at camel case, without endings."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_PROSE = re.compile(r"[A-Z]['a-z ].*[.!]", re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+(?=[A-Z'\"(])|\n\s*\n")

_STOP_WORD = re.compile(
    "a|an|and|are|as|at|be|by|can|do|does|for|from|get|have|how|i|if|in|into|is|it|its|me|my|of|on|"
    "or|python|so|some|that|the|them|there|this|to|use|used|using|want|what|when|where|which|with"
)


def terms_of(text: str) -> list[str]:
    """The terms of a text, in order and with repeats.

    >>> terms_of("How do I read CSV files with DictReader?")
    ['read', 'csv', 'fil', 'dict', 'read']
    """
    words = (word.lower() for word in _WORD.findall(text))
    return [stem(word) for word in words if not _STOP_WORD.fullmatch(word)]


def stem(word: str) -> str:
    """The word without its ending, so that `copies` finds `copy` and `reader` finds `reading`.

    >>> [stem(word) for word in ("copy", "copies", "running", "run", "writer", "write", "class")]
    ['copi', 'copi', 'run', 'run', 'writ', 'writ', 'class']
    """
    for ending in ("ing", "ers", "ed", "er", "es", "s", "e"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and not word.endswith("ss"):
            word = rest
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def sentences_of(text: str) -> list[str]:
    """The sentences of a docstring, each on one line.

    >>> sentences_of("Copy a tree.  The copy is\\n    deep. Return it.\\n\\nMore")
    ['Copy a tree.', 'The copy is deep.', 'Return it.', 'More']
    """
    parts = (" ".join(part.split()) for part in _SENTENCE_END.split(text))
    return [part for part in parts if part]


def is_prose(sentence: str) -> bool:
    """Whether this reads like a sentence, not like code, a table or a heading.

    >>> is_prose("Return the list, sorted."), is_prose(">>> sorted(x)"), is_prose("XXX Fix this.")
    (True, False, False)
    """
    return _PROSE.fullmatch(sentence) is not None
