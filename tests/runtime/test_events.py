"""The records of what happens in a run (X128, X129, X146)."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import re
import time
from typing import Any, get_args

import pytest

import hypergraph
from hypergraph.runtime.events import (
    BaseEvent,
    Event,
    NodeEndEvent,
    NodeStartEvent,
    RunEndEvent,
    RunStartEvent,
    error_type,
)
from hypergraph.runtime.results import RunStatus

BASE = {"run_id": "run-1", "span_id": "s", "parent_span_id": "p", "timestamp": 1.5}
FIELDS: dict[str, dict[str, Any]] = {
    "RunStartEvent": {"graph_name": "", "workflow_id": None, "is_map": False, "map_size": None},
    "RunEndEvent": {
        "graph_name": "",
        "status": RunStatus.COMPLETED,
        "error": None,
        "duration_ms": 0.0,
    },
    "NodeStartEvent": {"node_name": "", "graph_name": ""},
    "NodeEndEvent": {"node_name": "", "graph_name": "", "duration_ms": 0.0, "cached": False},
    "CacheHitEvent": {"node_name": "", "graph_name": "", "cache_key": ""},
    "NodeErrorEvent": {"node_name": "", "graph_name": "", "error": "", "error_type": ""},
    "RouteDecisionEvent": {"node_name": "", "graph_name": "", "decision": ""},
    "InterruptEvent": {
        "node_name": "",
        "graph_name": "",
        "workflow_id": None,
        "value": None,
        "response_param": "",
    },
    "StopRequestedEvent": {"workflow_id": None},
}
KINDS: list[Any] = [getattr(hypergraph, name) for name in FIELDS]
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)


@each_kind
def test_x128_fields_and_their_defaults(kind: Any) -> None:
    event = kind("run-1")
    expected = FIELDS[kind.__name__]
    assert [field.name for field in dataclasses.fields(kind)] == [*BASE, *expected]
    assert {name: getattr(event, name) for name in expected} == expected
    assert type(event) is kind and isinstance(event, BaseEvent)


@each_kind
def test_x128_base_fields_come_first_and_by_position(kind: Any) -> None:
    event = kind("run-1", "s", "p", 1.5)
    assert {name: getattr(event, name) for name in BASE} == BASE


@each_kind
def test_xe198_every_event_is_made_from_a_run_id_alone(kind: Any) -> None:
    before = time.time()
    first, second = kind(run_id="run-1"), kind("run-1")
    assert re.fullmatch("[0-9a-f]{16}", first.span_id) and first.span_id != second.span_id
    assert first.parent_span_id is None
    assert before <= first.timestamp <= second.timestamp <= time.time()


@each_kind
def test_xe198_every_event_is_immutable(kind: Any) -> None:
    event = kind("run-1")
    for field in dataclasses.fields(kind):
        with pytest.raises(AttributeError):
            setattr(event, field.name, "other")
        with pytest.raises(AttributeError):
            delattr(event, field.name)
    assert event.run_id == "run-1"


@each_kind
def test_x128_events_are_dataclasses(kind: Any) -> None:
    event: Any = kind(**BASE, **FIELDS[kind.__name__])
    name = kind.__name__
    assert dataclasses.is_dataclass(kind)
    assert dataclasses.asdict(event) == {**BASE, **FIELDS[name]}
    changed: Any = dataclasses.replace(event, run_id="run-2")
    assert changed.run_id == "run-2" and changed != event and type(changed) is kind
    assert dataclasses.replace(changed, run_id="run-1") == event
    assert hash(event) == hash(dataclasses.replace(event))
    assert repr(event).startswith(f"{name}(run_id='run-1', span_id='s',")


@each_kind
def test_x128_events_can_be_pickled_and_copied(kind: Any) -> None:
    event = kind("run-1")
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(event, protocol)) == event
    assert copy.copy(event) == copy.deepcopy(event) == event


@each_kind
def test_x128_what_an_event_does_not_have_it_does_not_accept(kind: Any) -> None:
    with pytest.raises(TypeError):
        kind()
    with pytest.raises(TypeError):
        kind("run-1", colour="red")


def test_x128_event_is_the_union_of_the_nine() -> None:
    assert {kind.__name__ for kind in get_args(Event)} == set(FIELDS)
    assert hypergraph.Event == Event


@pytest.mark.parametrize("base", [RunStartEvent, RunEndEvent, NodeStartEvent, NodeEndEvent])
def test_x128_events_can_be_extended(base: Any) -> None:
    plain = type("Plain", (base,), {})
    assert type(plain("run-1")) is plain and plain("run-1").graph_name == ""
    extended = dataclasses.make_dataclass(
        "Extended", [("extra", int, 3)], bases=(base,), frozen=True
    )
    event: Any = extended("run-1", extra=4)
    assert event.extra == 4 and re.fullmatch("[0-9a-f]{16}", event.span_id)


def test_x129_graphs_may_be_unnamed() -> None:
    assert NodeStartEvent("run-1", graph_name=None).graph_name is None


def test_x129_error_types_carry_their_module() -> None:
    class Odd(Exception): ...

    assert error_type(ValueError("x")) == "builtins.ValueError"
    assert error_type(Odd()) == f"{__name__}.{Odd.__qualname__}"


@pytest.mark.parametrize("status", list(RunStatus))
def test_x146_run_end_takes_the_word_of_a_status(status: RunStatus) -> None:
    word: Any = status.value
    assert RunEndEvent("run-1", status=word).status is status


def test_x146_an_unknown_word_is_refused() -> None:
    word: Any = "done"
    with pytest.raises(ValueError, match="done"):
        RunEndEvent("run-1", status=word)
