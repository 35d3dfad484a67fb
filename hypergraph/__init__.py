"""Compile graphs of plain Python functions into flat, readable Python modules.

Every public name lives here and is loaded when it is first used, so that importing the package, or
running a compiled program, never loads the compiler.
"""

from __future__ import annotations

from importlib import import_module

# Not typing's: a program that has been compiled starts faster without that module.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hypergraph.compiler.artifact import Artifact, compile_graph
    from hypergraph.compiler.declare.function import FunctionNode, node
    from hypergraph.compiler.declare.gates import GateNode, IfElseNode, RouteNode, ifelse, route
    from hypergraph.compiler.declare.graph import Graph
    from hypergraph.compiler.declare.interrupt import InterruptNode, interrupt
    from hypergraph.compiler.declare.nested import GraphNode
    from hypergraph.compiler.declare.node import HyperNode
    from hypergraph.compiler.outline.files import read_artifact
    from hypergraph.runtime.cache import CacheBackend, DiskCache, InMemoryCache
    from hypergraph.runtime.dispatch import (
        AsyncEventProcessor,
        EventDispatcher,
        EventProcessor,
        TypedEventProcessor,
    )
    from hypergraph.runtime.errors import (
        ExecutionError,
        GraphConfigError,
        IncompatibleRunnerError,
        InfiniteLoopError,
        MissingInputError,
        RenameError,
    )
    from hypergraph.runtime.events import (
        BaseEvent,
        CacheHitEvent,
        Event,
        InterruptEvent,
        NodeEndEvent,
        NodeErrorEvent,
        NodeStartEvent,
        RouteDecisionEvent,
        RunEndEvent,
        RunStartEvent,
        StopRequestedEvent,
    )
    from hypergraph.runtime.inputs import InputSpec
    from hypergraph.runtime.nodetimes import NodeTime, NodeTimes
    from hypergraph.runtime.otel import OpenTelemetryProcessor
    from hypergraph.runtime.program import Program
    from hypergraph.runtime.progress import RichProgressProcessor
    from hypergraph.runtime.results import PauseInfo, RunResult, RunStatus
    from hypergraph.runtime.runners.asynchronous import AsyncRunner
    from hypergraph.runtime.runners.base import BaseRunner, ErrorHandling, RunnerCapabilities
    from hypergraph.runtime.runners.sync import SyncRunner
    from hypergraph.runtime.scale.errors import (
        ExecutorError,
        RemoteError,
        Unpicklable,
        WorkerLost,
        WorkerMismatch,
        WorkerStalled,
    )
    from hypergraph.runtime.sentinels import END
    from hypergraph.runtime.textprogress import TextProgressProcessor
    from hypergraph.runtime.timeline import TimelineProcessor

_HOMES = {
    "compiler.artifact": "Artifact compile_graph",
    "compiler.declare.function": "FunctionNode node",
    "compiler.declare.gates": "GateNode IfElseNode RouteNode ifelse route",
    "compiler.declare.graph": "Graph",
    "compiler.declare.interrupt": "InterruptNode interrupt",
    "compiler.declare.nested": "GraphNode",
    "compiler.declare.node": "HyperNode",
    "compiler.outline.files": "read_artifact",
    "runtime.cache": "CacheBackend DiskCache InMemoryCache",
    "runtime.dispatch": "AsyncEventProcessor EventDispatcher EventProcessor TypedEventProcessor",
    "runtime.errors": (
        "ExecutionError GraphConfigError IncompatibleRunnerError InfiniteLoopError "
        "MissingInputError RenameError"
    ),
    "runtime.events": (
        "BaseEvent CacheHitEvent Event InterruptEvent NodeEndEvent NodeErrorEvent NodeStartEvent "
        "RouteDecisionEvent RunEndEvent RunStartEvent StopRequestedEvent"
    ),
    "runtime.inputs": "InputSpec",
    "runtime.nodetimes": "NodeTime NodeTimes",
    "runtime.otel": "OpenTelemetryProcessor",
    "runtime.program": "Program",
    "runtime.progress": "RichProgressProcessor",
    "runtime.results": "PauseInfo RunResult RunStatus",
    "runtime.runners.asynchronous": "AsyncRunner",
    "runtime.runners.base": "BaseRunner ErrorHandling RunnerCapabilities",
    "runtime.runners.sync": "SyncRunner",
    "runtime.scale.errors": (
        "ExecutorError RemoteError Unpicklable WorkerLost WorkerMismatch WorkerStalled"
    ),
    "runtime.sentinels": "END",
    "runtime.textprogress": "TextProgressProcessor",
    "runtime.timeline": "TimelineProcessor",
}
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names.split()}

# Spelled out, so that type checkers know what may be imported from here.
__all__ = [
    "Artifact",
    "AsyncEventProcessor",
    "AsyncRunner",
    "BaseEvent",
    "BaseRunner",
    "CacheBackend",
    "CacheHitEvent",
    "DiskCache",
    "END",
    "ErrorHandling",
    "Event",
    "EventDispatcher",
    "EventProcessor",
    "ExecutionError",
    "ExecutorError",
    "FunctionNode",
    "GateNode",
    "Graph",
    "GraphConfigError",
    "GraphNode",
    "HyperNode",
    "IfElseNode",
    "InMemoryCache",
    "IncompatibleRunnerError",
    "InfiniteLoopError",
    "InputSpec",
    "InterruptEvent",
    "InterruptNode",
    "MissingInputError",
    "NodeEndEvent",
    "NodeErrorEvent",
    "NodeStartEvent",
    "NodeTime",
    "NodeTimes",
    "OpenTelemetryProcessor",
    "PauseInfo",
    "Program",
    "RemoteError",
    "RenameError",
    "RichProgressProcessor",
    "RouteDecisionEvent",
    "RouteNode",
    "RunEndEvent",
    "RunResult",
    "RunStartEvent",
    "RunStatus",
    "RunnerCapabilities",
    "StopRequestedEvent",
    "SyncRunner",
    "TextProgressProcessor",
    "TimelineProcessor",
    "TypedEventProcessor",
    "Unpicklable",
    "WorkerLost",
    "WorkerMismatch",
    "WorkerStalled",
    "compile_graph",
    "ifelse",
    "interrupt",
    "node",
    "read_artifact",
    "route",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'hypergraph' has no attribute {name!r}")
    value = getattr(import_module(f"hypergraph.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
