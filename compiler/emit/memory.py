"""The text of a program that is compiled in memory: just its functions."""

from __future__ import annotations

from collections.abc import Mapping

from hypergraph.compiler.emit.fragments import Code
from hypergraph.compiler.emit.functions import function_text
from hypergraph.compiler.emit.naming import Names, Path, names_of
from hypergraph.compiler.plan import Plan


def functions_of(plan: Plan, canonical: Mapping[Path, Path]) -> tuple[list[Code], dict[str, Names]]:
    """The functions of a program, innermost first, and the names they use."""
    names = names_of(plan, canonical)
    functions = {one.key: one for one in plan.functions}
    return [function_text(one, functions, names) for one in (*plan.functions, plan)], names
