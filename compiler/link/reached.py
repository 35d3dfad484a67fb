"""How a generated module gets hold of an object of the user's: a module and steps from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Step:
    """One step: an attribute, an item under a string, or the default a node has for an input."""

    kind: Literal["attribute", "item", "default"]
    name: str

    def __str__(self) -> str:
        forms = {"attribute": f".{self.name}", "item": f"[{self.name!r}]"}
        return forms.get(self.kind, f".get_default_for({self.name!r})")


@dataclass(frozen=True)
class Reached:
    """An object that can be found again from a module.

    >>> print(Reached("rag", (Step("attribute", "embed"), Step("attribute", "func"))))
    rag.embed.func
    """

    module: str
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return self.module + "".join(map(str, self.steps))

    def then(self, *steps: Step) -> Reached:
        """What is reached by going on from here."""
        return Reached(self.module, self.steps + steps)


def attributes(*names: str) -> tuple[Step, ...]:
    """Steps from attribute to attribute."""
    return tuple(Step("attribute", name) for name in names)
