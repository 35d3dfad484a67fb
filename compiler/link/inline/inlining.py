"""The linker: from the definitions that a program calls to source text that defines them.

Data moves through the modules beside this one: ``sources`` and ``reader`` take files apart,
``modules`` says what a name means, ``reach`` follows names from the program's calls to everything
they need, ``naming`` and ``order`` decide how it is put together, and ``writing`` writes it down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.diagnostics.together import Finding, all_together
from hypergraph.compiler.link.inline.changes import changed_state
from hypergraph.compiler.link.inline.imports import import_lines, requirements
from hypergraph.compiler.link.inline.live import Wanted
from hypergraph.compiler.link.inline.meanings import Imported
from hypergraph.compiler.link.inline.modules import Modules
from hypergraph.compiler.link.inline.naming import Names, named
from hypergraph.compiler.link.inline.order import in_order, needed_to_load
from hypergraph.compiler.link.inline.owned import Own
from hypergraph.compiler.link.inline.reach import Level, Reach, reached_from, told_where
from hypergraph.compiler.link.inline.resolve import Piece
from hypergraph.compiler.link.inline.sources import Source
from hypergraph.compiler.link.inline.writing import alias_text, text_of
from hypergraph.runtime.uncollected import uncollected


@dataclass(frozen=True)
class Block:
    """One definition in the file: what it is called there, its text, and where it comes from.

    ``names`` are all names that it defines; a statement that is there for its effect has none.
    ``origins`` are the names that these have in the module. ``first`` are definitions of the
    runtime that code of the user needs while the file is loaded.
    """

    name: str
    text: str
    place: str
    module: str
    names: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    first: bool = False


@dataclass(frozen=True)
class Inlined:
    """What a file needs besides the program itself.

    ``imports`` are lines for its head, ``typing_imports`` and ``typing_blocks`` go under
    ``if TYPE_CHECKING:``, and ``blocks`` are in an order in which they can be executed. The file
    must begin with ``from __future__ import annotations``. ``requires`` are the distributions that
    must be installed, with their versions here.
    """

    imports: tuple[str, ...]
    typing_imports: tuple[str, ...]
    typing_blocks: tuple[Block, ...]
    blocks: tuple[Block, ...]
    requires: tuple[tuple[str, str], ...]


def inline(
    wanted: Mapping[Wanted, str],
    own: Own,
    taken: frozenset[str] = frozenset(),
    refused: Iterable[Finding] = (),
    root: Path | None = None,
) -> Inlined:
    """Everything that a file needs to have these definitions.

    ``wanted`` gives each the name it has in the file, ``taken`` are other names in use there, and
    ``own`` tells which modules are inlined. ``refused`` is what was found before, to be reported
    together with what is found here. Places are given as seen from ``root``.

    Raises ``CompileError`` that names everything that cannot be inlined, and why.

    >>> from hypergraph.compiler.link.inline.owned import own_code
    >>> measure = Wanted("examples.refine.pipeline", "measure")
    >>> inlined = inline({measure: "measure"}, own_code("examples.refine.pipeline"))
    >>> [block.name for block in inlined.blocks], inlined.imports
    (['measure', 'split_sentences', 'count_syllables'], ('import re',))
    """
    with uncollected():
        return _inlined(Modules(own), wanted, taken, refused, root)


def _inlined(
    modules: Modules,
    wanted: Mapping[Wanted, str],
    taken: frozenset[str],
    refused: Iterable[Finding],
    root: Path | None,
) -> Inlined:
    reach, roots = reached_from(modules, wanted)
    here = [*reach.findings.values(), *changed_state(modules, reach.units)]
    findings = [*refused, *sorted(here, key=told_where)]
    if findings:
        raise all_together(CompileError, findings)
    names = named(reach, roots, wanted, taken)
    pieces = in_order(modules, reach.pieces.values(), {one.module for one in wanted})
    typing = _called(reach, names, needed_to_run=False)
    lines = import_lines(modules, typing, reach.importers)
    opaque = _opaque(modules, reach, names, root)
    if opaque and not any(one.name == "Any" for one in reach.imports):
        lines = tuple(sorted({*lines, "from typing import Any"}))
    first = needed_to_load(pieces)
    blocks = {
        piece: [
            replace(one, first=piece.unit in first) for one in _blocks(modules, piece, names, root)
        ]
        for piece in pieces
    }
    return Inlined(
        imports=import_lines(modules, _called(reach, names, needed_to_run=True), reach.importers),
        typing_imports=lines,
        typing_blocks=(*opaque, *(one for it in pieces if it.unit.typing for one in blocks[it])),
        blocks=tuple(one for it in pieces if not it.unit.typing for one in blocks[it]),
        requires=requirements(_needed_modules(modules, reach)),
    )


def _called(reach: Reach, names: Names, needed_to_run: bool) -> list[tuple[Imported, str]]:
    """The imports that are needed to run, or those that only type checkers need."""
    found = [
        (one, names.of[one])
        for one, level in reach.imports.items()
        if (level is not Level.TYPES) == needed_to_run
    ]
    also = [(one, name) for one, name in names.also if isinstance(one, Imported)]
    return [*found, *also] if needed_to_run else found


def _needed_modules(modules: Modules, reach: Reach) -> Iterator[str]:
    """The modules that the program imports when it runs, some of them inside functions."""
    yield from (one.module for one, level in reach.imports.items() if level is not Level.TYPES)
    for piece in reach.pieces.values():
        source = modules.source(piece.unit.module)
        assert isinstance(source, Source)
        for imported in piece.kept:
            meaning = modules.imported(source, imported, typing=False)
            if isinstance(meaning, Imported):
                yield meaning.module


def _blocks(modules: Modules, piece: Piece, names: Names, root: Path | None) -> Iterator[Block]:
    """A piece, and further names of what it defines."""
    source = modules.source(piece.unit.module)
    assert isinstance(source, Source)
    symbols = piece.symbols
    called = tuple(names.of[symbol] for symbol in symbols)
    place = _place(source, piece.unit.statements[-1].line, root)
    name = called[0] if called and not piece.unit.is_effect else ""
    origins = tuple(symbol.name for symbol in symbols)
    yield Block(name, text_of(piece, source, names), place, source.module, called, origins)
    for symbol, other in names.also:
        if symbol in symbols:
            text = alias_text(other, names.of[symbol])
            yield Block(other, text, place, source.module, (other,), (symbol.name,))


def _opaque(modules: Modules, reach: Reach, names: Names, root: Path | None) -> tuple[Block, ...]:
    """Classes of the runtime that nothing but annotations mention, as ``Any``."""
    blocks = []
    for one in sorted(reach.opaque, key=lambda one: names.of[one]):
        source = modules.source(one.unit.module)
        assert isinstance(source, Source)
        place = _place(source, one.unit.statements[-1].line, root)
        name = names.of[one]
        blocks.append(Block(name, alias_text(name, "Any"), place, source.module, (name,)))
    return tuple(blocks)


def _place(source: Source, line: int, root: Path | None) -> str:
    """Where something was written, as a path that is the same on every machine."""
    path = Path(source.file).resolve()
    if root is not None and path.is_relative_to(root.resolve()):
        return f"{path.relative_to(root.resolve()).as_posix()}:{line}"
    parts = source.module.split(".")
    inside = [*parts, "__init__"] if source.is_package else parts
    return f"{'/'.join(inside)}.py:{line}"
