"""Runs as OpenTelemetry traces."""

from __future__ import annotations

import sys

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from hypergraph import END, OpenTelemetryProcessor, RunStatus
from tests.runtime.telling import Teller


class Traces:
    """A processor, somebody to tell it things, and the spans that come out."""

    def __init__(self) -> None:
        self.exporter = InMemorySpanExporter()
        self.provider = TracerProvider(shutdown_on_exit=False)
        self.provider.add_span_processor(SimpleSpanProcessor(self.exporter))
        self.processor = OpenTelemetryProcessor(self.provider)
        self.tell = Teller(self.processor)

    @property
    def spans(self) -> list[ReadableSpan]:
        """In order of their beginning."""
        return sorted(self.exporter.get_finished_spans(), key=lambda span: span.start_time or 0)

    def tree(self) -> dict[str, str | None]:
        """Each span's name with that of its parent."""
        names = {span.context.span_id: span.name for span in self.spans if span.context}
        return {
            span.name: names.get(span.parent.span_id) if span.parent else None
            for span in self.spans
        }

    def named(self, name: str) -> ReadableSpan:
        (span,) = [span for span in self.spans if span.name == name]
        return span


def events_of(span: ReadableSpan) -> list[tuple[str, dict[str, object]]]:
    return [(event.name, dict(event.attributes or {})) for event in span.events]


def test_runs_nodes_and_nested_runs_are_spans_inside_each_other() -> None:
    traces = Traces()
    tell = traces.tell
    with (
        tell.run("rag") as run,
        tell.node("search", run) as search,
        tell.run("searching", search) as inner,
    ):
        tell.call("rank", inner)
    assert traces.tree() == {
        "run rag": None,
        "node search": "run rag",
        "run searching": "node search",
        "node rank": "run searching",
    }
    assert len({span.context.trace_id for span in traces.spans if span.context}) == 1


def test_items_of_a_map_are_spans_inside_that_of_the_map() -> None:
    traces = Traces()
    with traces.tell.run("batch", items=2) as outer:
        for _ in range(2):
            with traces.tell.run("batch", outer):
                pass
    outer_span = traces.named("map batch")
    assert outer_span.attributes and outer_span.attributes["hypergraph.map_size"] == 2
    items = [span for span in traces.spans if span.name == "run batch"]
    assert outer_span.context and len(items) == 2
    assert {item.parent.span_id for item in items if item.parent} == {outer_span.context.span_id}


def test_spans_have_the_times_of_the_events() -> None:
    traces = Traces()
    with traces.tell.run(None) as run:
        traces.tell.call("embed", run, takes=2.0)
    span = traces.named("node embed")
    assert span.start_time == 1_700_000_000 * 10**9
    assert span.end_time == 1_700_000_002 * 10**9
    assert traces.named("run").attributes is not None


def test_a_run_belongs_to_the_span_that_is_current_where_it_starts() -> None:
    traces = Traces()
    tracer = traces.provider.get_tracer("mine")
    with tracer.start_as_current_span("request"), traces.tell.run("rag"):
        pass
    assert traces.tree()["run rag"] == "request"


def test_errors_are_recorded_on_every_span_they_pass() -> None:
    traces = Traces()
    with traces.tell.run("rag", status=RunStatus.FAILED, error="boom") as run:
        traces.tell.call("embed", run, error="boom")
        traces.tell.call("other", run)
    node = traces.named("node embed")
    assert node.status.status_code is StatusCode.ERROR and node.status.description == "boom"
    assert events_of(node) == [
        ("exception", {"exception.type": "builtins.ValueError", "exception.message": "boom"})
    ]
    assert traces.named("run rag").status.status_code is StatusCode.ERROR
    assert traces.named("node other").status.status_code is StatusCode.UNSET


@pytest.mark.parametrize(
    ("decision", "shown"),
    [("step", ("step",)), (END, ("END",)), (["a", "b"], ("a", "b")), (None, ("None",))],
)
def test_decisions_are_events_of_the_gate(decision: object, shown: tuple[str, ...]) -> None:
    traces = Traces()
    with traces.tell.run("loop") as run, traces.tell.node("check", run):
        traces.tell.decide("check", run, decision)
    assert events_of(traces.named("node check")) == [("decision", {"hypergraph.decision": shown})]


def test_cache_hits_are_events_of_the_node() -> None:
    traces = Traces()
    with traces.tell.run("rag") as run:
        traces.tell.call("embed", run, cached=True)
    node = traces.named("node embed")
    assert events_of(node) == [("cache hit", {"hypergraph.cache_key": "k" * 64})]
    assert node.attributes and node.attributes["hypergraph.cached"] is True


def test_a_pause_ends_the_spans_around_it() -> None:
    traces = Traces()
    tell = traces.tell
    with tell.run("desk", status=RunStatus.PAUSED) as run:
        legal = tell.node("legal", run).__enter__()
        with tell.run("legal", legal, status=RunStatus.PAUSED) as inner:
            tell.call("sign_off", inner, asks="verdict")
    assert traces.tree() == {
        "run desk": None,
        "node legal": "run desk",
        "run legal": "node legal",
        "node sign_off": "run legal",
    }
    assert ("interrupt", {"hypergraph.response_param": "verdict"}) in events_of(
        traces.named("node sign_off")
    )
    desk = traces.named("run desk")
    assert desk.attributes and desk.attributes["hypergraph.status"] == "paused"


def test_what_a_cancelled_run_left_open_ends_at_shutdown() -> None:
    traces = Traces()
    run = traces.tell.run("rag").__enter__()
    traces.tell.node("slow", run).__enter__()
    traces.processor.shutdown()
    assert set(traces.tree()) == {"run rag", "node slow"}


def test_the_shutdown_of_one_run_leaves_another_that_goes_on() -> None:
    traces = Traces()
    with traces.tell.run("long"):
        with traces.tell.run("short"):
            pass
        traces.processor.shutdown()
        assert set(traces.tree()) == {"run short"}
    traces.processor.shutdown()
    assert traces.tree() == {"run long": None, "run short": None}


def test_without_the_package_construction_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    with pytest.raises(ImportError, match=r"opentelemetry-api.*hypergraph\[otel\]"):
        OpenTelemetryProcessor()
