"""From a graph and a shape to a plan: what runs when, under which guard, reading what.

The passes, in order: channels (which slot is read and written), regions and generations (the
order), then each generation is laid out into supersteps while knowledge of values accumulates.
Nested graphs are planned once per way of calling them and shared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hypergraph.compiler.check.call_nested import check_nested
from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.declare.nested import GraphNode
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.plan import (
    Argument,
    Call,
    Fallback,
    Input,
    Mode,
    Output,
    Plan,
    Presence,
    Slot,
    Superstep,
    answer_slot,
)
from hypergraph.compiler.plan import Loop as LoopPlan
from hypergraph.compiler.plan import Step as StepPlan
from hypergraph.compiler.schedule.beside import beside_of, one_after_another
from hypergraph.compiler.schedule.calls import (
    Level,
    arguments_of,
    fallback_of,
    flavour_of,
    gate_of,
    mapping_of,
    nested_arguments_of,
)
from hypergraph.compiler.schedule.channels import channels_of
from hypergraph.compiler.schedule.guards import step_of
from hypergraph.compiler.schedule.loops import loop_of
from hypergraph.compiler.schedule.presence import Knowledge
from hypergraph.compiler.schedule.refusals import refused_plan
from hypergraph.compiler.schedule.regions import Region, generations_of
from hypergraph.compiler.schedule.supply import Supply, answer_keys, nested_supply


@dataclass
class Planner:
    """Collects the plans of nested graphs, each once, innermost first."""

    mode: Mode
    limited: bool = False
    events: bool = False
    cache: bool = False
    functions: dict[tuple[int, Supply, frozenset[str], frozenset[str], bool], Plan] = field(
        default_factory=dict
    )

    def function(
        self,
        node: GraphNode,
        path: tuple[str, ...],
        supply: Supply,
        omitted: frozenset[str],
        open_to_absent: frozenset[str],
    ) -> Plan:
        """The plan of a nested graph; inputs that may be left out have defaults inside."""
        mapped = node.map_config is not None
        key = (id(node.graph), supply, omitted, open_to_absent, mapped)
        if key not in self.functions:
            met = check_nested(node.graph, supply.certain | supply.maybe, self.mode)
            if met.refusal is None:
                plan = self.plan(
                    node.graph, path, supply, omitted, open_to_absent, node.name, mapped
                )
            else:
                plan = refused_plan(
                    node.graph, node.name, "/".join(path), self.mode, supply, met.refusal
                )
            self.functions[key] = replace(plan, warnings=met.warnings)
        return self.functions[key]

    def plan(
        self,
        graph: Graph,
        path: tuple[str, ...],
        supply: Supply,
        omitted: frozenset[str] = frozenset(),
        open_to_absent: frozenset[str] = frozenset(),
        alias: str = "graph",
        mapped: bool = False,
    ) -> Plan:
        """The plan of one graph; the functions of its nested graphs are collected on the way."""
        active = tuple(node.name for node in graph.iter_nodes() if node.name in graph.active)
        channels = channels_of(graph, active)
        nodes = graph.nodes
        level = Level(
            graph,
            path,
            channels,
            supply.certain,
            supply.maybe,
            nodes,
            graph.controlled_by,
            self.cache,
        )
        inputs = _inputs(level, supply, omitted, open_to_absent)
        given = {one.name for one in inputs if one.default is not None}
        level = replace(level, supplied=level.supplied | given, maybe=level.maybe - given)
        knowledge = Knowledge()
        for one in inputs:
            present = "always" if one.default is not None else one.presence
            for slot in one.slots:
                knowledge.add_input(slot, present)
        generations, edges = _order(level, active)
        supersteps = self._supersteps(level, knowledge, generations)
        return Plan(
            name=graph.name or alias,
            key="/".join(path),
            mode=self.mode,
            limited=self.limited,
            events=self.events,
            cache=self.cache,
            graph=graph.name if self.events else None,
            inputs=inputs,
            supersteps=supersteps,
            outputs=_outputs(graph, knowledge, bool(path), mapped),
            beside=beside_of(generations, edges, supersteps) if self.mode == "async" else (),
        )

    def _supersteps(
        self, level: Level, knowledge: Knowledge, generations: Sequence[Sequence[Region]]
    ) -> tuple[Superstep, ...]:
        groups: list[tuple[StepPlan | LoopPlan, ...]] = []
        for generation in generations:
            items = [self._item(level, knowledge, region) for region in generation]
            planned = [item for item in items if item is not None]
            groups += [(item,) for item in planned if _asks(item)]
            others = [item for item in planned if not _asks(item)]
            groups += one_after_another(others) if self.mode == "async" else [tuple(others)]
        return tuple(
            Superstep(number, items) for number, items in enumerate(filter(None, groups), start=1)
        )

    def _item(
        self, level: Level, knowledge: Knowledge, region: Region
    ) -> StepPlan | LoopPlan | None:
        if region.is_loop:
            return loop_of(level, knowledge, [self.call(level, name) for name in region.members])
        return step_of(level, knowledge, self.call(level, region.members[0]))

    def call(self, level: Level, name: str) -> Call:
        """The call of one node."""
        node = level.nodes[name]
        path = (*level.path, name)
        signals = tuple(Slot(signal) for signal in node.outputs[len(node.data_outputs) :])
        if isinstance(node, GraphNode):
            return self._nested_call(level, node, path)
        outputs = tuple(
            Output(output, level.channels.writes[name, output], maybe=node.is_interrupt and i > 0)
            for i, output in enumerate(node.data_outputs)
        )
        gate = gate_of(node)
        if gate is not None:
            kind = "ifelse" if gate.when_true else "route"
        else:
            kind = "interrupt" if node.is_interrupt else "function"
        return Call(
            node=name,
            path=path,
            kind=kind,  # type: ignore[arg-type]
            flavour=flavour_of(node),
            arguments=arguments_of(level, node),
            outputs=outputs,
            signals=signals,
            gate=gate,
            answers=tuple(map(answer_slot, node.data_outputs)) if _answered(level, node) else (),
            cached=node.cache,
            definition=node.definition_hash if self.cache and node.cache else None,
        )

    def _nested_call(self, level: Level, node: GraphNode, path: tuple[str, ...]) -> Call:
        arguments = nested_arguments_of(level, node)
        answers = _answers(level, node)
        supply = nested_supply(node, arguments, level, answers)
        passed = {argument.parameter for argument in arguments}
        inner_names = node.map_inputs_to_params({name: name for name in node.inputs})
        omitted = frozenset(inner_names) - passed
        optional = frozenset(one.parameter for one in arguments if one.passing == "keyword")
        plan = self.function(node, path, supply, omitted, optional)
        mapping = mapping_of(node)
        outer = node.map_outputs_from_original(
            {output.name: output.name for output in plan.outputs}
        )
        outer_name = {inner: name for name, inner in outer.items()}
        outputs = tuple(
            Output(
                outer_name[output.name],
                level.channels.writes[node.name, outer_name[output.name]],
                maybe=output.maybe and mapping is None,
            )
            for output in plan.outputs
        )
        return Call(
            node=node.name,
            path=path,
            kind="graph" if mapping is None else "map",
            flavour="async" if self.mode == "async" else "plain",
            arguments=arguments + answers,
            outputs=outputs,
            function=plan.key,
            mapping=mapping,
            may_pause=any(one.kind == "interrupt" or one.may_pause for one in plan.calls()),
        )


def _order(
    level: Level, active: tuple[str, ...]
) -> tuple[tuple[tuple[Region, ...], ...], list[tuple[str, str]]]:
    """The generations of the planning graph, and its edges."""
    alive = set(active)
    edges = [
        (link.source, link.target)
        for link in level.graph.wiring.full
        if link.source in alive and link.target in alive
    ]
    return generations_of(active, edges), edges


def _answered(level: Level, node: HyperNode) -> bool:
    """Whether the caller may have brought the answers to this interrupt."""
    given = level.supplied | level.maybe
    return node.is_interrupt and given.issuperset(node.data_outputs)


def _asks(item: StepPlan | LoopPlan) -> bool:
    return isinstance(item, StepPlan) and item.call.kind == "interrupt"


def _answers(level: Level, node: GraphNode) -> tuple[Argument, ...]:
    """Answers meant for interrupts inside the graph node, by their dotted keys (K2)."""
    keys = {f"{node.name}.{key}": key for key in answer_keys(node.graph)}
    given = sorted(keys.keys() & (level.supplied | level.maybe))
    return tuple(Argument(key, keys[key], "keyword", Slot(key), None, True) for key in given)


def _inputs(
    level: Level, supply: Supply, omitted: frozenset[str], open_to_absent: frozenset[str]
) -> tuple[Input, ...]:
    """The parameters: those that must be given first, in the order the graph lists them."""
    spec = level.graph.inputs
    listed = [name for name in spec.all if name in supply.certain or name in supply.maybe]
    others = sorted((supply.certain | supply.maybe) - set(listed))
    inputs = [_input(level, supply, name, omitted, open_to_absent) for name in [*listed, *others]]
    return tuple(sorted(inputs, key=lambda one: one.default is not None or one.presence == "maybe"))


def _input(
    level: Level, supply: Supply, name: str, omitted: frozenset[str], open_to_absent: frozenset[str]
) -> Input:
    presence: Presence = "maybe" if name in supply.maybe else "always"
    slots = level.channels.slots_of(name)
    producers = [level.nodes[one] for one in level.channels.producers.get(Slot(name), ())]
    asking = {one.name for one in producers if one.is_interrupt and name in one.data_outputs}
    if asking:
        # Only who listens to the interrupt waits for it; with explicit edges others may not.
        unasked = (one for one in slots if asking.isdisjoint(level.channels.producers.get(one, ())))
        return Input(name, (answer_slot(name), *unasked), presence)
    if name in omitted or name in open_to_absent:
        found = (fallback_of(level, node, name) for node in _consumers(level, name))
        default = next((one for one in found if one is not None), None)
        return Input(name, slots, "always", default, by_sentinel=name in open_to_absent)
    if name in supply.maybe:
        return Input(name, slots, "maybe", _shared_default(level, name))
    return Input(name, slots, presence)


def _consumers(level: Level, name: str) -> list[HyperNode]:
    """The active nodes that read a name."""
    return [level.nodes[one] for one in level.channels.readers.get(name, ())]


def _shared_default(level: Level, name: str) -> Fallback | None:
    """The one object every consumer would use in place of this input, if there is such a one."""
    consumers = _consumers(level, name)
    if not consumers or any(name in node.outputs for node in level.nodes.values()):
        return None  # a default is not an output, not even in place of a node that is left out
    found = [fallback_of(level, node, name) for node in consumers]
    first = found[0]
    if first is None:
        return None
    if first.literal is None and any(isinstance(node, GraphNode) for node in consumers):
        return None  # what a nested graph has bound never passes through its caller (K6)
    same = all(
        one is not None and (one.kind, one.literal) == (first.kind, first.literal) for one in found
    )
    return first if same and first.shared and (first.literal or first.kind == "binding") else None


def _outputs(graph: Graph, knowledge: Knowledge, nested: bool, mapped: bool) -> tuple[Output, ...]:
    """What the function returns: every data output that can have a value, in the graph's order.

    Of a mapped graph every output is owed a list, so even those that cannot are there (X97).
    """
    # A graph node promises nothing for nodes that the entry points leave out (L18).
    nodes = (node for node in graph.iter_nodes() if not nested or node.name in graph.active)
    data = {name for node in nodes for name in node.data_outputs}
    wanted = graph.selected if nested and graph.selected is not None else graph.outputs
    found: list[Output] = []
    for name in wanted:
        slot, presence = Slot(name), knowledge.presence(Slot(name))
        if presence == "never" and not nested:
            # An answer is there even if the interrupt it is for cannot be reached (X68).
            slot, presence = answer_slot(name), knowledge.presence(answer_slot(name))
        if name in data and (presence != "never" or mapped):
            found.append(Output(name, (slot,), maybe=presence != "always"))
    return tuple(found)


def schedule(
    graph: Graph,
    supply: Supply,
    mode: Mode,
    limited: bool = False,
    events: bool = False,
    cache: bool = False,
) -> Plan:
    """The plan of ``graph`` for one shape of call.

    ``supply`` says which names the caller gives, always or perhaps; ``limited`` whether a limit on
    concurrent calls is to be kept, ``events`` whether events are to be told, ``cache`` whether the
    calls of cacheable nodes are to be looked up.

    >>> from hypergraph import Graph, node
    >>> @node(output_name="b")
    ... def double(a): return 2 * a
    >>> print(schedule(Graph([double], name="g"), Supply(frozenset({"a"})), "sync").describe())
    g(a) -> b
    <BLANKLINE>
    superstep 1  double
    """
    planner = Planner(mode, limited, events, cache)
    plan = planner.plan(graph, (), supply)
    return replace(plan, functions=_called(plan, tuple(planner.functions.values())))


def _called(plan: Plan, functions: tuple[Plan, ...]) -> tuple[Plan, ...]:
    """The functions that the program can get to: a graph node that never runs needs none."""
    called = {call.function for call in plan.calls()}
    for one in reversed(functions):  # innermost first, so callers come later
        if one.key in called:
            called.update(call.function for call in one.calls())
    return tuple(one for one in functions if one.key in called)
