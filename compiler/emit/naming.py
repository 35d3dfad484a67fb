"""What needs a name in a module, and how visible each thing is to a reviewer.

Values keep their own names first of all, then the functions of graphs, then those of nodes, then
whatever generated code needs for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hypergraph.compiler.emit.fragments import Fragment, Identifier, literal
from hypergraph.compiler.emit.namespace import Key, Namespace, Request, legal
from hypergraph.compiler.plan import ASKED, Argument, Call, Fallback, Loop, Plan, Slot, Step

Path = tuple[str, ...]

VALUE, FUNCTION, NODE, OTHER = range(4)


@dataclass(frozen=True)
class Names:
    """The names of one function: its own, and those of the module around it."""

    module: Namespace
    local: Namespace
    canonical: Mapping[Path, Path]
    functions: Mapping[str, Key]

    def slot(self, slot: Slot) -> Identifier:
        """The variable of a value."""
        return self.local[slot_key(slot)]

    def about(self, what: str, *path: str) -> Identifier:
        """A variable that generated code keeps about something: what a gate ``said``, say."""
        key: Key = (what, *path)
        return self.local[key]

    def of_slot(self, what: str, slot: Slot) -> Identifier:
        """A variable about a value: its ``version``, what it was ``before``."""
        key: Key = (what, *slot_key(slot))
        return self.local[key]

    def node(self, call: Call) -> Identifier:
        """The function of a node."""
        return self.module[node_key("node", call, self.canonical)]

    def definition(self, call: Call) -> Fragment:
        """The hash by which a cache knows the function of a node, or where the module has it."""
        key = node_key("definition", call, self.canonical)
        return self.module[key] if key in self.module else literal(call.definition)

    def function(self, key: str) -> Identifier:
        """The function of a graph."""
        return self.module[self.functions[key]]

    def fallback(self, fallback: Fallback) -> Identifier:
        """The object that stands in for an input."""
        return self.module[fallback_key(fallback)]


def node_key(what: str, call: Call, canonical: Mapping[Path, Path]) -> Key:
    """Something about the function of a node, wherever that function is called."""
    return (what, *canonical.get(call.path, call.path))


def slot_key(slot: Slot) -> Key:
    channel = () if slot.channel is None else (*slot.channel, "|")
    return ("value", slot.name, *channel)


def fallback_key(fallback: Fallback) -> Key:
    return (fallback.kind, *fallback.owner, "|", fallback.parameter)


@dataclass(frozen=True)
class Variant:
    """What tells the functions of one plan from those of others in the same module.

    ``word`` ends their names; ``known`` are the names that the module has given out so far, and
    ``shared`` leads from nested functions to those that are there already. ``linked``: the module
    itself knows the definitions of cacheable nodes.
    """

    word: str = ""
    known: Namespace | None = None
    shared: Mapping[str, Key] = field(default_factory=dict)
    linked: bool = False


ALONE = Variant()


def names_of(
    plan: Plan, canonical: Mapping[Path, Path], variant: Variant = ALONE
) -> dict[str, Names]:
    """The names of every function of the program, by key; the outermost one's is ``""``."""
    plans = [*plan.functions, plan]
    values = [request for one in plans for request in _values(one)]
    functions = {one.key: _function_key(one, variant) for one in plans}
    module = Namespace(
        [*_module_requests(plans, canonical, functions, variant)],
        outer=(legal(request.wishes[0]) for request in values),
        known=variant.known,
    )
    outer = module.texts()
    return {
        one.key: Names(
            module, Namespace([*_values(one), *_others(one)], outer), canonical, functions
        )
        for one in plans
    }


def _function_key(plan: Plan, variant: Variant) -> Key:
    own = ("function", plan.key, variant.word) if variant.word else ("function", plan.key)
    return variant.shared.get(plan.key, own)


def _values(plan: Plan) -> Iterator[Request]:
    for slot in _slots(plan):
        yield Request(slot_key(slot), (_wish(slot),), VALUE)
    if any(True for _ in plan.loops()):
        yield Request(("limit",), ("max_iterations", "max_rounds"), VALUE)


def _wish(slot: Slot) -> str:
    if slot.channel is None:
        return slot.name
    if slot.channel == ASKED:
        return f"{slot.name}_answer"
    return "_".join([slot.name, "from", *slot.channel])


def _slots(plan: Plan) -> Iterator[Slot]:
    for one in plan.inputs:
        yield from one.slots
    for call in plan.calls():
        yield from (argument.slot for argument in call.arguments if argument.slot is not None)
        yield from (slot for output in call.outputs for slot in output.slots)
        yield from (*call.signals, *call.answers)
    for loop in plan.loops():
        for member in loop.members:
            yield from (*member.sees, *member.needs, *member.waits)
    for output in plan.outputs:
        yield from output.slots


