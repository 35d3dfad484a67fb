"""The annotations of the functions in a file, and the names that they need there."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hypergraph.compiler.emit.annotations import ANY, Origin, Typed, annotation
from hypergraph.compiler.emit.fragments import Code, Fragment, Identifier, code, join
from hypergraph.compiler.emit.naming import Names
from hypergraph.compiler.link.inline.inlining import Inlined
from hypergraph.compiler.link.types import Types
from hypergraph.compiler.plan import Output, Plan, Slot


@dataclass
class TypingNames:
    """What classes are called: as the file has them, or imported for type checkers only."""

    known: dict[Origin, str]
    taken: set[str]
    added: dict[Origin, str]

    def __call__(self, origin: Origin) -> Identifier:
        if origin not in self.known:
            name = origin[1]
            while name in self.taken:
                name = f"_{name}"
            self.known[origin] = self.added[origin] = name
            self.taken.add(name)
        return Identifier(self.known[origin])

    def lines(self) -> list[str]:
        """The imports that annotations need besides those that are there."""
        return sorted(
            f"from {module} import {name}" + ("" if name == called else f" as {called}")
            for (module, name), called in self.added.items()
        )


def typing_names(
    inlined: Inlined, wanted: Mapping[Origin, str], taken: Iterable[str]
) -> TypingNames:
    """The names that annotations may use, beginning with what the file has anyway."""
    known = dict(wanted)
    bound = {name for block in (*inlined.blocks, *inlined.typing_blocks) for name in block.names}
    for line in (*inlined.imports, *inlined.typing_imports):
        for statement in ast.parse(line).body:
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                for alias in statement.names:
                    called = alias.asname or alias.name
                    bound.add(called.partition(".")[0])
                    if isinstance(statement, ast.ImportFrom) and statement.module is not None:
                        known.setdefault((statement.module, alias.name), called)
    return TypingNames(known, {*bound, *taken}, {})


def typed(plan: Plan, names: Names, types: Types, named: Callable[[Origin], Identifier]) -> Typed:
    """The annotations of the function of a plan."""
    any_name = named(ANY)
    parameters = {one.name: _declared(types.inputs.get(one.name), named) for one in plan.inputs}
    results = [_result(one, types, named) for one in plan.outputs]
    loose = [names.slot(Slot(name)) for name in sorted(types.several) if _has(names, name)]
    return Typed(parameters, _returned(plan, results), tuple(loose), any_name)


def _has(names: Names, name: str) -> bool:
    return ("value", name) in names.local


def _result(one: Output, types: Types, named: Callable[[Origin], Identifier]) -> Code:
    text = _declared(types.outputs.get(one.name), named)
    unsure = one.maybe and text.text != named(ANY).text
    return code("{} | {}", text, named(ANY)) if unsure else text


def _declared(kind: Any, named: Callable[[Origin], Identifier]) -> Code:
    return code("{}", named(ANY)) if kind is None else annotation(kind, named)


def _returned(plan: Plan, results: list[Code]) -> Code:
    if plan.key and len(results) <= 1:
        return results[0] if results else Code("None")
    listed: list[Fragment] = list(results)
    return code("tuple[{}]", join(", ", listed) if listed else Code("()"))
