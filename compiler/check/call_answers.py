"""Answers to interrupts among the inputs of a call (K2, X106)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hypergraph.compiler.declare.graph import Graph
from hypergraph.compiler.declare.nested import GraphNode
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.diagnostics import inputs as catalogue
from hypergraph.compiler.diagnostics.problems import closest, problem


@dataclass(frozen=True)
class Question:
    """What an interrupt asks for, at any depth; an inactive one is never reached."""

    node: HyperNode
    keys: tuple[str, ...]
    active: bool


def questions_of(graph: Graph, prefix: str = "", active: bool = True) -> Iterator[Question]:
    """Every interrupt of a graph with the keys that answer it (X6)."""
    for node in graph.iter_nodes():
        reached = active and node.name in graph.active
        if node.is_interrupt:
            yield Question(node, tuple(prefix + name for name in node.data_outputs), reached)
        elif isinstance(node, GraphNode):
            yield from questions_of(node.graph, f"{prefix}{node.name}.", reached)


def check_answers(graph: Graph, supplied: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The dotted answers among the supplied names, and those of them that may be reached.

    Raises ``ValueError`` for a key that starts with the name of a graph node and names no interrupt
    in it (K2), and for an interrupt that is answered in part (X106).
    """
    dotted = [name for name in supplied if _addressed(graph, name) is not None]
    asking = [node for node in graph.iter_nodes() if node.is_interrupt]
    if not dotted and not any(name in node.data_outputs for node in asking for name in supplied):
        return frozenset(), frozenset()
    questions = tuple(questions_of(graph))
    keys = [key for question in questions for key in question.keys]
    for name in dotted:
        if name not in keys:
            raise _unknown(graph, name, keys)
    for question in questions:
        _check_complete(graph, question, supplied)
    reached = {key for question in questions if question.active for key in question.keys}
    return frozenset(dotted), frozenset(reached.intersection(dotted))


def _addressed(graph: Graph, key: str) -> GraphNode | None:
    """The graph node that a dotted key is meant for; dots mean nothing else (X16)."""
    head, dot, _ = key.partition(".")
    node = graph.nodes.get(head) if dot else None
    return node if isinstance(node, GraphNode) else None


def _unknown(graph: Graph, key: str, keys: Sequence[str]) -> ValueError:
    node = _addressed(graph, key)
    assert node is not None
    valid = [one for one in keys if one.startswith(f"{node.name}.")]
    return problem(
        ValueError,
        catalogue.ANSWER_UNKNOWN,
        where=[declared_at(node)],
        near=closest(key, valid),
        key=key,
        node=node.name,
        valid=", ".join(f"'{one}'" for one in valid) or "none",
    )


def _check_complete(graph: Graph, question: Question, supplied: Sequence[str]) -> None:
    given = [key for key in question.keys if key in supplied]
    if question.active and given and len(given) < len(question.keys):
        missing = [key for key in question.keys if key not in supplied]
        raise problem(
            ValueError,
            catalogue.ANSWER_INCOMPLETE,
            where=[declared_at(question.node)],
            node=question.node.name,
            given=", ".join(f"'{key}'" for key in given),
            missing=", ".join(f"'{key}'" for key in missing),
        )
