"""Progress as plain lines."""

from __future__ import annotations

import io

import pytest

from hypergraph import RunStatus
from hypergraph.runtime.events import RunEndEvent, RunStartEvent
from hypergraph.runtime.textprogress import TextProgressProcessor
from tests.runtime.telling import Teller


def told() -> tuple[Teller, io.StringIO]:
    stream = io.StringIO()
    return Teller(TextProgressProcessor(stream=stream)), stream


def test_a_run_has_a_line_per_node() -> None:
    tell, stream = told()
    with tell.run("rag") as run:
        tell.call("embed", run, takes=0.012)
        tell.call("answer", run, cached=True)
        tell.wait(1.5)
    assert stream.getvalue() == (
        "rag: started\n  embed: done in 12 ms\n  answer: cached\nrag: completed in 1.51 s\n"
    )


def test_nested_graphs_are_indented() -> None:
    tell, stream = told()
    with (
        tell.run("rag") as run,
        tell.node("search", run) as search,
        tell.run("searching", search) as inner,
    ):
        tell.call("rank", inner)
    assert "\n    rank: done in 0 ms\n  search: done in 0 ms\n" in stream.getvalue()
    assert "searching" not in stream.getvalue()


def test_failures_are_told_with_their_reason_on_one_line() -> None:
    tell, stream = told()
    with tell.run(None, status=RunStatus.FAILED, error="boom\nbang") as run:
        tell.call("embed", run, error="boom\nbang")
    assert stream.getvalue().splitlines()[1:] == [
        "  embed: FAILED: ValueError: boom bang",
        "run: FAILED after 0 ms: boom bang",
    ]


def test_a_pause_says_what_it_waits_for() -> None:
    tell, stream = told()
    with tell.run("desk", status=RunStatus.PAUSED) as run:
        tell.call("sign_off", run, asks="verdict")
    assert stream.getvalue().splitlines()[1:] == [
        "  sign_off: waits for verdict",
        "desk: paused after 0 ms",
    ]


def test_a_map_tells_its_items_at_most_once_per_interval() -> None:
    tell, stream = told()
    with tell.run("batch", items=10) as outer:
        for number in range(10):
            status = RunStatus.FAILED if number == 1 else RunStatus.COMPLETED
            with tell.run("batch", outer, status=status) as item:
                tell.call("load", item, takes=0.4)
    assert stream.getvalue().splitlines() == [
        "batch: started, 10 items",
        "batch: 3/10 items (1 failed), 2.5/s, 3 s left",
        "batch: 6/10 items (1 failed), 2.5/s, 2 s left",
        "batch: 9/10 items (1 failed), 2.5/s, 1 s left",
        "batch: completed in 4.00 s, 10/10 items (1 failed), 2.5/s",
    ]


def test_a_map_without_a_known_end_tells_what_is_done() -> None:
    tell, stream = told()
    processor = tell.processor
    began = RunStartEvent("run-1", "map", None, tell.now, graph_name="feed", is_map=True)
    processor.on_event(began)
    for _ in range(3):
        with tell.run("feed", "map"):
            tell.wait(1)
    processor.on_event(
        RunEndEvent("run-1", "map", None, tell.now, graph_name="feed", duration_ms=3000)
    )
    assert stream.getvalue().splitlines() == [
        "feed: started",
        "feed: 1 item, 1.0/s",
        "feed: 2 items, 1.0/s",
        "feed: 3 items, 1.0/s",
        "feed: completed in 3.00 s, 3 items, 1.0/s",
    ]


def test_a_map_that_ends_early_says_how_far_it_came() -> None:
    tell, stream = told()
    with tell.run("batch", items=10_000, status=RunStatus.FAILED, error="boom") as outer:
        for status in (RunStatus.COMPLETED, RunStatus.FAILED):
            with tell.run("batch", outer, status=status):
                pass
    assert stream.getvalue().splitlines() == [
        "batch: started, 10,000 items",
        "batch: FAILED after 0 ms, 2/10,000 items (1 failed): boom",
    ]


def test_a_clock_that_is_behind_silences_nothing() -> None:
    tell, stream = told()
    with tell.run("batch", items=4) as outer:
        for skew in (2.0, -3600.0, 4.0):
            tell.now += skew
            with tell.run("batch", outer):
                pass
            tell.now -= skew
    lines = stream.getvalue().splitlines()
    assert lines[1:3] == [
        "batch: 1/4 items, 30/min, 6 s left",
        "batch: 3/4 items, 45/min, 1 s left",
    ]


def test_a_map_inside_a_run_is_told_and_what_is_inside_it_is_counted() -> None:
    tell, stream = told()
    with (
        tell.run("rag") as run,
        tell.node("each", run) as each,
        tell.run("scoring", each, items=2) as outer,
    ):
        for _ in range(2):
            with (
                tell.run("scoring", outer) as item,
                tell.node("score", item) as score,
                tell.run("deep", score, items=1),
            ):
                tell.wait(120)
    assert stream.getvalue().splitlines()[1:-1] == [
        "    scoring: started, 2 items",
        "    scoring: 1/2 items, 30/h, 2 min 00 s left",
        "    scoring: completed in 4 min 00 s, 2/2 items, 30/h",
        "  each: done in 4 min 00 s",
    ]


def test_lines_go_to_standard_error_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    with Teller(TextProgressProcessor()).run("rag"):
        pass
    assert capsys.readouterr() == ("", "rag: started\nrag: completed in 0 ms\n")
