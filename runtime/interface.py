"""What the entry function of a generated module takes."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Inputs:
    """What the entry function of a generated module takes, by how it can be supplied (G85).

    ``required`` and ``optional`` are input names; ``loops`` holds, per loop that can be entered in
    several ways, the names each entry node needs; ``answers`` are the keys that answer interrupts,
    ``together`` those of each interrupt that asks for several.
    ``parameters`` gives the entry's parameter where an input could not keep its name, and ``bound``
    the values that the graph has bound.

    >>> Inputs(required=("query",), optional=("top_k",), loops=({"reply": ("history",)},)).all
    ('query', 'top_k', 'history')
    """

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    loops: tuple[dict[str, tuple[str, ...]], ...] = ()
    answers: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    parameters: Mapping[str, str] = {}
    bound: Mapping[str, Any] = {}

    def __init__(self, **facts: Any) -> None:
        vars(self).update(facts)
        self.entrypoints = {node: names for loop in self.loops for node, names in loop.items()}
        seeds = [name for names in self.entrypoints.values() for name in names]
        self.all = tuple(dict.fromkeys((*self.required, *self.optional, *seeds)))
        self.names = tuple(dict.fromkeys((*self.all, *self.answers)))
