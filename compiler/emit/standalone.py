"""A whole module that stands alone: header, docstring, the graph, all it calls, the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from hypergraph.compiler.emit.annotations import Origin, Typed, origins_in
from hypergraph.compiler.emit.checks import runtime_names_in
from hypergraph.compiler.emit.fragments import Code, Fragment, Identifier, code, literal
from hypergraph.compiler.emit.header import Header, header_lines
from hypergraph.compiler.emit.held import PLAIN, Held
from hypergraph.compiler.emit.interface import Interface, program_text
from hypergraph.compiler.emit.layout import render
from hypergraph.compiler.emit.module import docstring_of, places_by_name
from hypergraph.compiler.emit.namespace import Key, Namespace, Request
from hypergraph.compiler.emit.naming import OTHER, Path
from hypergraph.compiler.emit.pieces import finished, with_places_in
from hypergraph.compiler.emit.sections import sections_of
from hypergraph.compiler.emit.typed import TypingNames, typed, typing_names
from hypergraph.compiler.link.inline.inlining import Inlined
from hypergraph.compiler.link.inline.live import Wanted
from hypergraph.compiler.link.standalone import Constant, Default
from hypergraph.compiler.link.types import UNKNOWN, Types
from hypergraph.runtime.exports import EXPORTS
from hypergraph.runtime.verify import sealed

RUNTIME = "hypergraph.runtime"
FIXED = frozenset({"program", "annotations", "TYPE_CHECKING"})

COMMAND = (Code('if __name__ == "__main__":'), Code("    raise SystemExit(program.main())"))

Inline = Callable[[Mapping[Wanted, str], frozenset[str]], Inlined]


@dataclass(frozen=True)
class Alone:
    """What a module that stands alone is made of.

    ``wanted`` tells where the objects behind its names are defined, ``values`` how those are made
    that have no definition; ``inline``
    takes them out of their modules, which are those that the file ``defines``. ``types`` are those
    of the functions, by their keys. Without ``command`` it has no command line.
    """

    held: Mapping[str, Held]
    interface: Interface
    header: Header
    places: Mapping[Path, str]
    wanted: Mapping[Key, Wanted]
    values: Mapping[Key, Default | Constant]
    types: Mapping[str, Types]
    defines: Callable[[str], bool]
    inline: Inline
    command: bool = True


def standalone_text(alone: Alone) -> str:
    """The file; ``RuntimeError`` if it does not stand its checks, which would be our mistake."""
    plan, own = alone.held[PLAIN].plan, list(alone.held.values())[-1].own.module
    parts = _parts(alone)
    names = Namespace(
        [
            Request(("part", one), (home.qualname, f"_{home.qualname}"), OTHER)
            for one, home in parts.items()
        ],
        own.texts(),
    )
    extra: list[Fragment] = [code(f"{one}={{}}", names["part", one]) for one in parts]
    program = program_text(alone.interface, Namespace([]), extra)
    functions = [text for one in alone.held.values() for text in one.texts()]
    wanted = {one: own[key].text for key, one in alone.wanted.items()}
    for name in sorted(runtime_names_in([*functions, program])):
        wanted[_runtime_home(name, plan.mode)] = name
    for part, home in parts.items():
        wanted[home] = names["part", part].text
    classes = _classes(alone, own, wanted)
    inlined = alone.inline(wanted, own.texts() | FIXED)
    named = typing_names(inlined, classes, {*own.texts(), *FIXED, *_locals(alone)})
    functions = [
        text for one in alone.held.values() for text in one.texts(_typed(alone, one, named))
    ]
    layout = partial(
        render,
        "standalone.py.j2",
        header=header_lines(replace(alone.header, requires=_requires(inlined))),
        docstring=docstring_of(plan),
        imports=[Code(line) for line in inlined.imports],
        typing=typing_block(_typing_lines(inlined, named)),
        links=links_of(own, alone.wanted, alone.values, wanted),
        program=program,
        command=COMMAND if alone.command else [],
    )
    sections = sections_of(functions, inlined.blocks)
    text = finished(layout, sections, plan.name)
    entries = {
        one.names[each.key].function(each.key).text
        for one in alone.held.values()
        for each in (*one.plan.functions, one.plan)
    }
    places = places_by_name(alone.held, alone.places)
    return sealed(with_places_in(text, plan.name, entries, places))


def _parts(alone: Alone) -> dict[str, Wanted]:
    """Parts of the program that only some need, by the name of the fact that holds them."""
    found: dict[str, Wanted] = {}
    if alone.interface.answers:
        found["check_answers"] = Wanted(f"{RUNTIME}.checks", "check_answers")
    if alone.interface.loops:
        found["check_entries"] = Wanted(f"{RUNTIME}.checks", "check_entries")
    if alone.command:
        name = "main_asking" if alone.interface.answers else "main"
        found["command"] = Wanted(f"{RUNTIME}.{name}", name)
    return found


def _runtime_home(name: str, mode: str) -> Wanted:
    if name == "Program":
        file = "program" if mode == "sync" else "asynchronous"
        return Wanted(f"{RUNTIME}.standalone.{file}", "Program")
    return Wanted(f"{RUNTIME}.{EXPORTS[name]}", name)


def _requires(inlined: Inlined) -> str:
    return ", ".join(["Python 3.10 or later", *(f"{name} {v}" for name, v in inlined.requires)])


def _classes(alone: Alone, own: Namespace, wanted: dict[Wanted, str]) -> dict[Origin, str]:
    """What the classes in annotations are called that the file defines; they become wanted."""
    kinds = [kind for types in alone.types.values() for kind in types.all() if kind is not None]
    origins = sorted({origin for kind in kinds for origin in origins_in(kind)})
    defined = [one for one in origins if alone.defines(one[0])]
    requests = [Request(_class_key(one), (one[1], f"{one[1]}_class"), OTHER) for one in defined]
    names = Namespace(requests, {*own.texts(), *wanted.values()})
    found: dict[Origin, str] = {}
    for one in defined:
        found[one] = wanted.setdefault(Wanted(*one), names[_class_key(one)].text)
    return found


def _class_key(origin: Origin) -> Key:
    return ("class", *origin)


def _typed(alone: Alone, held: Held, named: TypingNames) -> dict[str, Typed]:
    return {
        one.key: typed(one, held.names[one.key], alone.types.get(one.key, UNKNOWN), named)
        for one in (*held.plan.functions, held.plan)
    }


def _locals(alone: Alone) -> set[str]:
    """All variables of the graph's functions; annotations must not mean one of them."""
    every = (names for one in alone.held.values() for names in one.names.values())
    return {text for names in every for text in names.local.texts()}


