"""A user's module with a node to cache, a gate, a map and an interrupt."""

from __future__ import annotations

import sys
from typing import Any

WORDS = """
    from hypergraph import END, Graph, ifelse, interrupt, node

    CALLS = []

    @node(output_name="terms", cache=True)
    def split(text):
        CALLS.append(text)
        return text.split()

    @node(output_name="size")
    def count(terms): return len(terms)

    @ifelse(when_true="shorten", when_false=END)
    def is_long(size): return size > 2

    @node(output_name="short")
    def shorten(terms): return terms[:2]

    @interrupt(output_name="verdict")
    def ask(short): return None

    graph = Graph([split, count, is_long, shorten], name="words")
    several = Graph([graph.as_node(name="each").map_over("text")])
    plain = Graph([count], name="plain")
    asking = Graph([split, count, is_long, shorten, ask], name="asking")
    # A value and a node that are called like what the compiler adds.
    names = Graph([
        split.with_outputs(terms="watch"),
        count.with_inputs(terms="watch").with_name("words_watched"),
    ], name="words")
"""

LONG = "a b c"


def compiled_graph(attribute: str) -> Any:
    """A graph of the module that was compiled last."""
    return getattr(sys.modules["rag"], attribute)


def calls_of() -> list[str]:
    """What the cached node was called with."""
    calls: list[str] = sys.modules["rag"].CALLS
    return calls
