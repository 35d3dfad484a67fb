"""The outline of a text: the functions of a generated module, read from their syntax trees."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping

from hypergraph.compiler.outline.model import Function, Input, Outline
from hypergraph.compiler.outline.patterns import Found, statement
from hypergraph.compiler.outline.read_body import divided, read_body
from hypergraph.compiler.outline.scope import (
    Cursor,
    Scope,
    Unreadable,
    name_of,
    names_of,
    skipped_absent,
    string_of,
    unreadable,
)
from hypergraph.compiler.outline.tidy import tidied

Definition = ast.FunctionDef | ast.AsyncFunctionDef
_HEADING = "# -- What the graph does -"
_PLACE = re.compile(r"\.py:\d+$")


def read_outline(text: str, *, watched: bool = False) -> Outline:
    """The outline of a program from the text of its functions, and from nothing else.

    The docstring of the module is not read. Without a program in the text, the last function is the
    only entry; ``watched`` says if that one takes a watch. Raises ``Unreadable``, with the line,
    for what no generated program says.
    """
    try:
        return _read(text, watched)
    except (SyntaxError, tokenize.TokenError) as error:
        raise Unreadable(getattr(error, "lineno", None) or 0, "this is not Python") from error
    except (AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
        # Whoever edits a text may break anything that is taken for granted of generated ones.
        raise Unreadable(0, f"no generated program is like this: {error}") from error


def _read(text: str, watched: bool) -> Outline:
    comments = dict(_comments(text))
    module = ast.parse(text)
    definitions = {one.name: one for one in _graph_part(module, text)}
    if not definitions:
        raise Unreadable(0, "there is no function of a graph")
    entries = _entries(module) or {list(definitions)[-1]: watched}
    own = watched_functions(definitions, entries)
    functions: dict[str, Function] = {}
    for name, one in definitions.items():
        functions[name] = _function(one, functions, comments, name in own)
    return Outline(tuple(functions.values()), tuple(entries))


def _graph_part(module: ast.Module, text: str) -> list[Definition]:
    """The functions of graphs; a file that stands alone has them under a heading of their own."""
    headings = [n for n, line in enumerate(text.split("\n"), start=1) if line.startswith("# -- ")]
    lines = text.split("\n")
    begins = next((one for one in headings if lines[one - 1].startswith(_HEADING)), 0)
    ends = next((one for one in headings if one > begins > 0), len(lines) + 1)
    return [
        one for one in module.body if isinstance(one, Definition) and begins < one.lineno < ends
    ]


def watched_functions(
    definitions: Mapping[str, Definition], entries: Mapping[str, bool]
) -> set[str]:
    """The functions that take a watch: entries that do, and all that are called from such ones."""
    found: set[str] = set()
    waiting = [name for name, watched in entries.items() if watched]
    while waiting:
        name = waiting.pop()
        if name in found or isinstance(definitions[name].body[-1], ast.Raise):
            continue
        found.add(name)
        called = (one.func for one in ast.walk(definitions[name]) if isinstance(one, ast.Call))
        waiting += [one.id for one in called if isinstance(one, ast.Name) and one.id in definitions]
    return found


def _comments(text: str) -> Iterator[tuple[int, str]]:
    """Every comment that stands alone on its line and is no place in a file, by line."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        alone = token.type == tokenize.COMMENT and not token.line[: token.start[1]].strip()
        if alone and not _PLACE.search(token.string):
            yield token.start[0], token.string


def _entries(module: ast.Module) -> dict[str, bool]:
    """The functions that the program of a module is made of, and if they take a watch."""
    for one in module.body:
        found = statement("program = _made", one)
        if found is not None and isinstance(found["made"], ast.Call):
            return dict(_entries_of(found["made"], False))
    return {}


def _entries_of(made: ast.Call, watched: bool) -> Iterator[tuple[str, bool]]:
    """The function that a program, or a part of it, is made of, and those of its parts."""
    yield name_of(made.args[0]), watched
    for each in made.keywords:
        if each.arg in ("watched", "partial") and isinstance(each.value, ast.Call):
            yield from _entries_of(each.value, each.arg == "watched")


