"""How a generated module gets hold of an object of the user's: a module and lookups from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Lookup:
    """One lookup: an attribute, an item under a string, or the default a node has for an input."""

    kind: Literal["attribute", "item", "default"]
    name: str

    def __str__(self) -> str:
        forms = {"attribute": f".{self.name}", "item": f"[{self.name!r}]"}
        return forms.get(self.kind, f".get_default_for({self.name!r})")


@dataclass(frozen=True)
class Reached:
    """An object that can be found again from a module.

    >>> print(Reached("rag", (Lookup("attribute", "embed"), Lookup("attribute", "func"))))
    rag.embed.func
    """

    module: str
    lookups: tuple[Lookup, ...]

    def __str__(self) -> str:
        return self.module + "".join(map(str, self.lookups))

    def then(self, *lookups: Lookup) -> Reached:
        """What is reached by going on from here."""
        return Reached(self.module, self.lookups + lookups)


def attributes(*names: str) -> tuple[Lookup, ...]:
    """Lookups from attribute to attribute."""
    return tuple(Lookup("attribute", name) for name in names)
