"""A shape: everything about a call that depends on which names it supplies, not on their values."""

from __future__ import annotations

from difflib import get_close_matches

from hypergraph.runtime.errors import GraphConfigError, MissingInputError
from hypergraph.runtime.results import Layout
from hypergraph.runtime.warnings import warn_caller

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from hypergraph.runtime.program import Program, Watched

UNSET: Any = type("UNSET", (), {"__repr__": lambda self: "<unset>"})()

_POLICIES = ("ignore", "warn", "error")


class Request:
    """What a call asks for: the names it supplies, and the options that checks depend on."""

    __slots__ = (
        "supplied",
        "select",
        "on_missing",
        "on_internal_override",
        "entrypoint",
        "error_handling",
        "features",
    )

    def __init__(
        self,
        supplied: tuple[str, ...],
        select: Any = UNSET,
        on_missing: str = "ignore",
        on_internal_override: str = "warn",
        entrypoint: str | None = None,
        error_handling: str = "raise",
        features: frozenset[str] = frozenset(),
    ) -> None:
        self.supplied = supplied
        self.select = select
        self.on_missing = on_missing
        self.on_internal_override = on_internal_override
        self.entrypoint = entrypoint
        self.error_handling = error_handling
        self.features = features

    @property
    def key(self) -> tuple[Any, ...]:
        """What equal requests share."""
        select = tuple(self.select) if isinstance(self.select, list) else self.select
        return (
            frozenset(self.supplied),
            select,
            self.on_missing,
            self.on_internal_override,
            self.entrypoint,
            self.error_handling,
            self.features,
        )


class Shape:
    """How to run one kind of call.

    ``arguments`` pairs input names with the entry's parameters; ``None`` when the supplied values
    can be passed by their names as they are. ``limit`` is the parameter that bounds loops, if any.
    ``wanted`` are the outputs that were asked for by name, ``variables`` where the entry keeps
    outputs that could not keep their names. A ``watched`` entry takes a watch before its inputs;
    ``graph`` is what events call the graph. ``direct``: the entry takes the supplied values as they
    are, and there is nothing to warn about.
    """

    __slots__ = (
        "entry",
        "arguments",
        "layout",
        "warnings",
        "limit",
        "wanted",
        "variables",
        "watched",
        "graph",
        "direct",
    )

    def __init__(
        self,
        entry: Callable[..., Any],
        layout: Layout,
        arguments: tuple[tuple[str, str], ...] | None = None,
        warnings: tuple[str, ...] = (),
        limit: str | None = None,
        wanted: tuple[str, ...] = (),
        variables: Mapping[str, str] | None = None,
        watched: bool = False,
        graph: str | None = None,
    ) -> None:
        self.entry = entry
        self.layout = layout
        self.watched = watched
        self.graph = graph
        self.arguments = arguments
        self.warnings = warnings
        self.limit = limit
        self.wanted = wanted
        self.variables = variables or {}
        self.direct = arguments is None and not warnings

    def keywords(self, supplied: Mapping[str, Any], max_iterations: int | None) -> dict[str, Any]:
        """What the entry is called with."""
        if self.arguments is None:
            keywords = dict(supplied)
        else:
            keywords = {parameter: supplied[name] for name, parameter in self.arguments}
        if self.limit is not None and max_iterations:
            keywords[self.limit] = max_iterations
        return keywords


def limit_of(entry: Callable[..., Any]) -> str | None:
    """The parameter of an entry function that bounds its loops: its only keyword-only one."""
    code = entry.__code__
    return code.co_varnames[code.co_argcount] if code.co_kwonlyargcount else None


def arguments_for(
    supplied: Sequence[str], taken: Sequence[str], parameters: Mapping[str, str]
) -> tuple[tuple[str, str], ...] | None:
    """How supplied names reach the parameters; ``None`` when all go by their own names."""
    known = set(taken)
    if known.issuperset(supplied) and not any(name in parameters for name in supplied):
        return None
    return tuple((name, parameters.get(name, name)) for name in supplied if name in known)


def check_options(request: Request) -> None:
    """Options that must be one of a few words (X17, steps 10 and 11)."""
    check_word("on_missing", request.on_missing)
    check_error_handling(request.error_handling)


def check_word(option: str, value: Any) -> None:
    """Raise ``ValueError`` unless the value is one of the policies."""
    if value not in _POLICIES:
        raise ValueError(f"Invalid {option}: {value!r}. Use one of 'ignore', 'warn', 'error'.")


def check_error_handling(value: Any) -> None:
    """Raise ``ValueError`` unless errors are to be raised or to be returned."""
    if value not in ("raise", "continue"):
        raise ValueError(
            f"Invalid error_handling: {value!r}.\n"
            "How to fix: use 'raise' to get the exception, or 'continue' for a failed result."
        )


def selected_names(select: Any, outputs: Sequence[str]) -> tuple[str, ...] | None:
    """The outputs a ``select`` option names; ``None`` for all of them (X22, K33).

    Raises ``GraphConfigError`` for names that are no outputs.
    """
    names = listed_names(select)
    unknown = [name for name in names or () if name not in outputs]
    if unknown:
        raise GraphConfigError(
            f"Invalid select: {unknown} are not outputs. Valid outputs: {list(outputs)}."
            + near_text(unknown, outputs)
        )
    return names


def listed_names(select: Any) -> tuple[str, ...] | None:
    """The names a ``select`` option lists; ``None`` for all outputs (X22, K33).

    >>> listed_names("a"), listed_names(["a", "b"]), listed_names("**")
    (('a',), ('a', 'b'), None)
    """
    if select is UNSET or select is None or select == "**":
        return None
    return (select,) if isinstance(select, str) else tuple(select)


