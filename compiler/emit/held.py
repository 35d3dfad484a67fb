"""The functions that one file holds for its graph: the plain one, and others of the same graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hypergraph.compiler.emit.annotations import Typed
from hypergraph.compiler.emit.checks import check_piece, runtime_names_in
from hypergraph.compiler.emit.fragments import Fragment, Identifier
from hypergraph.compiler.emit.functions import function_text
from hypergraph.compiler.emit.namespace import Namespace
from hypergraph.compiler.emit.naming import Names, Path, Variant, names_of
from hypergraph.compiler.plan import Plan

PLAIN, WATCHED, PARTIAL, PARTIAL_WATCHED = "", "watched", "partial", "partial_watched"
OVERLAPPING = frozenset({"beside", "mapped", "together"})


@dataclass(frozen=True)
class Held:
    """A plan that the file carries out, and what its functions are called.

    ``shared`` are the keys of nested functions that the file holds already for another plan.
    """

    plan: Plan
    names: Mapping[str, Names]
    shared: frozenset[str] = frozenset()

    @property
    def own(self) -> Names:
        """The names of the outermost function."""
        return self.names[self.plan.key]

    def overlaps(self) -> bool:
        """Whether calls of one run may be executing at once."""
        return not OVERLAPPING.isdisjoint(runtime_names_in(self.texts()))

    @property
    def entry(self) -> Identifier:
        """The outermost function."""
        return self.own.function(self.plan.key)

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of inputs that could not keep their names."""
        names = {one.name: self.own.slot(one.slots[0]).text for one in self.plan.inputs}
        return {name: text for name, text in names.items() if name != text}

    @property
    def variables(self) -> dict[str, str]:
        """The variables of outputs that could not keep their names."""
        names = {one.name: self.own.slot(one.slots[0]).text for one in self.plan.outputs}
        return {name: text for name, text in names.items() if name != text}

    def texts(self, typed: Mapping[str, Typed] | None = None) -> list[Fragment]:
        """The functions as text, innermost first; with the annotations given by their keys."""
        by_key = {one.key: one for one in self.plan.functions}
        written = [one for one in self.plan.functions if one.key not in self.shared]
        functions: list[Fragment] = []
        for one in (*written, self.plan):
            functions.append(
                function_text(one, by_key, dict(self.names), (typed or {}).get(one.key))
            )
            check_piece(functions[-1], one.name)
        return functions


def held_by(
    plans: Mapping[str, Plan], canonical: Mapping[Path, Path], linked: bool
) -> dict[str, Held]:
    """Name the functions of several plans so that they can stand in one file.

    ``plans`` has the plain one first, under ``""``, which is named as if it were alone; the names
    of the others end with their key. ``linked``: the module looks up what caches know nodes by.
    """
    held: dict[str, Held] = {}
    known: Namespace | None = None
    for word, plan in plans.items():
        there = _there_already(plan, list(held.values()))
        shared = {key: before.names[key].functions[key] for key, before in there.items()}
        names = names_of(plan, canonical, Variant(word, known, shared, linked))
        names.update({key: before.names[key] for key, before in there.items()})
        held[word] = Held(plan, names, frozenset(there))
        known = names[plan.key].module
    return held


def _there_already(plan: Plan, earlier: list[Held]) -> dict[str, Held]:
    """The nested functions that an earlier plan has as well, with all that they call."""
    found: dict[str, Held] = {}
    for one in plan.functions:
        called = {call.function for call in one.calls() if call.function is not None}
        for before in earlier:
            if one in before.plan.functions and all(found.get(key) is before for key in called):
                found.setdefault(one.key, before)
    return found
