"""A whole generated module: header, docstring, imports, functions, program."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from hypergraph.compiler.emit.checks import formatted, runtime_names_in
from hypergraph.compiler.emit.fragments import Code, code, visible
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
from hypergraph.compiler.link.reached import Reached
from hypergraph.compiler.plan import Plan
from hypergraph.compiler.plan_text import program_description

WIDTH = 100
METHODS = Code("run, map = program.run, program.map")


def module_text(
    held: Mapping[str, Held],
    links: Mapping[Key, Reached],
    facts: Facts,
    interface: Interface,
    header: Header,
) -> str:
    """The file that holds some functions, the plain one first.

    ``links`` leads to the user's objects, ``facts`` is about the modules they are in. Raises
    ``RuntimeError`` if the text does not stand its checks, which would be a mistake of ours.
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
        docstring=docstring_of(plan),
        imports=[runtime_import(used), *import_lines(modules, facts, aliases)],
        links=[code("{} = {}", own[key], reached_text(one, aliases)) for key, one in links.items()],
        functions=functions,
        program=program,
        methods=METHODS,
    )
    return formatted(text, plan.name)


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
