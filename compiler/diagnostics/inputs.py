"""Problems of calls: the runner, the inputs, loop entries and answers (HG3xx)."""

from __future__ import annotations

from hypergraph.compiler.diagnostics.problems import Entry
from hypergraph.runtime.refusals import (
    ANSWER_INCOMPLETE,
    ANSWER_UNKNOWN,
    CONFLICT,
    ENTRY_AMBIGUOUS,
    ENTRY_INCOMPLETE,
    ENTRY_NONE,
    ENTRY_UNKNOWN,
    MISSING,
    SELECT,
    UNEXPECTED,
)

__all__ = [
    "ASYNC_NODES",
    "INTERRUPTS",
    "NODE_TYPE",
    "ANSWER_INCOMPLETE",
    "ANSWER_UNKNOWN",
    "CONFLICT",
    "ENTRY_AMBIGUOUS",
    "ENTRY_INCOMPLETE",
    "ENTRY_NONE",
    "ENTRY_UNKNOWN",
    "MISSING",
    "SELECT",
    "UNEXPECTED",
]

ASYNC_NODES = Entry(
    "HG301",
    "async-nodes",
    "The graph has async nodes, which this runner cannot await: {nodes}",
    "An async function needs an event loop, and SyncRunner has none.",
    "run the graph with AsyncRunner, or make the functions plain ones.",
)
INTERRUPTS = Entry(
    "HG302",
    "interrupts",
    "The graph has InterruptNodes, at which this runner cannot pause: {nodes}",
    "A run that pauses to ask is for AsyncRunner; a blocking call has nobody to hand the pause to.",
    "run the graph with AsyncRunner.",
)
NODE_TYPE = Entry(
    "HG303",
    "node-type",
    "This runner does not support node type {type} of node '{node}'. Supported: {supported}",
    "Nodes are compiled by their exact class; what a subclass changes would be lost.",
    "make the node with one of the supported classes.",
)
