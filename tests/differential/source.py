"""From a description to the text of a user's module, and from that to a graph."""

from __future__ import annotations

import ast
import itertools
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from hypergraph import Graph

from .bodies import Trace
from .spec import Ask, Fn, Gate, GraphSpec, NodeSpec, Param, Sub

HEAD = f'''"""A drawn graph."""

import hypergraph as _hg

from {__package__} import bodies as _bodies

TRACE = []
SEED = {{seed}}
'''


@dataclass(frozen=True)
class Built:
    """A graph made from a description, and the calls of its functions so far."""

    graph: Graph
    trace: Trace
    module: ModuleType


_serial = itertools.count()


def build(spec: GraphSpec, seed: int = 0) -> Built:
    """A new graph with a trace of its own; the seed decides how often async nodes give way."""
    module = ModuleType(f"drawn_{next(_serial)}")
    text = source(spec, seed)
    try:
        exec(compile(text, f"<{module.__name__}>", "exec"), module.__dict__)
    except Exception as error:
        raise AssertionError(f"this graph should be valid:\n{text}") from error
    return Built(module.graph, module.TRACE, module)


def is_valid(spec: GraphSpec) -> bool:
    """Whether a description is one of a graph."""
    try:
        build(spec)
    except AssertionError:
        return False
    return True


def source(spec: GraphSpec, seed: int = 0) -> str:
    """The text of a module that declares the graph as ``graph``.

    >>> adding = GraphSpec((Fn("add", (Param("x", "x"),), ("y",)),))
    >>> print(source(adding).partition("SEED = 0")[2])
    <BLANKLINE>
    <BLANKLINE>
    def add(x):
        _bodies.note(TRACE, 'add', {'x': x})
        return _bodies.digest('add', 1, {'x': x})
    <BLANKLINE>
    <BLANKLINE>
    graph = _hg.Graph([
        _hg.FunctionNode(add, 'add', ('y',)),
    ], name=None)
    <BLANKLINE>
    """
    writer = _Writer([], set())
    graph = writer.graph(spec, "")
    return HEAD.format(seed=seed) + "".join(writer.definitions) + f"\n\ngraph = {graph}\n"


@dataclass
class _Writer:
    definitions: list[str]
    taken: set[str]

    def graph(self, spec: GraphSpec, path: str) -> str:
        """The expression that makes a graph; its functions are defined first."""
        lines = [f"    {self.node(node, path)},\n" for node in spec.nodes]
        edges = "" if spec.edges is None else f", edges={_edges(spec)}"
        text = f"_hg.Graph([\n{''.join(lines)}], name={spec.name!r}{edges})"
        if spec.bound:
            text += ".bind(**{" + ", ".join(f"{n!r}: {value}" for n, value in spec.bound) + "})"
        if spec.entrypoints:
            text += f".with_entrypoint(*{spec.entrypoints!r})"
        if spec.selected:
            text += f".select(*{spec.selected!r})"
        return text

    def node(self, node: NodeSpec, path: str) -> str:
        if isinstance(node, Sub):
            return self.sub(node, path)
        function = self.function(node, path + node.name)
        renames = {p.name: p.shown for p in node.params if p.name != p.shown}
        options = f", rename_inputs={renames!r}" if renames else ""
        for option in ("emit", "wait_for", "cache"):
            if getattr(node, option, None):
                options += f", {option}={getattr(node, option)!r}"
        if isinstance(node, Gate):
            return _gate(node, function, options)
        kind = "InterruptNode" if isinstance(node, Ask) else "FunctionNode"
        outputs = node.outputs or (() if isinstance(node, Ask) else None)
        return f"_hg.{kind}({function}, {node.name!r}, {outputs!r}{options})"

    def sub(self, node: Sub, path: str) -> str:
        inner = self.graph(node.graph, f"{path}{node.name}/")
        name = f"_inner{len(self.definitions)}"
        self.definitions.append(f"\n\n{name} = {inner}\n")
        text = f"{name}.as_node(name={node.name!r})"
        renames = {inner: outer for inner, outer in node.inputs if inner != outer}
        if renames:
            text += f".with_inputs({renames!r})"
        outputs = {inner: outer for inner, outer in node.renamed_outputs if inner != outer}
        if outputs:
            text += f".with_outputs({outputs!r})"
        if node.map_over:
            clone = list(node.clone) if isinstance(node.clone, tuple) else node.clone
            text += (
                f".map_over(*{node.map_over!r}, mode={node.mode!r},"
                f" error_handling={node.on_error!r}, clone={clone!r})"
            )
        return text

    def function(self, node: Fn | Gate | Ask, path: str) -> str:
        """Define the node's function, under the node's name if that is free."""
        name = node.name if node.name.isidentifier() and node.name != "__debug__" else "function"
        while name in self.taken or name in {"graph", "TRACE", "SEED"}:
            name += "_"
        self.taken.add(name)
        arguments = "{" + ", ".join(f"{p.name!r}: {p.name}" for p in node.params) + "}"
        head = "async def" if isinstance(node, Fn) and node.kind.startswith("async") else "def"
        lines = [f"{head} {name}({_signature(node.params)}):"]
        lines += [f"    _bodies.note(TRACE, {path!r}, {arguments})"]
        lines += [f"    {line}" for line in _body(node, arguments)]
        self.definitions.append("\n\n" + "\n".join(lines) + "\n")
        return name


