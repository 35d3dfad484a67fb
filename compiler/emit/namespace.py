"""One allocator for every identifier of a generated module.

Invariants
1. One name per object, one object per name, within a scope and the scopes around it.
2. No keyword, builtin, name of the runtime or fixed name of the module is ever given out.
3. A name depends on what it names and on the objects that wish for the same name, never on the
   order in which objects are met: adding a node does not rename others.
4. Of two objects that wish for one name, the more visible keeps it (its ``rank`` is lower); the
   other moves to its next wish.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hypergraph.compiler.emit.fragments import Identifier
from hypergraph.compiler.emit.reserved import BUILTINS, MODULE_NAMES, RUNTIME_NAMES

Key = tuple[str, ...]


@dataclass(frozen=True)
class Request:
    """An object in need of a name: what identifies it, what it would like, how visible it is."""

    key: Key
    wishes: tuple[str, ...]
    rank: int


class Namespace:
    """The names of one scope; ``outer`` names stay free for what they already mean.

    What is ``known`` from another scope keeps the name that it has there.

    >>> names = Namespace([Request(("value", "class"), ("class",), 0)])
    >>> names[("value", "class")].text
    'class_'
    """

    def __init__(
        self,
        requests: Iterable[Request],
        outer: Iterable[str] = (),
        known: Namespace | None = None,
    ) -> None:
        kept: dict[Key, Identifier] = {} if known is None else known._names
        added = [request for request in requests if request.key not in kept]
        taken = frozenset(name.text for name in kept.values())
        self._names: dict[Key, Identifier] = {**kept, **allocate(added, taken.union(outer))}

    def __getitem__(self, key: Key) -> Identifier:
        return self._names[key]

    def __contains__(self, key: Key) -> bool:
        return key in self._names

    def texts(self) -> frozenset[str]:
        """Every name given out."""
        return frozenset(name.text for name in self._names.values())


def allocate(requests: Iterable[Request], taken: frozenset[str]) -> Mapping[Key, Identifier]:
    """A name for every request, by the invariants of this module."""
    ordered = sorted(dict.fromkeys(requests), key=_visibility)
    used = set(taken)
    names: dict[Key, Identifier] = {}
    for choice in range(max((len(one.wishes) for one in ordered), default=0)):
        for request in ordered:
            if request.key not in names and choice < len(request.wishes):
                wish = legal(request.wishes[choice])
                if wish not in used:
                    used.add(wish)
                    names[request.key] = Identifier(wish)
    for request in ordered:
        if request.key not in names:
            names[request.key] = Identifier(_numbered(legal(request.wishes[-1]), used))
    return names


def _visibility(request: Request) -> tuple[int, bool, Key]:
    """Visible things first; of equals, the one whose wish needs no change."""
    return request.rank, legal(request.wishes[0]) != request.wishes[0], request.key


def _numbered(wish: str, used: set[str]) -> str:
    number = 2
    while f"{wish}_{number}" in used:
        number += 1
    used.add(f"{wish}_{number}")
    return f"{wish}_{number}"


def legal(wish: str) -> str:
    """The identifier closest to ``wish`` that hides nothing.

    >>> [legal(wish) for wish in ("x", "input", "for", "9 lives", "")]
    ['x', 'input_', 'for_', '_9_lives', '_']
    """
    name = re.sub(r"\W", "_", unicodedata.normalize("NFKC", wish))
    name = unicodedata.normalize("NFKC", name)
    if not name.isidentifier():
        name = "_" + name
    if not name.isidentifier():
        name = "_" + re.sub(r"[^A-Za-z0-9_]", "_", name)
    while (
        keyword.iskeyword(name) or name in BUILTINS or name in RUNTIME_NAMES or name in MODULE_NAMES
    ):
        name += "_"
    return name
