"""The command in the header of a generated file, taken apart."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

import click

from hypergraph.compiler.cli.compile import compile_command
from hypergraph.compiler.cli.options import options_of
from hypergraph.compiler.options import Options


@dataclass(frozen=True)
class Rebuild:
    """What makes a file again; paths are seen from the folder that the command is given in."""

    target: str
    options: Options
    output: str | None


def parsed_rebuild(command: str) -> Rebuild:
    """The parts of ``hypergraph compile TARGET ...``.

    Raises ``ValueError`` for a text that is no such command, or has options that are not known.

    >>> parsed_rebuild("hypergraph compile rag.py:graph --mode sync -o rag_program.py").output
    'rag_program.py'
    """
    name, verb, *words = shlex.split(command) + ["", ""]
    if (name, verb) != ("hypergraph", "compile"):
        raise ValueError(f"{command!r} is not a command that compiles")
    try:
        given = compile_command.make_context("compile", words[:-2]).params
    except click.ClickException as error:
        raise ValueError(error.format_message()) from error
    return Rebuild(given.pop("target"), options_of(given), given.pop("output"))
