"""The one door from a runner to the compiler: a graph's program, compiled shape by shape."""

from __future__ import annotations

import linecache
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import CodeType
from typing import TYPE_CHECKING, Any

from hypergraph.compiler.check.call import check_call, is_own
from hypergraph.compiler.check.call_runner import check_runner
from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.emit.fragments import join
from hypergraph.compiler.emit.held import OVERLAPPING
from hypergraph.compiler.emit.memory import functions_of
from hypergraph.compiler.emit.naming import Names
from hypergraph.compiler.held_plans import cacheable_nodes
from hypergraph.compiler.link.live import canonical_paths, live_objects
from hypergraph.compiler.plan import Mode, Plan
from hypergraph.compiler.schedule.layout import schedule
from hypergraph.compiler.schedule.simplify import PASSES, Pass, simplified
from hypergraph.compiler.schedule.supply import (
    Supply,
    answer_keys,
    loops_of,
    own_supply,
    together_of,
)
from hypergraph.compiler.schedule.verify import verify
from hypergraph.runtime.exports import ASYNC_HOMES, EXPORTS
from hypergraph.runtime.interface import Inputs
from hypergraph.runtime.program import Program
from hypergraph.runtime.results import Layout
from hypergraph.runtime.shapes import Request, Shape, limit_of
from hypergraph.runtime.uncollected import uncollected

if TYPE_CHECKING:
    from hypergraph.runtime.scale.shipment import Shipment


@dataclass(frozen=True)
class Compiled:
    """A function in memory: its plan, its text, and the names its interface goes by."""

    entry: Any
    plan: Plan
    source: str
    parameters: dict[str, str]
    variables: dict[str, str]
    overlaps: bool


def plan_of(
    graph: Graph,
    supply: Supply,
    mode: Mode,
    limited: bool = False,
    events: bool = False,
    cache: bool = False,
    passes: Iterable[Pass] = PASSES,
) -> Plan:
    """The verified plan of a graph for one shape of call, its loops simplified by ``passes``."""
    return verify(simplified(schedule(graph, supply, mode, limited, events, cache), passes))


def compile_in_memory(graph: Graph, plan: Plan) -> Compiled:
    """Turn a plan into a function: the text is generated, compiled, and run among live objects."""
    canonical = canonical_paths(graph, plan)
    texts, names = functions_of(plan, canonical)
    source = join("\n\n\n", texts).text + "\n"
    main = names[plan.key]
    namespace: dict[str, Any] = runtime_names(plan.mode)
    for key, value in live_objects(graph, plan, canonical).items():
        namespace[main.module[key].text] = value
    filename = f"<hypergraph {plan.name} {id(plan):x}>"
    code = compile(source, filename, "exec")
    exec(code, namespace)
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    entry = namespace[main.function(plan.key).text]
    # A handler of an interrupt holds no slot, and may run what has to (X117).
    overlaps = plan.watched or not {"asked", *OVERLAPPING}.isdisjoint(_names_in(code))
    return Compiled(entry, plan, source, _parameters(plan, main), _variables(plan, main), overlaps)


