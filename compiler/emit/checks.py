"""What every generated module has to pass before anybody sees it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from hypergraph.compiler.diagnostics import artifacts as catalogue
from hypergraph.compiler.diagnostics.problems import problem
from hypergraph.compiler.emit.fragments import Fragment, text_of
from hypergraph.compiler.emit.places import with_places
from hypergraph.compiler.emit.reserved import BUILTINS, RUNTIME_NAMES

WIDTH = 100


def formatted(text: str, name: str, places: Mapping[str, str]) -> str:
    """The text as black writes it, if it stands every check; ``name`` is what to call the program.

    Calls of the functions in ``places`` get comments that say where those were written. Raises
    ``RuntimeError``, naming the check, if the text is not a module, uses a name that is not there,
    or if black changes what it means or does not agree with itself.
    """
    before = parsed(text, name, "parse")
    unknown = sorted(undefined_names(before))
    if unknown:
        raise broken(name, "names", f"undefined: {', '.join(unknown)}")
    once = blackened(text, name)
    if ast.dump(parsed(once, name, "parse after formatting")) != ast.dump(before):
        raise broken(name, "format", "black changed its meaning")
    told = with_places(once, places, WIDTH)
    if blackened(told, name) != told:
        raise broken(name, "format", "black changes it again")
    return told


def check_piece(piece: Fragment, name: str) -> None:
    """Raise ``RuntimeError`` if one function of a program is not Python by itself."""
    parsed(text_of(piece), name, "parse")


def parsed(text: str, name: str, stage: str) -> ast.Module:
    """The syntax tree of a text that also compiles."""
    try:
        compile(text, "<generated>", "exec", dont_inherit=True)
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise broken(name, stage, f"{error}\n{_around(text, error)}") from error


def blackened(text: str, name: str) -> str:
    """The text in black's stable style, whatever configuration there is in the neighbourhood."""
    import black
    from black.mode import TargetVersion

    mode = black.Mode(target_versions={TargetVersion.PY310}, line_length=WIDTH, preview=False)
    try:
        return black.format_str(text, mode=mode)
    except Exception as error:
        raise broken(name, "format", f"{type(error).__name__}: {error}") from error


def broken(name: str, stage: str, error: str) -> RuntimeError:
    """The error for a mistake of ours."""
    return problem(RuntimeError, catalogue.BROKEN_MODULE, name=repr(name), stage=stage, error=error)


def runtime_names_in(pieces: list[Fragment]) -> set[str]:
    """Which names of the runtime the pieces use; nothing else is ever called like one of them."""
    names = {name for piece in pieces for name in _loaded(ast.parse(text_of(piece)))}
    return names & RUNTIME_NAMES


def undefined_names(module: ast.Module) -> set[str]:
    """Names that are read and that nothing in the module defines, whatever the scope."""
    defined = set(BUILTINS)
    for item in ast.walk(module):
        if isinstance(item, ast.Name) and not isinstance(item.ctx, ast.Load):
            defined.add(item.id)
        elif isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)):
            defined.add(item.name)
        elif isinstance(item, ast.arg):
            defined.add(item.arg)
        elif isinstance(item, (ast.Import, ast.ImportFrom)):
            defined.update(alias.asname or alias.name for alias in item.names)
    return set(_loaded(module)) - defined


def _loaded(module: ast.Module) -> Iterator[str]:
    for item in ast.walk(module):
        if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Load):
            yield item.id


def _around(text: str, error: BaseException) -> str:
    line = getattr(error, "lineno", None) or 1
    return "\n".join(text.splitlines()[max(line - 3, 0) : line + 2])
