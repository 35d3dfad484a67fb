"""The command in the header of a generated file: how it is written, and taken apart again."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Any

from hypergraph.compiler.options import Options, option_fields, spelled

COMMAND = ("hypergraph", "compile")


@dataclass(frozen=True)
class Rebuild:
    """What makes a file again; paths are seen from the folder that the command is given in.

    >>> Rebuild("rag.py:graph", Options(mode="sync"), "rag_program.py").command
    'hypergraph compile rag.py:graph --mode sync -o rag_program.py'
    """

    target: str
    options: Options
    output: str | None

    @property
    def command(self) -> str:
        """The command, quoted for a shell."""
        output = [] if self.output is None else ["-o", self.output]
        return shlex.join([*COMMAND, self.target, *self.options.words(), *output])


def parsed_rebuild(command: str) -> Rebuild:
    """The parts of a command that was written from them.

    Raises ``ValueError`` for any other text, also for one with options that are not known.

    >>> parsed_rebuild("hypergraph compile rag.py:graph --mode sync").options.mode
    'sync'
    """
    words = shlex.split(command)
    if tuple(words[:2]) != COMMAND or len(words) < 3:
        raise ValueError(f"{command!r} does not compile anything")
    target, rest = words[2], words[3:]
    known = {f"--{spelled(one)}": one for one in option_fields()}
    given: dict[str, Any] = {}
    output: str | None = None
    while rest:
        word = rest.pop(0)
        one = known.get(word)
        if one is not None and isinstance(one.default, bool):
            given[one.name] = True
        elif one is None and word != "-o":
            raise ValueError(f"{word!r} is not an option of hypergraph compile")
        elif not rest:
            raise ValueError(f"{word!r} needs a value")
        elif one is None:
            output = rest.pop(0)
        else:
            value = rest.pop(0)
            repeated = isinstance(one.default, tuple)
            given[one.name] = (*given.get(one.name, ()), value) if repeated else value
    return Rebuild(target, Options(**given), output)