def _names_in(code: CodeType) -> Iterator[str]:
    """Every name that the functions of a program look up."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_in(constant)


def runtime_names(mode: Mode) -> dict[str, Any]:
    """What generated code may use of the runtime; a sync program never loads asyncio."""
    from hypergraph import runtime

    names = [name for name, home in EXPORTS.items() if mode == "async" or home not in ASYNC_HOMES]
    return {name: getattr(runtime, name) for name in names}


def _parameters(plan: Plan, names: Names) -> dict[str, str]:
    found = {one.name: names.slot(one.slots[0]).text for one in plan.inputs}
    return {name: parameter for name, parameter in found.items() if name != parameter}


def _variables(plan: Plan, names: Names) -> dict[str, str]:
    found = {one.name: names.slot(one.slots[0]).text for one in plan.outputs}
    return {name: variable for name, variable in found.items() if name != variable}


class Shapes:
    """The shapes of one graph under one kind of runner, compiled as they are met."""

    def __init__(self, graph: Graph, mode: Mode, passes: Iterable[Pass] = PASSES) -> None:
        self.graph = graph
        self.mode = mode
        self.passes = tuple(passes)
        self.own = own_supply(graph)
        self.caches = bool(cacheable_nodes(graph))
        self.compiled: dict[tuple[Supply, bool, bool, bool], Compiled] = {}
        self.known: dict[tuple[Any, ...], Shape] = {}
        self.shipped: dict[int, Shipment] = {}

    def compile(
        self, supply: Supply, limited: bool = False, events: bool = False, cache: bool = False
    ) -> Compiled:
        """The function for a supply, with no more built in than what is asked for.

        A ``limited`` one keeps a limit on concurrent calls, one with ``events`` tells what happens,
        one with a ``cache`` looks calls up.
        """
        key = (supply, limited, events, cache)
        if key not in self.compiled:
            with uncollected():
                plan = plan_of(self.graph, supply, self.mode, limited, events, cache, self.passes)
                self.compiled[key] = compile_in_memory(self.graph, plan)
        return self.compiled[key]

    def __call__(self, program: Program, request: Request) -> Shape:
        """Check a call and find, or compile, the function that runs it; once per kind of call."""
        if request.key not in self.known:
            self.known[request.key] = self.shape(request)
        return self.known[request.key]

    def shape(self, request: Request) -> Shape:
        """Check a call that was not made before."""
        checked = check_call(self.graph, request, self.mode)
        compiled = self.compiled_for(request, checked.supplied)
        present = tuple(name for name in checked.outputs if name in _names(compiled.plan))
        return Shape(
            compiled.entry,
            Layout(_names(compiled.plan), present),
            (
                tuple((name, compiled.parameters.get(name, name)) for name in checked.supplied)
                if compiled.parameters or len(checked.supplied) != len(request.supplied)
                else None
            ),
            checked.warnings,
            limit_of(compiled.entry),
            checked.wanted,
            compiled.variables,
            compiled.plan.watched,
            self.graph.name,
            not compiled.overlaps,
        )

    def compiled_for(self, request: Request, names: Iterable[str]) -> Compiled:
        """The function for a call that supplies these names and was checked."""
        supplied, features = frozenset(names), request.features
        supply = self.own if is_own(self.graph, supplied) else Supply(supplied)
        watches = ("events" in features, self.caches and "cache" in features)
        compiled = self.compile(supply, "limit" in features, *watches)
        if "own limit" in features and compiled.overlaps:
            compiled = self.compile(supply, True, *watches)
        return compiled

    def ship(self, request: Request) -> Shipment:
        """What travels to workers for a kind of call; ``CompileError`` for what cannot."""
        from hypergraph.compiler.scale import shipment_of

        checked = check_call(self.graph, request, self.mode)
        plan = self.compiled_for(request, checked.supplied).plan
        if id(plan) not in self.shipped:  # plans are kept as long as this is
            with uncollected():
                self.shipped[id(plan)] = shipment_of(self.graph, plan)
        return self.shipped[id(plan)]


def _names(plan: Plan) -> tuple[str, ...]:
    return tuple(output.name for output in plan.outputs)


def program_in_memory(graph: Graph, mode: Mode, passes: Iterable[Pass] = PASSES) -> Program:
    """The program of a graph; its own shape is compiled at once, others when a run needs them.

    ``passes`` are those that simplify its loops; whichever they are, the program does the same.

    >>> from hypergraph import Graph, node
    >>> @node(output_name="b")
    ... def double(a): return 2 * a
    >>> print(program_in_memory(Graph([double], name="twice"), "sync").source)
    def twice(a):
        # superstep 1
        b = double(a)
        return (b,)
    <BLANKLINE>
    """
    check_runner(graph, mode)
    shapes = Shapes(graph, mode, passes)
    compiled = shapes.compile(shapes.own)
    spec = graph.inputs
    return Program(
        compiled.entry,
        inputs=Inputs(
            required=spec.required,
            optional=spec.optional,
            loops=loops_of(graph),
            answers=answer_keys(graph),
            together=together_of(graph),
            bound=spec.bound,
        ),
        outputs=_names(compiled.plan),
        name=graph.name or "graph",
        variables=compiled.variables,
        fingerprint=f"sha256:{graph.definition_hash}",
        source=compiled.source,
        resolve=shapes,
        ship=shapes.ship,
    )