def _typing_lines(inlined: Inlined, named: TypingNames) -> list[str]:
    imports = sorted({*inlined.typing_imports, *named.lines()})
    texts = [*imports, *(block.text for block in inlined.typing_blocks)]
    return [line for text in texts for line in text.split("\n")]


def typing_block(lines: list[str]) -> list[Code]:
    """What only type checkers read, if there is anything."""
    if not lines:
        return []
    head = [Code("TYPE_CHECKING = False"), Code("if TYPE_CHECKING:")]
    return [*head, *(Code(f"    {line}" if line else "") for line in lines)]


def links_of(
    own: Namespace,
    wanted: Mapping[Key, Wanted],
    values: Mapping[Key, Default | Constant],
    called: Mapping[Wanted, str],
) -> list[Code]:
    """Further names of one definition, and the defaults that functions hold."""
    lines = [
        code("{} = {}", own[key], Identifier(called[one]))
        for key, one in wanted.items()
        if called[one] != own[key].text
    ]
    made: dict[int, Identifier] = {}  # one object stays one, whoever is given it
    for key, one in values.items():
        if isinstance(one, Constant):
            known = made.setdefault(id(one.value), own[key])
            value = literal(one.value) if known is own[key] else known
            lines.append(code("{} = {}", own[key], value))
            continue
        lists = "__defaults__" if isinstance(one.place, int) else "__kwdefaults__"
        held = code("({}.{} or {{}})", own[one.function], Identifier(lists))
        lines.append(code("{} = {}[{}]", own[key], held, literal(one.place)))
    return lines
