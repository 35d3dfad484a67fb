"""``program = Program(...)``: what a generated module says about its entry function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypergraph.compiler.emit.fragments import Code, Fragment, Identifier, code, join, literal


@dataclass(frozen=True)
class Interface:
    """What callers need to know; names of inputs and outputs are the user's own.

    ``parameters`` and ``variables`` hold the names that could not be kept. ``bound`` holds the
    text of each bound value, which is a literal or leads to the object.
    """

    name: str
    entry: Identifier
    required: tuple[str, ...]
    optional: tuple[str, ...]
    loops: tuple[dict[str, tuple[str, ...]], ...]
    answers: tuple[str, ...]
    outputs: tuple[str, ...]
    parameters: Mapping[str, str]
    variables: Mapping[str, str]
    bound: Mapping[str, Fragment]
    fingerprint: str


def program_text(interface: Interface) -> Code:
    """The statement that makes the program; only what is not a default is written.

    >>> from hypergraph.compiler.emit.fragments import Identifier
    >>> one = Interface("f", Identifier("f"), ("x",), (), (), (), ("y",), {}, {}, {}, "sha256:0")
    >>> print(program_text(one).text)
    program = Program(f, inputs=Inputs(required=('x',)), outputs=('y',), fingerprint='sha256:0',)
    """
    given: list[Fragment] = [
        interface.entry,
        code("inputs={}", _inputs(interface)),
        code("outputs={}", literal(interface.outputs)),
    ]
    if interface.name != interface.entry.text:
        given.append(code("name={}", literal(interface.name)))
    if interface.variables:
        given.append(code("variables={}", literal(dict(interface.variables))))
    given.append(code("fingerprint={}", literal(interface.fingerprint)))
    return code("program = Program({},)", join(", ", given))


def _inputs(interface: Interface) -> Code:
    named: dict[str, Any] = {
        "required": interface.required,
        "optional": interface.optional,
        "loops": interface.loops,
        "answers": interface.answers,
        "parameters": dict(interface.parameters),
    }
    given = [code(name + "={}", literal(value)) for name, value in named.items() if value]
    if interface.bound:
        pairs = [code("{}: {}", literal(name), text) for name, text in interface.bound.items()]
        given.append(code("bound={{{}}}", join(", ", pairs)))
    return code("Inputs({})", join(", ", given))
