"""What happens during a run, as immutable records (X128, X129, X146).

Every class is a frozen dataclass. A program that reports to processors makes two of them for each
node it calls, and assigning the fields of a frozen dataclass one by one costs as much as a dozen
calls: the classes made most often are therefore filled as an open draft of the same layout, which
then becomes the frozen event.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from os import urandom
from time import time
from typing import Any, TypeAlias

from hypergraph.runtime.results import RunStatus


def new_span_id() -> str:
    """A fresh identity for something that takes time in a run: 16 hex digits."""
    return urandom(8).hex()


@dataclass(frozen=True, slots=True)
class BaseEvent:
    """What all events have: whose run, which span, inside which span, and when.

    ``timestamp`` is Unix time. Only ``run_id`` is required.

    >>> event = NodeStartEvent("run-1", node_name="embed")
    >>> event.node_name, len(event.span_id), event.parent_span_id
    ('embed', 16, None)
    """

    run_id: str
    span_id: str = field(default_factory=new_span_id)
    parent_span_id: str | None = None
    timestamp: float = field(default_factory=time)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple([getattr(self, each.name) for each in fields(self)])


@dataclass(frozen=True, slots=True)
class RunStartEvent(BaseEvent):
    """A run, or a whole map of ``map_size`` items, begins."""

    graph_name: str | None = ""
    workflow_id: str | None = None
    is_map: bool = False
    map_size: int | None = None


@dataclass(frozen=True, slots=True)
class RunEndEvent(BaseEvent):
    """A run, or a whole map, has ended; ``status`` may be given as its word (X146).

    >>> RunEndEvent("run-1", status="failed").status
    <RunStatus.FAILED: 'failed'>
    """

    graph_name: str | None = ""
    status: RunStatus = RunStatus.COMPLETED
    error: str | None = None
    duration_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class NodeStartEvent(BaseEvent):
    """A node begins to execute."""

    node_name: str = ""
    graph_name: str | None = ""


@dataclass(frozen=True, slots=True)
class NodeEndEvent(BaseEvent):
    """A node has executed, or its outputs were found in the cache."""

    node_name: str = ""
    graph_name: str | None = ""
    duration_ms: float = 0.0
    cached: bool = False


@dataclass(frozen=True, slots=True)
class CacheHitEvent(BaseEvent):
    """The outputs of a node were found in the cache."""

    node_name: str = ""
    graph_name: str | None = ""
    cache_key: str = ""


@dataclass(frozen=True, slots=True)
class NodeErrorEvent(BaseEvent):
    """A node raised; ``error_type`` is the class with its module."""

    node_name: str = ""
    graph_name: str | None = ""
    error: str = ""
    error_type: str = ""


@dataclass(frozen=True, slots=True)
class RouteDecisionEvent(BaseEvent):
    """A gate decided: a target, ``END`` itself, a list of targets, or ``None``."""

    node_name: str = ""
    graph_name: str | None = ""
    decision: Any = ""


@dataclass(frozen=True, slots=True)
class InterruptEvent(BaseEvent):
    """An interrupt paused its run, asking for ``response_param``."""

    node_name: str = ""
    graph_name: str | None = ""
    workflow_id: str | None = None
    value: Any = None
    response_param: str = ""


@dataclass(frozen=True, slots=True)
class StopRequestedEvent(BaseEvent):
    """Something outside asked a run to stop."""

    workflow_id: str | None = None


Event: TypeAlias = (
    RunStartEvent
    | RunEndEvent
    | NodeStartEvent
    | NodeEndEvent
    | CacheHitEvent
    | NodeErrorEvent
    | RouteDecisionEvent
    | InterruptEvent
    | StopRequestedEvent
)


def error_type(error: BaseException) -> str:
    """The class of an exception with its module, as ``NodeErrorEvent`` shows it (X129).

    >>> error_type(ValueError("odd"))
    'builtins.ValueError'
    """
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _draft_of(event: type[BaseEvent]) -> Any:
    """A class whose instances can be assigned to and then become instances of ``event``."""
    closed: Any = event
    # One slot of the type serves both ways of changing an attribute: opening it takes both names.
    names = ("__init__", "__setattr__", "__delattr__")
    opened = {name: getattr(object, name) for name in names}
    return type(event.__name__, (BaseEvent,), {"__slots__": closed.__slots__, **opened})


def _fill_with(event: type[BaseEvent], make: Any) -> None:
    """Let ``make`` create the instances of ``event``; classes derived from it are not affected."""
    fill: Any = event.__init__

    def make_derived(cls: Any, *args: Any, **kwargs: Any) -> Any:
        event = object.__new__(cls)
        if cls.__init__ is object.__init__:
            fill(event, *args, **kwargs)
        return event

    def derive(derived: Any) -> None:
        derived.__new__ = make_derived

    changed: Any = event
    changed.__init_subclass__ = classmethod(derive)
    changed.__new__ = make
    changed.__init__ = object.__init__


_RunStartDraft = _draft_of(RunStartEvent)
_RunEndDraft = _draft_of(RunEndEvent)
_NodeStartDraft = _draft_of(NodeStartEvent)
_NodeEndDraft = _draft_of(NodeEndEvent)


def _run_start(
    cls: type[RunStartEvent],
    run_id: str,
    span_id: str | None = None,
    parent_span_id: str | None = None,
    timestamp: float | None = None,
    graph_name: str | None = "",
    workflow_id: str | None = None,
    is_map: bool = False,
    map_size: int | None = None,
) -> Any:
    event = _RunStartDraft()
    event.run_id = run_id
    event.span_id = new_span_id() if span_id is None else span_id
    event.parent_span_id = parent_span_id
    event.timestamp = time() if timestamp is None else timestamp
    event.graph_name = graph_name
    event.workflow_id = workflow_id
    event.is_map = is_map
    event.map_size = map_size
    event.__class__ = cls
    return event


def _run_end(
    cls: type[RunEndEvent],
    run_id: str,
    span_id: str | None = None,
    parent_span_id: str | None = None,
    timestamp: float | None = None,
    graph_name: str | None = "",
    status: RunStatus = RunStatus.COMPLETED,
    error: str | None = None,
    duration_ms: float = 0.0,
) -> Any:
    event = _RunEndDraft()
    event.run_id = run_id
    event.span_id = new_span_id() if span_id is None else span_id
    event.parent_span_id = parent_span_id
    event.timestamp = time() if timestamp is None else timestamp
    event.graph_name = graph_name
    event.status = RunStatus(status)
    event.error = error
    event.duration_ms = duration_ms
    event.__class__ = cls
    return event


def _node_start(
    cls: type[NodeStartEvent],
    run_id: str,
    span_id: str | None = None,
    parent_span_id: str | None = None,
    timestamp: float | None = None,
    node_name: str = "",
    graph_name: str | None = "",
) -> Any:
    event = _NodeStartDraft()
    event.run_id = run_id
    event.span_id = new_span_id() if span_id is None else span_id
    event.parent_span_id = parent_span_id
    event.timestamp = time() if timestamp is None else timestamp
    event.node_name = node_name
    event.graph_name = graph_name
    event.__class__ = cls
    return event


def _node_end(
    cls: type[NodeEndEvent],
    run_id: str,
    span_id: str | None = None,
    parent_span_id: str | None = None,
    timestamp: float | None = None,
    node_name: str = "",
    graph_name: str | None = "",
    duration_ms: float = 0.0,
    cached: bool = False,
) -> Any:
    event = _NodeEndDraft()
    event.run_id = run_id
    event.span_id = new_span_id() if span_id is None else span_id
    event.parent_span_id = parent_span_id
    event.timestamp = time() if timestamp is None else timestamp
    event.node_name = node_name
    event.graph_name = graph_name
    event.duration_ms = duration_ms
    event.cached = cached
    event.__class__ = cls
    return event


_fill_with(RunStartEvent, _run_start)
_fill_with(RunEndEvent, _run_end)
_fill_with(NodeStartEvent, _node_start)
_fill_with(NodeEndEvent, _node_end)