def _module_requests(
    plans: list[Plan],
    canonical: Mapping[Path, Path],
    functions: Mapping[str, Key],
    variant: Variant,
) -> Iterator[Request]:
    end = f"_{variant.word}" if variant.word else ""
    for plan in plans:
        wishes = (f"{plan.name}{end}", f"{plan.name}_graph{end}")
        yield Request(functions[plan.key], wishes, FUNCTION)
        for call in plan.calls():
            if call.function is None:
                path = canonical.get(call.path, call.path)
                yield _node_request(path)
                if variant.linked and call.definition is not None:
                    yield _definition_request(path)
            yield from map(_fallback_request, _objects(call.arguments))
        for one in plan.inputs:
            if one.default is not None and needs_object(one.default):
                yield _fallback_request(one.default)


def _node_request(path: Path) -> Request:
    name = path[-1]
    wishes = (name, f"{name}_node", "_".join(path), "_".join([*path, "node"]))
    return Request(("node", *path), wishes, NODE)


def _definition_request(path: Path) -> Request:
    wishes = (f"{path[-1]}_definition", "_".join([*path, "definition"]))
    return Request(("definition", *path), wishes, OTHER)


def _objects(arguments: tuple[Argument, ...]) -> Iterator[Fallback]:
    for argument in arguments:
        if argument.fallback is not None and needs_object(argument.fallback):
            yield argument.fallback


def needs_object(fallback: Fallback) -> bool:
    """Whether the fallback cannot be written as a literal where it is used."""
    return fallback.literal is None


def _fallback_request(fallback: Fallback) -> Request:
    if fallback.kind == "binding":
        wishes: tuple[str, ...] = (f"bound_{fallback.parameter}",)
    else:
        wishes = (f"{fallback.owner[-1]}_{fallback.parameter}",)
    return Request(fallback_key(fallback), wishes, OTHER)


def _others(plan: Plan) -> Iterator[Request]:
    if plan.watched:
        yield Request(("watch",), ("watch",), OTHER)
        yield Request(("inner",), ("inner",), OTHER)
        yield Request(("given",), ("given",), OTHER)
        yield Request(("raw",), ("raw",), OTHER)
    for beside in plan.beside:
        yield Request(("lane",), ("lane",), OTHER)
        for lane in beside.lanes[1:]:
            yield Request(("lane", *lane.loops), (f"{'_and_'.join(lane.loops)}_lane",), OTHER)
    for superstep in plan.supersteps:
        for item in superstep.items:
            yield from _step_names(item.call) if isinstance(item, Step) else _loop_names(item)


def _step_names(call: Call) -> Iterator[Request]:
    if call.gate is not None:
        yield _about("said", call.node)
    if call.mapping is not None:
        for name in call.mapping.inputs:
            parameter = next(one.parameter for one in call.arguments if one.input == name)
            wish = parameter if parameter != name else f"{name}_item"
            yield Request(("item", call.node, name), (wish, f"{name}_item"), OTHER)
        for argument in call.arguments:
            yield Request(("copy", call.node, argument.input), (f"{argument.input}_copy",), OTHER)
    for output in call.outputs:
        yield Request(("new", call.node, output.name), (f"{output.name}_item",), OTHER)
        if call.mapping is not None:
            yield Request(("list", call.node, output.name), (f"{output.name}_list",), OTHER)
    yield Request(("result", call.node), (f"{call.node}_result",), OTHER)
    yield Request(("error",), ("error",), OTHER)


def _loop_names(loop: Loop) -> Iterator[Request]:
    yield Request(("rounds",), ("rounds",), OTHER)
    for one in loop.carried:
        for what in ("version", "before", "seen"):
            key = (what, *slot_key(one.slot))
            yield Request(key, (f"{one.slot.name}_{what}",), OTHER)
        yield Request(
            ("version seen", *slot_key(one.slot)), (f"{one.slot.name}_version_seen",), OTHER
        )
    for member in loop.members:
        for what in ("saw", "ran", "due", "ready", "first", "runs", "allowed", "opened", "alone"):
            yield _about(what, member.call.node)
        for slot in member.waits:
            key = ("waited", member.call.node, *slot_key(slot))
            yield Request(key, (f"{member.call.node}_waited_{slot.name}",), OTHER)
        yield from _step_names(member.call)
    for gate, target in loop.exits:
        yield Request(("chosen", gate, target), (f"{target}_chosen", f"{gate}_{target}"), OTHER)


def _about(what: str, node: str) -> Request:
    return Request((what, node), (f"{node}_{what}",), OTHER)
