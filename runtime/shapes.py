"""A shape: everything about a call that depends on which names it supplies, not on their values."""

from __future__ import annotations

from hypergraph.runtime.checks import check_call
from hypergraph.runtime.errors import GraphConfigError
from hypergraph.runtime.results import Layout
from hypergraph.runtime.warnings import warn_caller

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from hypergraph.runtime.program import Program
    from hypergraph.runtime.variants import Partial, Watched

UNSET: Any = type("UNSET", (), {"__repr__": lambda self: "<unset>"})()


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

    @property
    def options(self) -> dict[str, Any]:
        """The options by name; the selection is ``None`` when there is none."""
        return {
            "select": None if self.select is UNSET else self.select,
            "on_missing": self.on_missing,
            "on_internal_override": self.on_internal_override,
            "entrypoint": self.entrypoint,
            "error_handling": self.error_handling,
        }


class Shape:
    """How to run one kind of call.

    ``arguments`` pairs input names with the entry's parameters; ``None`` when the supplied values
    can be passed by their names as they are. ``limit`` is the parameter that bounds loops, if any.
    ``wanted`` are the outputs that were asked for by name, ``variables`` where the entry keeps
    outputs that could not keep their names. A ``watched`` entry takes a watch before its inputs;
    ``graph`` is what events call the graph. ``direct``: the entry takes the supplied values as they
    are, and there is nothing to warn about. ``alone``: it executes one call at a time.
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
        "alone",
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
        alone: bool = False,
    ) -> None:
        self.entry = entry
        self.alone = alone
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


def own_shape(program: Program, request: Request) -> Shape:
    """The shape of a call of a generated module; it holds the graph's own ones only.

    Raises what the checks of a run raise (section 6), and ``GraphConfigError`` for a call that is
    right but that the file was not compiled for.
    """
    if program.partial is not None:
        from hypergraph.runtime.partial import partial_shape

        return partial_shape(program, program.partial, request)
    watched = watched_of(program, request.features)
    known, options = program.interface, request.options
    warnings: list[str] = []
    try:
        names = check_call(program, request.supplied, options, warnings.append)
    except Exception:
        for text in warnings:
            warn_caller(text)
        raise
    return Shape(
        program.entry if watched is None else watched.entry,
        program.layout(names),
        arguments_for(request.supplied, known.names, known.parameters),
        tuple(warnings),
        limit_of(program.entry),
        program.selected if options["select"] is None else names or (),
        program.variables,
        watched is not None,
        None if watched is None else watched.graph,
        program.overlap is None,
    )


def watched_of(
    program: Program, asked: frozenset[str], partial: Partial | None = None
) -> Watched | None:
    """The entry with what is asked for in it; the plain one will do for a cache without use."""
    needed = {name for name in ("events", "cache") if name in asked}
    if not program.cacheable:
        needed.discard("cache")
    watched = program.watched if partial is None else partial.watched
    held = watched.features if watched is not None else ()
    lacking: list[str] = sorted(needed.difference(held))
    if program.overlap == "free" and not asked.isdisjoint(("limit", "own limit")):
        lacking.append("limit")
    if lacking:
        options = " ".join(f"--{name}" for name in sorted({*needed, *held, *lacking}))
        raise GraphConfigError(
            f"The program '{program.name}' was compiled without {' and '.join(lacking)}.\n"
            f"How to fix: compile it with {options} as well, or give the runner the graph itself."
        )
    return watched if needed else None
