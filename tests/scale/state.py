"""A node whose module keeps count: code that cannot be taken out of it."""

from __future__ import annotations

from hypergraph import node

seen = 0


@node(output_name="at")
def counting(x: int) -> tuple[int, int]:
    """The input, and how many there have been."""
    global seen
    seen += 1
    return x, seen
