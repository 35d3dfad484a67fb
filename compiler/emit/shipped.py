"""The text of a program that travels to workers: the graph, all it calls, and what runs a chunk."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hypergraph.compiler.emit.checks import parsed, runtime_names_in
from hypergraph.compiler.emit.fragments import Code, Fragment, Identifier, code, join, literal
from hypergraph.compiler.emit.held import Held
from hypergraph.compiler.emit.layout import render
from hypergraph.compiler.emit.module import docstring_of
from hypergraph.compiler.emit.namespace import Key, Namespace, Request
from hypergraph.compiler.emit.naming import OTHER
from hypergraph.compiler.emit.sections import sections_of
from hypergraph.compiler.emit.standalone import FIXED, RUNTIME, Inline, links_of, typing_block
from hypergraph.compiler.link.inline.inlining import Inlined
from hypergraph.compiler.link.inline.live import Wanted
from hypergraph.compiler.link.inline.owned import of_runtime
from hypergraph.compiler.link.inline.round_trip import check_names
from hypergraph.compiler.link.standalone import Constant, Default
from hypergraph.runtime.exports import EXPORTS
from hypergraph.runtime.scale.shipment import imports_of

CHUNK = "_hg_chunk"
VALUES = (f"{RUNTIME}.errors", f"{RUNTIME}.sentinels")
MAKERS = {
    ("sync", False): Wanted(f"{RUNTIME}.scale.worker", "chunks_of"),
    ("async", False): Wanted(f"{RUNTIME}.scale.worker_async", "awaited_chunks_of"),
    ("sync", True): Wanted(f"{RUNTIME}.scale.worker_watched", "watched_chunks_of"),
    ("async", True): Wanted(f"{RUNTIME}.scale.worker_watched_async", "watched_awaited_chunks_of"),
}


@dataclass(frozen=True)
class Shipped:
    """A text that travels, and what it calls the classes and functions that it has from modules.

    ``limit`` is the parameter of its entry that bounds loops.
    """

    text: str
    limit: str | None
    homes: Mapping[tuple[str, str], str]
    imports: tuple[str, ...]
    requires: tuple[tuple[str, str], ...]


def shipped_text(
    held: Held,
    wanted: Mapping[Key, Wanted],
    values: Mapping[Key, Default | Constant],
    inline: Inline,
) -> Shipped:
    """The text for one plan; ``RuntimeError`` if it does not stand its checks.

    ``wanted`` and ``values`` are as for a file that stands alone. It is read by machines, and by
    people in tracebacks: nobody formats it.
    """
    plan, own = held.plan, held.own.module
    names = Namespace([Request(("part", "maker"), ("chunks_of", "_chunks_of"), OTHER)], own.texts())
    functions = held.texts()
    needed = {one: own[key].text for key, one in wanted.items()}
    for name in sorted(runtime_names_in(functions)):
        needed[Wanted(f"{RUNTIME}.{EXPORTS[name]}", name)] = name
    maker = names["part", "maker"]
    needed[MAKERS[plan.mode, plan.watched]] = maker.text
    inlined = inline(needed, own.texts() | FIXED | {CHUNK})
    homes = dict(_homes(inlined))
    text = render(
        "standalone.py.j2",
        header=[],
        docstring=docstring_of(plan),
        imports=[Code(line) for line in inlined.imports],
        typing=typing_block(_typing_lines(inlined)),
        parts=[
            part
            for section in sections_of(functions, inlined.blocks)
            for part in (section.title, *section.blocks)
        ],
        links=links_of(own, wanted, values, needed),
        program=_chunk_text(maker, held, homes),
        command=[],
    )
    tree = parsed(text, plan.name, "parse")
    check_names(text, plan.name)
    return Shipped(text, _limit(tree, held.entry.text), homes, imports_of(tree), inlined.requires)


def _limit(tree: ast.Module, entry: str) -> str | None:
    """The parameter of the entry that bounds loops: the only one that goes by keyword."""
    for one in tree.body:
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)) and one.name == entry:
            return one.args.kwonlyargs[0].arg if one.args.kwonlyargs else None
    return None


def _typing_lines(inlined: Inlined) -> list[str]:
    texts = [*inlined.typing_imports, *(block.text for block in inlined.typing_blocks)]
    return [line for text in texts for line in text.split("\n")]


def _chunk_text(maker: Identifier, held: Held, homes: Mapping[tuple[str, str], str]) -> Code:
    """The statement that makes what a worker calls."""
    pairs: list[Fragment] = [
        code("{}: {}", literal(home), Identifier(name)) for home, name in sorted(homes.items())
    ]
    known = code("{{\n    {}\n}}", join(",\n    ", pairs))
    given = (maker, held.entry, literal(held.variables), known)
    return code(CHUNK + " = {}({}, {}, {})", *given)


def _homes(inlined: Inlined) -> Iterator[tuple[tuple[str, str], str]]:
    """What pickles may name: functions, classes, and what is made by a call, such as a namedtuple.

    Of the runtime nothing is ever a value but its errors and what stands for the lack of a value.
    """
    for block in inlined.blocks:
        if of_runtime(block.module) and block.module not in VALUES:
            continue
        made = ast.parse(block.text).body[-1:]
        if any(map(_has_a_name, made)):
            for origin, name in zip(block.origins, block.names, strict=False):
                yield (block.module, origin), name


def _has_a_name(statement: ast.stmt) -> bool:
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        return isinstance(statement.value, ast.Call)
    return isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
