"""Generated text is made of three distinct types: identifiers, literals and code.

A plain string of the user's can become none of them by accident. Identifiers come from a namespace,
literals from the literal renderer, and code is composed of fragments by templates that stand in
this package; anything else is refused with ``TypeError``.
"""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hypergraph.compiler.literals import is_shown, literal_text


@dataclass(frozen=True)
class Identifier:
    """A name that Python accepts, in the form in which Python compares names."""

    text: str

    def __post_init__(self) -> None:
        plain = unicodedata.normalize("NFKC", self.text) == self.text
        if not (plain and self.text.isidentifier()) or keyword.iskeyword(self.text):
            raise ValueError(f"not an identifier: {self.text!a}")


@dataclass(frozen=True)
class Literal:
    """The text of a value; made by ``literal`` only."""

    text: str


@dataclass(frozen=True)
class Code:
    """Text composed of other fragments; made by ``code``, ``join`` and ``comment`` only."""

    text: str


Fragment = Identifier | Literal | Code


def literal(value: Any) -> Literal:
    """The literal of a value of a whitelisted exact type; ``TypeError`` for any other.

    >>> literal(["a", 1]).text
    "['a', 1]"
    """
    text = literal_text(value)
    if text is None:
        raise TypeError(f"no literal for a value of type {type(value).__name__}")
    return Literal(text)


def code(template: str, *parts: Fragment) -> Code:
    """Fill the ``{}`` of a template of ours with fragments.

    >>> code("{} = {}", Identifier("x"), literal(1)).text
    'x = 1'
    """
    return Code(template.format(*map(text_of, parts)))


def join(separator: str, parts: Iterable[Fragment]) -> Code:
    """The fragments with a separator of ours between them."""
    return Code(separator.join(map(text_of, parts)))


def comment(words: str) -> Code:
    """A comment; whatever could end the line or hide in it is written as an escape.

    >>> comment("loop: a\\nimport os").text
    '# loop: a\\\\nimport os'
    """
    return Code("# " + visible(words))


def visible(words: str) -> str:
    """``words`` on one line, every character of it printable."""
    return "".join(char if is_shown(char) else ascii(char)[1:-1] for char in words)


def text_of(fragment: Any) -> str:
    """The text of a fragment; ``TypeError`` for anything else, plain strings included.

    >>> text_of("import os")
    Traceback (most recent call last):
    ...
    TypeError: only fragments become code, not str
    """
    if not isinstance(fragment, (Identifier, Literal, Code)):
        raise TypeError(f"only fragments become code, not {type(fragment).__name__}")
    return fragment.text
