"""What a name in the user's source can stand for."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypergraph.compiler.diagnostics.together import Finding
from hypergraph.compiler.link.inline.sources import Statement


@dataclass(frozen=True)
class Unit:
    """Statements that define names together and are inlined together.

    It is more than one statement for an overloaded function. ``name`` identifies it in its module.
    """

    module: str
    name: str
    statements: tuple[Statement, ...]

    @property
    def typing(self) -> bool:
        """Whether only type checkers see it."""
        return any(one.typing for one in self.statements)

    @property
    def is_effect(self) -> bool:
        """Whether it is there for what it does, and not for the names that it binds."""
        return self.name.startswith(_EFFECT)

    @property
    def binder(self) -> Unit:
        """The unit that stands for the names which this one binds.

        Names that only effects bind, as the variable of a loop, are one thing in all of them.
        """
        return Unit(self.module, "variables of effects", ()) if self.is_effect else self


def effect(statement: Statement) -> Unit:
    """The unit of a statement that is there for what it does."""
    return Unit(statement.module, f"{_EFFECT} {statement.position}", (statement,))


_EFFECT = "effect"


@dataclass(frozen=True)
class Defined:
    """A name that a statement of an inlined module defines.

    ``held`` tells that it is the function of the node that the user's name stands for.
    """

    unit: Unit
    name: str
    held: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Imported:
    """Something that stays imported: a module, or a name of one.

    ``local`` is what the user calls it; ``root`` tells that a dotted import binds just its first
    part, as in ``import os.path``.
    """

    module: str
    name: str | None
    local: str
    root: bool = False
    typing: bool = False


@dataclass(frozen=True)
class OwnModule:
    """A module that is inlined, so that only its names remain."""

    module: str


@dataclass(frozen=True)
class Builtin:
    """A name of Python's."""

    name: str


@dataclass(frozen=True)
class Attribute:
    """What every module has: ``__name__``, ``__file__`` and the like."""

    name: str


@dataclass(frozen=True, eq=False)
class Refused:
    """Something that cannot be inlined, and why."""

    finding: Finding


Meaning = Defined | Imported | OwnModule | Builtin | Attribute | Refused
