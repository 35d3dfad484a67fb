"""``program = Program(...)``: what a generated module says about its entry function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hypergraph.compiler.emit.fragments import Code, Fragment, Identifier, code, join, literal
from hypergraph.compiler.emit.imports import reached_text
from hypergraph.compiler.emit.namespace import Namespace
from hypergraph.compiler.link.reached import Reached


@dataclass(frozen=True)
class Interface:
    """What callers need to know; names of inputs and outputs are the user's own.

    ``parameters`` and ``variables`` hold the names that could not be kept. ``bound`` holds, for
    each bound value, its text or the way to it. ``selected`` are the outputs that the graph asks
    for, where some of them may turn out to be missing. ``cacheable`` are the nodes that a cache is
    for. ``overlap`` tells whether limits hold back calls that overlap.
    """

    name: str
    entry: Identifier
    required: tuple[str, ...]
    optional: tuple[str, ...]
    loops: tuple[dict[str, tuple[str, ...]], ...]
    answers: tuple[str, ...]
    together: tuple[tuple[str, ...], ...]
    outputs: tuple[str, ...]
    parameters: Mapping[str, str]
    variables: Mapping[str, str]
    bound: Mapping[str, Fragment | Reached]
    fingerprint: str
    selected: tuple[str, ...] = ()
    cacheable: tuple[str, ...] = ()
    watched: WatchedEntry | None = None
    overlap: str | None = None
    partial: PartialEntry | None = None


@dataclass(frozen=True)
class WatchedEntry:
    """The function with events or a cache in it, and what events call the graph."""

    entry: Identifier
    features: tuple[str, ...]
    graph: str | None


@dataclass(frozen=True)
class PartialEntry:
    """The function that takes any subset of names.

    ``facts`` are the arguments of ``Partial`` that are plain data, by their names.
    """

    entry: Identifier
    facts: Mapping[str, Any]
    watched: WatchedEntry | None


def program_text(interface: Interface, aliases: Namespace, extra: Sequence[Fragment] = ()) -> Code:
    """The statement that makes the program; only what is not a default is written.

    ``extra`` are further arguments.

    >>> from hypergraph.compiler.emit.fragments import Identifier
    >>> entry = Identifier("f")
    >>> one = Interface("f", entry, ("x",), (), (), (), (), ("y",), {}, {}, {}, "sha256:0")
    >>> print(program_text(one, Namespace([])).text)
    program = Program(f, inputs=Inputs(required=('x',)), outputs=('y',), fingerprint='sha256:0',)
    """
    given: list[Fragment] = [
        interface.entry,
        code("inputs={}", _inputs(interface, aliases)),
        code("outputs={}", literal(interface.outputs)),
    ]
    if interface.name != interface.entry.text:
        given.append(code("name={}", literal(interface.name)))
    if interface.variables:
        given.append(code("variables={}", literal(dict(interface.variables))))
    if interface.selected:
        given.append(code("selected={}", literal(interface.selected)))
    if interface.cacheable:
        given.append(code("cacheable={}", literal(interface.cacheable)))
    if interface.watched is not None:
        given.append(code("watched={}", _watched(interface.watched)))
    if interface.overlap is not None:
        given.append(code("overlap={}", literal(interface.overlap)))
    if interface.partial is not None:
        given.append(code("partial={}", _partial(interface.partial)))
    given.append(code("fingerprint={}", literal(interface.fingerprint)))
    return code("program = Program({},)", join(", ", [*given, *extra]))


def _watched(watched: WatchedEntry) -> Code:
    given: list[Fragment] = [watched.entry, code("features={}", literal(watched.features))]
    if watched.graph is not None:
        given.append(code("graph={}", literal(watched.graph)))
    return code("Watched({})", join(", ", given))


def _partial(partial: PartialEntry) -> Code:
    facts = {name: value for name, value in partial.facts.items() if value or name == "nodes"}
    given: list[Fragment] = [partial.entry]
    given += [code(name + "={}", literal(value)) for name, value in facts.items()]
    if partial.watched is not None:
        given.append(code("watched={}", _watched(partial.watched)))
    return code("Partial({},)", join(", ", given))


def _inputs(interface: Interface, aliases: Namespace) -> Code:
    named: dict[str, Any] = {
        "required": interface.required,
        "optional": interface.optional,
        "loops": interface.loops,
        "answers": interface.answers,
        "together": interface.together,
        "parameters": dict(interface.parameters),
    }
    given = [code(name + "={}", literal(value)) for name, value in named.items() if value]
    if interface.bound:
        pairs = [
            code("{}: {}", literal(name), _bound(value, aliases))
            for name, value in interface.bound.items()
        ]
        given.append(code("bound={{{}}}", join(", ", pairs)))
    return code("Inputs({})", join(", ", given))


def _bound(value: Fragment | Reached, aliases: Namespace) -> Fragment:
    return reached_text(value, aliases) if isinstance(value, Reached) else value
