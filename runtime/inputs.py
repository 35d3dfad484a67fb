"""What a graph, or a program compiled from one, needs to be given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class InputSpec:
    """The inputs of a graph, by how they can be supplied (G85).

    ``required`` must be supplied, ``optional`` have a default or a binding, ``entrypoints`` tells
    for each node at which a loop may be entered the names needed to start there, and ``bound``
    holds the values bound to names.

    >>> spec = InputSpec(("query",), ("top_k",), {"reply": ("history",)}, {"top_k": 3})
    >>> spec.all
    ('query', 'top_k', 'history')
    """

    required: tuple[str, ...]
    optional: tuple[str, ...]
    entrypoints: dict[str, tuple[str, ...]]
    bound: dict[str, Any]

    # A generated hash would fail on the dicts, and with an unhelpful message.
    __hash__ = None  # type: ignore[assignment]

    @property
    def all(self) -> tuple[str, ...]:
        """Required, optional and entry names, each once."""
        entries = (name for names in self.entrypoints.values() for name in names)
        return tuple(dict.fromkeys((*self.required, *self.optional, *entries)))