def _function(
    given: Definition,
    functions: dict[str, Function],
    comments: dict[int, str],
    watched: bool,
) -> Function:
    last = given.end_lineno or given.lineno
    own = {line: words for line, words in comments.items() if given.lineno <= line <= last}
    limit = given.args.kwonlyargs[0].arg if given.args.kwonlyargs else None
    scope = Scope(
        functions,
        frozenset(_assigned(given)),
        isinstance(given, ast.AsyncFunctionDef),
        limit,
        given.args.args[0].arg if watched else None,
        {line for line, words in own.items() if words.startswith("# loop: ")},
    )
    inputs = _parameters(given)[1 if watched else 0 :]
    if isinstance(given.body[-1], ast.Raise):
        return _refused(given, scope, inputs)
    returns = _returned(given)
    prologue, body = divided([one for one in given.body[:-1] if not _is_declared(one)], own)
    warnings, filled = _read_prologue(scope, Cursor(prologue), inputs)
    supersteps, lanes = read_body(scope, given.lineno, body, own)
    function = Function(
        given.name,
        scope.is_async,
        filled,
        tuple(supersteps),
        returns,
        tuple(warnings),
        watched=watched,
        lanes=tuple(lanes),
    )
    return tidied(function, {name for name, one in functions.items() if one.refusal})


def _is_declared(given: ast.stmt) -> bool:
    """Whether a statement says nothing but the type of a variable."""
    return isinstance(given, ast.AnnAssign) and given.value is None


def _assigned(given: Definition) -> Iterator[str]:
    """Every name that the function gives a value to."""
    for one in ast.walk(given):
        if isinstance(one, ast.arg):
            yield one.arg
        elif isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
            yield one.id


# -- Signature and result -----------------------------------------------------------------------


def _parameters(given: Definition) -> list[Input]:
    names = [one.arg for one in given.args.args]
    required = len(names) - len(given.args.defaults)
    defaults = [""] * required + [ast.unparse(one) for one in given.args.defaults]
    return [Input((name,), default) for name, default in zip(names, defaults, strict=True)]


def _read_prologue(
    scope: Scope, cursor: Cursor, inputs: list[Input]
) -> tuple[list[str], tuple[Input, ...]]:
    """Warnings, defaults that are filled in, and copies of inputs for others who look for them."""
    warnings: list[str] = []
    by_name = {one.values[0]: one for one in inputs}
    while cursor:
        if (found := cursor.taken("warn_caller(_message)")) is not None:
            warnings.append(string_of(found["message"]))
        elif (found := cursor.taken("if _x is ABSENT:\n    _x = _default")) is not None:
            name = name_of(found["x"])
            if name not in by_name or by_name[name].default != "ABSENT":
                unreadable(found["x"], f"{name} is filled in, but is no open input")
            by_name[name] = Input((name,), ast.unparse(found["default"]), filled=True)
        elif (found := _copy_of_input(cursor, by_name)) is not None:
            one = by_name[name_of(found["x"])]
            values = (*one.values, name_of(found["copy"]))
            by_name[one.values[0]] = Input(values, one.default, one.filled)
        elif not skipped_absent(cursor) and not _skipped_annotation(cursor):
            unreadable(cursor.next, "this does not belong before the first superstep")
    return warnings, tuple(by_name.values())


def _skipped_annotation(cursor: Cursor) -> bool:
    """Take a line that only tells the type of a variable."""
    stated = cursor.next
    skipped = isinstance(stated, ast.AnnAssign) and stated.value is None
    if skipped:
        cursor.take()
    return skipped


def _copy_of_input(cursor: Cursor, inputs: dict[str, Input]) -> Found | None:
    found = cursor.fits("_copy = _x")
    if found is None or not isinstance(found["x"], ast.Name) or found["x"].id not in inputs:
        return None
    cursor.take()
    return found


def _returned(given: Definition) -> tuple[str, ...]:
    """The variables that the last statement gives back."""
    last = given.body[-1]
    if not isinstance(last, ast.Return) or last.value is None:
        unreadable(last, "a function does not give back its results")
    value = last.value
    return () if isinstance(value, ast.Constant) and value.value is None else tuple(names_of(value))


def _refused(given: Definition, scope: Scope, inputs: list[Input]) -> Function:
    """A function that only raises, perhaps after a warning."""
    *before, raised = given.body
    warnings, unfilled = _read_prologue(scope, Cursor(before), inputs)
    if not isinstance(raised, ast.Raise) or raised.exc is None or unfilled != tuple(inputs):
        unreadable(raised, "this is not how a call is refused")
    return Function(
        given.name,
        scope.is_async,
        unfilled,
        supersteps=(),
        returns=(),
        warnings=tuple(warnings),
        refusal=ast.unparse(raised.exc),
    )