def _signature(params: tuple[Param, ...]) -> str:
    parts: list[str] = []
    for param in params:
        if param.kind == "keyword" and not any(part.startswith("*") for part in parts):
            parts.append("*")
        stars = {"spread": "*", "spread by name": "**"}.get(param.kind, "")
        default = "" if param.default is None else f"={param.default}"
        parts.append(f"{stars}{param.name}{default}")
        following = params[params.index(param) + 1 :]
        if param.kind == "positional" and all(p.kind != "positional" for p in following):
            parts.append("/")
    return ", ".join(parts)


def _body(node: Fn | Gate | Ask, arguments: str) -> list[str]:
    told = "".join(f", {_told(value)}" for value in node.body.told)
    if isinstance(node, Gate):
        return [f"return _bodies.{node.body.does}({node.name!r}, {arguments}{told})"]
    result = f"_bodies.{node.body.does}({node.name!r}, {len(node.outputs)}, {arguments}{told})"
    if isinstance(node, Ask) or node.kind == "plain":
        return [f"return {result}"]
    pause = [f"await _bodies.turns(SEED, {node.name!r}, {arguments})"]
    if node.kind == "async":
        return [*pause, f"return {result}"]
    many = f"_bodies.parts({len(node.outputs)}, {result})"
    return [
        f"for part in {many}:",
        *[f"    {line}" for line in [*pause[: node.kind != "generator"], "yield part"]],
    ]


def _told(value: Any) -> str:
    """A decision or number as text; ``"END"`` becomes the sentinel."""
    if value == "END":
        return "_hg.END"
    if value == "'END'":
        return repr("END")
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_told(part) for part in value) + "]"
    return repr(value)


def _gate(node: Gate, function: str, options: str) -> str:
    targets = ", ".join(_told(target) for target in node.targets)
    options += f", default_open={node.default_open!r}, name={node.name!r}"
    if node.is_ifelse:
        return f"_hg.IfElseNode({function}, {targets}{options})"
    if node.fallback is not None:
        options += f", fallback={_told(node.fallback)}"
    return f"_hg.RouteNode({function}, [{targets}], multi_target={node.multi_target!r}{options})"


def _edges(spec: GraphSpec) -> str:
    edges = [edge[:2] if edge[2] is None else edge for edge in spec.edges or ()]
    return repr(edges)


def literal(text: str) -> Any:
    """The value of a literal; a new object every time."""
    return ast.literal_eval(text)
