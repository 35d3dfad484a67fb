"""A whole generated module: header, docstring, imports, functions, program."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from hypergraph.compiler.emit.checks import WIDTH, formatted, runtime_names_in
from hypergraph.compiler.emit.fragments import Code, code, literal, visible
from hypergraph.compiler.emit.header import Header, header_lines
from hypergraph.compiler.emit.held import PLAIN, Held
from hypergraph.compiler.emit.imports import (
    Facts,
    aliases_of,
    import_lines,
    reached_text,
    runtime_import,
)
from hypergraph.compiler.emit.interface import Interface, program_text
from hypergraph.compiler.emit.layout import render
from hypergraph.compiler.emit.namespace import Key
from hypergraph.compiler.emit.naming import Path
from hypergraph.compiler.link.reached import Reached
from hypergraph.compiler.plan import Plan
from hypergraph.compiler.plan_text import program_description
from hypergraph.runtime import EPOCH
from hypergraph.runtime.verify import sealed

METHODS = Code("run, map = program.run, program.map")


def module_text(
    held: Mapping[str, Held],
    links: Mapping[Key, Reached],
    facts: Facts,
    interface: Interface,
    header: Header,
    places: Mapping[Path, str],
) -> str:
    """The file that holds some functions, the plain one first.

    ``links`` leads to the user's objects, ``facts`` is about the modules they are in, ``places``
    says where functions were written. Raises ``RuntimeError`` if the text does not stand its
    checks, which would be a mistake of ours.
    """
    functions = [text for one in held.values() for text in one.texts()]
    bound = [one for one in interface.bound.values() if isinstance(one, Reached)]
    modules = {one.module for one in (*links.values(), *bound)}
    every_name = [names for one in held.values() for names in one.names.values()]
    aliases = aliases_of(modules, every_name)
    program = program_text(interface, aliases)
    plan, own = held[PLAIN].plan, list(held.values())[-1].own.module
    used = runtime_names_in([*functions, program])
    text = render(
        "module.py.j2",
        header=header_lines(header),
        preflight=code("preflight(__name__, runtime={})", literal(EPOCH)),
        docstring=docstring_of(plan),
        imports=[runtime_import(used), *import_lines(modules, facts, aliases)],
        links=[code("{} = {}", own[key], reached_text(one, aliases)) for key, one in links.items()],
        functions=functions,
        program=program,
        methods=METHODS,
    )
    return sealed(formatted(text, plan.name, places_by_name(held, places)))


def places_by_name(held: Mapping[str, Held], places: Mapping[Path, str]) -> dict[str, str]:
    """Where functions were written, by what they are called in the module."""
    found: dict[str, str] = {}
    for one in held.values():
        for call in (call for plan in (*one.plan.functions, one.plan) for call in plan.calls()):
            name = one.own.function(call.function) if call.function else one.own.node(call)
            if call.path in places:
                found.setdefault(name.text, places[call.path])
    return found


def docstring_of(plan: Plan) -> Code:
    """What the program computes and in which order; then the same for each nested graph."""
    text = "\n".join(map(_docstring_lines, program_description(plan).split("\n")))
    # Quotes in a line of their own, as black has them, unless there is just one line.
    return Code(f'"""{text}\n"""' if "\n" in text else f'"""{text}"""')


def _docstring_lines(line: str) -> str:
    """A line, or several for a long one, that means itself between three quotes."""
    indent = " " * (line.find("  ") + 2 if line.startswith("superstep") else 4)
    wrapped = textwrap.wrap(
        visible(line.strip()),
        WIDTH,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    escaped = "\n".join(map(str.rstrip, wrapped)).replace("\\", "\\\\").replace('"""', '""\\"')
    return "\\" + escaped if escaped.startswith('"') else escaped