def near_text(names: Sequence[Any], known: Sequence[str]) -> str:
    """`` Did you mean ...?`` for the first name that is like a known one."""
    for name in names:
        found = get_close_matches(str(name), list(known), n=1)
        if found:
            return f" Did you mean '{found[0]}'?"
    return ""


def own_shape(program: Program, request: Request) -> Shape:
    """The shape of a call of a generated module; it holds the graph's own ones only.

    Raises what the checks of a run raise (section 6), and ``GraphConfigError`` for a call that is
    right but that the file was not compiled for.
    """
    known = program.interface
    supplied = request.supplied
    watched = _watched(program, request.features)
    names = selected_names(request.select, program.outputs)
    check_word("on_internal_override", request.on_internal_override)
    seeds = tuple(name for loop in known.loops for entry in loop.values() for name in entry)
    taken = dict.fromkeys((*known.required, *known.optional, *seeds, *known.answers))
    _check_answers(program, supplied)
    injected = [name for name in supplied if name not in taken and name in program.outputs]
    if injected:
        raise GraphConfigError(
            f"This program does not take {injected}: it computes them.\n"
            "How to fix: give a runner the graph itself; it compiles whatever call it meets."
        )
    unknown = sorted(name for name in supplied if name not in taken)
    warnings = _unknown_inputs(unknown, tuple(taken), request.on_internal_override)
    try:
        _check_entries(known.loops, supplied, request.entrypoint)
        _check_required(known.required, supplied, unknown)
        check_options(request)
    except Exception:
        # A mistyped name explains what is missing, so it is told even if nothing will run.
        for text in warnings:
            warn_caller(text)
        raise
    return Shape(
        program.entry if watched is None else watched.entry,
        program.layout(names),
        arguments_for(supplied, tuple(taken), known.parameters),
        warnings,
        limit_of(program.entry),
        program.selected if request.select is UNSET or request.select is None else names or (),
        program.variables,
        watched is not None,
        None if watched is None else watched.graph,
    )


def _watched(program: Program, asked: frozenset[str]) -> Watched | None:
    """The entry with what is asked for in it; the plain one will do for a cache without use."""
    needed = {name for name in ("events", "cache") if name in asked}
    if not program.cacheable:
        needed.discard("cache")
    held = program.watched.features if program.watched is not None else ()
    lacking = sorted(needed.difference(held))
    if lacking:
        options = " ".join(f"--{name}" for name in sorted(needed.union(held)))
        raise GraphConfigError(
            f"The program '{program.name}' was compiled without {' and '.join(lacking)}.\n"
            f"How to fix: compile it with {options}, or give the runner the graph itself."
        )
    return program.watched if needed else None


def _check_answers(program: Program, supplied: tuple[str, ...]) -> None:
    """Answers name an interrupt, and answer all that it asks for (K2, X106)."""
    known = program.interface.answers
    graph_nodes = {key.partition(".")[0] for key in known if "." in key}
    for name in supplied:
        head, dot, _ = name.partition(".")
        if dot and head in graph_nodes and name not in known:
            raise ValueError(
                f"'{name}' names no output of an interrupt in '{head}'. "
                f"Keys that do: {list(known)}." + near_text([name], known)
            )
    for keys in program.interface.together:
        given = [key for key in keys if key in supplied]
        if given and len(given) < len(keys):
            missing = [key for key in keys if key not in supplied]
            raise ValueError(
                f"An interrupt is answered in part: {given} given, {missing} missing.\n"
                "How to fix: pass a value under each of result.pause.response_keys."
            )


def _unknown_inputs(unknown: list[str], expected: tuple[str, ...], policy: str) -> tuple[str, ...]:
    if not unknown or policy == "ignore":
        return ()
    text = (
        f"Unexpected internal parameters {unknown}: not recognised in the active scope. "
        f"Expected inputs: {sorted(expected)}."
    )
    if policy == "error":
        raise ValueError(text)
    return (text,)


def _check_entries(
    loops: tuple[dict[str, tuple[str, ...]], ...],
    supplied: tuple[str, ...],
    entrypoint: str | None,
) -> None:
    """Each loop is entered in exactly one way (X29, K32)."""
    if entrypoint is not None and not any(entrypoint in loop for loop in loops):
        valid = [node for loop in loops for node in loop]
        raise ValueError(f"'{entrypoint}' is not a valid entry point. Valid: {valid}.")
    for loop in loops:
        if entrypoint in loop:
            missing = [name for name in loop[entrypoint] if name not in supplied]
            if missing:
                raise ValueError(
                    f"Entry point '{entrypoint}' needs {list(loop[entrypoint])}. "
                    f"Missing: {missing}."
                )
            continue
        satisfied = {names for names in loop.values() if set(names) <= set(supplied)}
        ways = "\n".join(f"  {node} → {', '.join(names)}" for node, names in loop.items())
        if not satisfied:
            raise MissingInputError(
                [], list(supplied), f"No entry point for cycle. Supply:\n{ways}"
            )
        if len(satisfied) > 1:
            raise ValueError(f"Ambiguous cycle entry: several are satisfied.\n{ways}")


def _check_required(
    required: tuple[str, ...], supplied: tuple[str, ...], unknown: list[str]
) -> None:
    missing = sorted(name for name in required if name not in supplied)
    if missing:
        listed = ", ".join(f"'{name}'" for name in missing)
        provided = ", ".join(f"'{name}'" for name in supplied)
        text = f"Missing required inputs: {listed}."
        if supplied:
            text += f" Provided: {provided}."
        text += near_text(missing, unknown)
        text += "\nHow to fix: pass them, or bind them: graph.bind(...) returns a new graph."
        raise MissingInputError(missing, list(supplied), text)
