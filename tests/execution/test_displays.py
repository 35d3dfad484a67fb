"""The processors that come with the project, watching real runs."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import rich
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from rich.console import Console

from hypergraph import (
    Graph,
    InMemoryCache,
    OpenTelemetryProcessor,
    RichProgressProcessor,
    TextProgressProcessor,
    TimelineProcessor,
    interrupt,
    node,
)
from tests.execution.watching import BOTH, Kind, run, run_map

both = pytest.mark.parametrize("kind", BOTH)


@node(output_name="score", cache=True)
def rate(item: int) -> int:
    if item < 0:
        raise ValueError("cannot rate")
    return item * 10


@interrupt(output_name="verdict")
def sign_off(score: int) -> None:
    return None


RATING = Graph([rate], name="rating")
OUTER = Graph([RATING.as_node(name="inside")], name="outer")


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    file = io.StringIO()
    monkeypatch.setattr(rich, "_console", Console(file=file, width=100, force_terminal=False))
    return file


@both
def test_xe202_a_run_shows_a_bar_per_node_and_one_line_at_its_end(
    kind: Kind, console: io.StringIO
) -> None:
    """XE204: nested nodes are indented and have another icon."""
    run(kind, OUTER, {"item": 1}, RichProgressProcessor(transient=False))
    shown = console.getvalue()
    assert "✓ outer completed!" in shown and "📦 inside" in shown and "  🌳 rate" in shown


@both
def test_xe205_failed_items_are_counted_on_the_bar_of_the_map(
    kind: Kind, console: io.StringIO
) -> None:
    """XE203: the bar of the node has the size of the map."""
    processor = RichProgressProcessor(transient=False)
    options = {"map_over": "item", "error_handling": "continue"}
    run_map(kind, RATING, {"item": [1, -1, 3]}, processor, **options)
    shown = console.getvalue()
    assert "rating Progress (1 failed)" in shown and "3/3" in shown and "rate FAILED" in shown


@both
def test_progress_as_text_follows_a_run(kind: Kind) -> None:
    stream, cache = io.StringIO(), InMemoryCache()
    for _ in range(2):
        run(kind, OUTER, {"item": 1}, TextProgressProcessor(stream=stream), cache=cache)
    lines = stream.getvalue().splitlines()
    assert lines[0] == "outer: started" and lines[-1].startswith("outer: completed in")
    assert "    rate: cached" in lines and sum("inside: done" in line for line in lines) == 2


@both
def test_a_timeline_is_written_when_the_run_has_ended(kind: Kind, tmp_path: Path) -> None:
    page = tmp_path / "runs.html"
    timeline = TimelineProcessor(page)
    run_map(kind, OUTER, {"item": [1, 2]}, timeline, map_over="item")
    (chart,) = timeline.charts
    assert sum(bar.lane[-1] == "rate" for bar in chart.bars if bar.kind == "node") == 2
    assert "rate" in page.read_text(encoding="utf-8")


@both
def test_a_run_is_a_trace_of_spans_inside_each_other(kind: Kind) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    run(kind, OUTER, {"item": 1}, OpenTelemetryProcessor(provider))
    spans = exporter.get_finished_spans()
    names = {span.context.span_id: span.name for span in spans if span.context}
    tree = {span.name: names[span.parent.span_id] if span.parent else None for span in spans}
    assert tree == {
        "run outer": None,
        "node inside": "run outer",
        "run rating": "node inside",
        "node rate": "run rating",
    }


def test_k10_a_pause_leaves_no_span_of_a_trace_open() -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    desk = Graph([rate, sign_off], name="desk")
    processor = OpenTelemetryProcessor(provider)
    assert run("async", Graph([desk.as_node()], name="outer"), {"item": 1}, processor).paused
    names = sorted(span.name for span in exporter.get_finished_spans())
    assert names == ["node desk", "node rate", "node sign_off", "run desk", "run outer"]
