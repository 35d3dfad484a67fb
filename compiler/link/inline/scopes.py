"""Which names a statement at the top of a module reads and binds, by Python's scoping rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import libcst as cst

ScopeKind = Literal["module", "class", "function", "comprehension", "types"]
How = Literal["read", "call", "change", "rebind"]
# In no annotation, in that of a class attribute (which decorators read), or in any other.
Annotation = Literal["", "fields", "types"]
AnyString = cst.SimpleString | cst.ConcatenatedString
Import = cst.Import | cst.ImportFrom


class Scope:
    """The names of one function, class, comprehension or list of type parameters."""

    __slots__ = ("kind", "parent", "bound", "outward", "imported", "eager", "owner")

    def __init__(self, kind: ScopeKind, parent: Scope | None = None, owner: str = "") -> None:
        self.kind = kind
        self.parent = parent
        self.bound: set[str] = set()
        # Declared global or nonlocal here.
        self.outward: dict[str, Literal["global", "nonlocal"]] = {}
        # Bound by nothing but these imports.
        self.imported: dict[str, list[LocalImport]] = {}
        # Whether its code runs when the module does.
        self.eager: bool = kind != "function" and (parent is None or parent.eager)
        # The class around it, whose private names are mangled.
        self.owner: str = owner or (parent.owner if parent is not None else "")

    def local_names(self) -> set[str]:
        """All names that code in this scope may mean instead of the module's."""
        around = self.parent.local_names() if self.parent is not None else set()
        return around if self.kind == "module" else around | self.bound


class LocalImport(NamedTuple):
    """One name bound by an import inside a function."""

    statement: Import
    alias: cst.ImportAlias
    scope: Scope


class Use(NamedTuple):
    """One place where a statement means a name of its module, a builtin, or a local import.

    ``chain`` holds the attributes looked up from there, the innermost first.
    """

    node: cst.Name
    name: str
    scope: Scope
    chain: tuple[cst.Attribute, ...]
    how: How
    annotation: Annotation
    imports: tuple[LocalImport, ...] = ()

    @property
    def eager(self) -> bool:
        """Whether it happens while the module is imported; annotations are never evaluated."""
        return self.scope.eager and not self.annotation


@dataclass
class Reading:
    """What there is to know about the names in one statement.

    ``binds`` holds, for every name of the module that it binds, what does; ``quoted`` the
    strings that are annotations; ``evaluating`` the nodes of every ``eval`` and ``exec`` that is
    given no namespace; ``annotations_read`` every ``__annotations__`` of an object; ``within`` the
    quotes of the f-strings around a node; ``shown`` the ``{expression=}`` parts of f-strings.
    """

    uses: list[Use] = field(default_factory=list)
    binds: dict[str, list[cst.CSTNode | LocalImport]] = field(default_factory=dict)
    imports: list[LocalImport] = field(default_factory=list)
    quoted: list[tuple[AnyString, cst.BaseExpression]] = field(default_factory=list)
    annotations_read: list[cst.Attribute] = field(default_factory=list)
    within: dict[int, str] = field(default_factory=dict)
    evaluating: set[int] = field(default_factory=set)
    shown: list[cst.FormattedStringExpression] = field(default_factory=list)


def read_names(statement: cst.CSTNode) -> Reading:
    """The names in a statement that stands at the top of a module.

    >>> reading = read_names(cst.parse_statement("def f(x): return g(x) + [y for y in x][0]"))
    >>> [use.name for use in reading.uses], list(reading.binds)
    (['g'], ['f'])
    """
    from hypergraph.compiler.link.inline.reader import Reader

    reader = Reader()
    reader.read(statement)
    return reader.finished()


def looked_up(name: str, scope: Scope) -> Scope | None:
    """The scope that a name belongs to as seen from another; ``None`` for the module itself.

    Names of a class are never seen from inside it; its own statements have been dealt with.
    """
    here: Scope | None = scope
    while here is not None:
        if here is scope and here.outward.get(name) == "global":
            return None
        if here.kind not in ("class", "module"):
            if here.outward.get(name) == "global":
                return None
            if name in here.bound:
                return here
        here = here.parent
    return None


def nearest(scope: Scope, *kinds: ScopeKind) -> Scope:
    """The innermost scope of one of these kinds, from here outwards."""
    here: Any = scope
    while here.kind not in kinds:
        here = here.parent
    found: Scope = here
    return found
