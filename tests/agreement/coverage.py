"""What a drawn case has in it: the features whose combinations the drawn cases are to reach."""

from __future__ import annotations

from collections.abc import Iterator

from tests.differential import names
from tests.differential.sketch import leads_to
from tests.differential.source import literal
from tests.differential.spec import Ask, Case, Fn, Gate, GraphSpec, NodeSpec, Sub, inputs_of


def coverage_of(case: Case) -> set[str]:
    """All features of a case, those of its nested graphs included."""
    found = set(_call_features(case))
    for depth, graph in every_graph(case.graph):
        found |= {f"depth {depth}", *_graph_features(graph), *_loop_features(graph)}
        if depth > 1 and any(isinstance(node, Ask) for node in graph.nodes):
            found.add("nested interrupt")
        for node in graph.nodes:
            found |= set(_node_features(node))
    return found


def every_graph(graph: GraphSpec, depth: int = 1) -> Iterator[tuple[int, GraphSpec]]:
    """The graph and all that are nested in it, each with its depth."""
    yield depth, graph
    for node in graph.nodes:
        if isinstance(node, Sub):
            yield from every_graph(node.graph, depth + 1)


def _call_features(case: Case) -> Iterator[str]:
    call = case.call
    names_given = {name for name, _ in call.values}
    if call.select is not None:
        yield "select="
    if call.entrypoint is not None:
        yield "entrypoint="
    if call.map_over is not None:
        yield f"map, {call.map_over.mode}"
        given = dict(call.values)
        for name in call.map_over.names:
            length = len(literal(given[name])) if name in given else 0
            yield f"map over {('no', 'one')[length] if length < 2 else 'many'}"
    if any(names_given.intersection(node.outputs) for node in case.graph.nodes):
        yield "injected or seeded"
    if any("." in name for name in names_given):
        yield "dotted answer"


def _graph_features(graph: GraphSpec) -> Iterator[str]:
    produced = {name for node in graph.nodes for name in node.outputs}
    read = [name for node in graph.nodes for name in inputs_of(node)]
    if any(read.count(name) > 1 for name in produced):
        yield "fan-out"
    if any(len(produced.intersection(inputs_of(node))) > 1 for node in graph.nodes):
        yield "fan-in"
    if any(name in produced for name, _ in graph.bound):
        yield "binding on an edge-fed input"
    if any(
        param.default is not None and param.shown in produced
        for node in graph.nodes
        if not isinstance(node, Sub)
        for param in node.params
    ):
        yield "default on an edge-fed input"
    gates = {node.name for node in graph.nodes if isinstance(node, Gate)}
    if any(gates.intersection(node.targets) for node in graph.nodes if isinstance(node, Gate)):
        yield "gate of a gate"
    options = {
        "explicit edges": graph.edges is not None,
        "with_entrypoint": graph.entrypoints,
        "select": graph.selected,
        "bind": graph.bound,
    }
    yield from (name for name, given in options.items() if given)


def _loop_features(graph: GraphSpec) -> Iterator[str]:
    after = {node.name: _after(graph, node) for node in graph.nodes}
    for node in graph.nodes:
        members = [one for one in graph.nodes if one.name in after[node.name]]
        members = [one for one in members if node.name in after[one.name]]
        if node.name not in after[node.name]:
            continue
        yield "loop of one" if len(members) < 2 else "ring"
        if len(members) > 3:
            yield "large loop"
        if any(isinstance(one, Gate) for one in members):
            yield "gate in a loop"
        else:
            yield "loop without a gate"
        if set(node.outputs).intersection(inputs_of(node)):
            yield "self-production"
        for one in members:
            if isinstance(one, Sub):
                yield "graph in a loop"
                if any(_loop_features(one.graph)):
                    yield "loop in a loop"


def _after(graph: GraphSpec, node: NodeSpec) -> set[str]:
    found: set[str] = set()
    frontier = [node]
    while frontier:
        reached = [
            other
            for one in frontier
            for other in graph.nodes
            if other.name not in found and leads_to(one, other)
        ]
        found |= {one.name for one in reached}
        frontier = list({one.name: one for one in reached}.values())
    return found


def _node_features(node: NodeSpec) -> Iterator[str]:
    if node.emit:
        yield "emit"
    if node.wait_for:
        yield "wait_for"
    hostile = {*names.HOSTILE_VALUES, *names.HOSTILE_NODES, *names.INPUTS_ONLY}
    if hostile.intersection((node.name, *node.outputs, *inputs_of(node))):
        yield "hostile names"
    if isinstance(node, Sub):
        yield from _sub_features(node)
        return
    yield from (f"{param.kind} parameter" for param in node.params)
    if any(param.name != param.shown for param in node.params):
        yield "renamed input"
    if isinstance(node, Ask):
        yield "interrupt"
    elif isinstance(node, Fn):
        yield f"{node.kind} function"
        yield f"body {node.body.does}"
        if len(node.outputs) != 1:
            yield "several outputs" if node.outputs else "no output"
    else:
        yield from _gate_features(node)


def _sub_features(node: Sub) -> Iterator[str]:
    if any(inner != outer for inner, outer in (*node.inputs, *node.renamed_outputs)):
        yield "renamed graph node"
    if node.map_over:
        yield f"map_over, {node.mode}"
        yield f"map_over, {node.on_error}"
        if node.clone:
            yield "clone"


def _gate_features(node: Gate) -> Iterator[str]:
    yield "ifelse" if node.is_ifelse else "route"
    yield "open gate" if node.default_open else "closed gate"
    if node.multi_target:
        yield "multi_target"
    if node.fallback is not None:
        yield "fallback"
    if "END" in node.targets:
        yield "END"
    said = node.body.told[0] if node.body.does == "pick" and node.body.told else ()
    if isinstance(said, tuple) and None in said:
        yield "None decision"
