"""Runs over time, collected and drawn."""

from __future__ import annotations

import re
import xml.etree.ElementTree as xml
from pathlib import Path

import pytest

from hypergraph import END, RunStatus, TimelineProcessor
from hypergraph.runtime.events import RunEndEvent, RunStartEvent
from tests.runtime.telling import Teller

SVG = re.compile(r"<svg class=\"drawing\".*?\n</svg>", re.DOTALL)
HOSTILE = "</title><script>alert('x')</script>\"&\x00\x1b\ud800"


def drawings(timeline: TimelineProcessor) -> list[xml.Element]:
    return [xml.fromstring(text) for text in SVG.findall(timeline.html())]


def tooltips(timeline: TimelineProcessor) -> list[str]:
    """What each bar says, over all charts."""
    return [
        title.text or ""
        for drawing in drawings(timeline)
        for bar in drawing.findall("svg")
        for title in bar.findall("title")
    ]


def test_nodes_are_bars_with_their_time() -> None:
    timeline = TimelineProcessor()
    tell = Teller(timeline)
    with tell.run("rag") as run:
        tell.call("embed", run, takes=0.25)
        tell.call("answer", run, takes=0.75)
    assert tooltips(timeline) == ["rag\ndone, 1 s", "embed\ndone, 250 ms", "answer\ndone, 750 ms"]
    (drawing,) = drawings(timeline)
    assert [(bar.get("x"), bar.get("width")) for bar in drawing.findall("svg")] == [
        ("0.000%", "100.000%"),
        ("0.000%", "25.000%"),
        ("25.000%", "75.000%"),
    ]


def test_a_map_over_an_iterator_is_as_large_as_what_came_out_of_it() -> None:
    timeline = TimelineProcessor()
    tell = Teller(timeline)
    timeline.on_event(RunStartEvent("run-1", "map", None, tell.now, "feed", is_map=True))
    for _ in range(3):
        with tell.run("feed", "map"):
            tell.wait(1)
    timeline.on_event(RunEndEvent("run-1", "map", None, tell.now, "feed"))
    assert timeline.charts[0].bars[0].size == 3
    assert "<span>3 items</span>" in timeline.html()


def test_what_is_inside_a_node_follows_it_one_level_deeper() -> None:
    timeline = TimelineProcessor()
    tell = Teller(timeline)
    with tell.run("rag") as run:
        with tell.node("search", run) as search, tell.run("searching", search) as inner:
            tell.call("rank", inner, takes=0.1)
        tell.call("answer", run)
    (chart,) = timeline.charts
    assert [bar.lane for bar in chart.bars if bar.kind == "node"] == [
        ("", "search"),
        ("", "search", "rank"),
        ("", "answer"),
    ]
    labels = re.findall(r'padding-left:(\d+)px" title="(\w+)"', timeline.html())
    assert labels == [("0", "rag"), ("16", "search"), ("32", "rank"), ("16", "answer")]


def test_iterations_of_a_loop_share_a_lane_with_the_gate_saying_what_it_chose() -> None:
    timeline = TimelineProcessor()
    tell = Teller(timeline)
    decisions: list[object] = ["step", ["step", "note"], None, END]
    with tell.run("loop") as run:
        for decision in decisions:
            with tell.node("check", run):
                tell.wait(0.1)
                tell.decide("check", run, decision)
            tell.call("step", run, takes=0.1)
    notes = [bar.note for bar in timeline.charts[0].bars if bar.name == "check"]
    assert notes == ["→ step", "→ step, note", "→ nothing", "→ END"]
    heights = {bar.get("y") for bar in drawings(timeline)[0].findall("svg")}
    assert len(heights) == 3, "the run, the gate and the body have one row each"
    assert 'title="check">check <small>&times;4</small>' in timeline.html()


def test_bars_that_overlap_are_stacked() -> None:
    timeline = TimelineProcessor()
    tell = Teller(timeline)
    with tell.run("scores", items=3) as outer:
        items = [tell.run("scores", outer) for _ in range(3)]
        for item in items:
            item.__enter__()
            tell.wait(0.1)
        for item in items:
            item.__exit__(None, None, None)
    (drawing,) = drawings(timeline)
    heights = [bar.get("y") for bar in drawing.findall("svg")]
    assert len(set(heights)) == 4, "one row for the map, one for each item"


def test_outcomes_are_told_apart() -> None:
    timeline = TimelineProcessor()
    tell = Teller(timeline)
    with tell.run("rag", status=RunStatus.FAILED, error="boom") as run:
        tell.call("seen", run, cached=True)
        tell.call("bad", run, error="boom")
    with tell.run("desk", status=RunStatus.PAUSED) as run:
        legal = tell.node("legal", run)
        with tell.run("legal", legal.__enter__(), status=RunStatus.PAUSED) as inner:
            tell.call("sign_off", inner, asks="verdict")
    outcomes = {bar.name: bar.outcome for chart in timeline.charts for bar in chart.bars}
    assert outcomes["rag"] == outcomes["bad"] == "failed" and outcomes["seen"] == "cached"
    assert outcomes["desk"] == outcomes["legal"] == outcomes["sign_off"] == "paused"
    said = "\n".join(tooltips(timeline))
    assert "ValueError: boom" in said and "asks for verdict" in said and "from the cache" in said


def test_what_never_ended_is_drawn_up_to_the_last_thing_known() -> None:
    timeline = TimelineProcessor()
    tell = Teller(timeline)
    tell.run("rag").__enter__()
    assert tooltips(timeline) == ["rag\nnot ended, 0"]


def test_a_map_shows_its_items() -> None:
    timeline = TimelineProcessor()
    tell = Teller(timeline)
    with tell.run("batch", items=2) as outer:
        for status in (RunStatus.COMPLETED, RunStatus.FAILED):
            with tell.run("batch", outer, status=status) as item:
                tell.call("load", item, takes=0.5)
    assert "2 items, 1 failed" in timeline.html()
    assert 'title="items">items <small>&times;2</small>' in timeline.html()


def test_very_many_bars_are_drawn_joined() -> None:
    timeline = TimelineProcessor()
    tell = Teller(timeline)
    with tell.run("batch", items=3000) as outer:
        for _ in range(3000):
            with tell.run("batch", outer) as item:
                tell.call("load", item, takes=0.001)
    assert len(tooltips(timeline)) < 1000
    assert "load, 10 times" in "\n".join(tooltips(timeline))


def test_every_text_is_escaped_and_nothing_comes_from_elsewhere() -> None:
    timeline = TimelineProcessor(title=HOSTILE)
    tell = Teller(timeline)
    with tell.run(HOSTILE, status=RunStatus.FAILED, error=HOSTILE) as run:
        with tell.node(HOSTILE, run):
            tell.decide(HOSTILE, run, HOSTILE)
        tell.call(HOSTILE, run, error=HOSTILE)
        tell.call(HOSTILE, run, asks=HOSTILE)
    page = timeline.html()
    assert "<script" not in page and "alert" in page
    assert "\x00" not in page and "\x1b" not in page
    page.encode("utf-8")
    assert len(drawings(timeline)) == 1
    for outside in ("http", "src=", "href=", "url(", "@import"):
        assert outside not in page


def test_the_page_is_written_when_a_run_has_ended(tmp_path: Path) -> None:
    file = tmp_path / "made" / "runs.html"
    timeline = TimelineProcessor(file)
    tell = Teller(timeline)
    for name in ("first", "second"):
        with tell.run(name):
            tell.wait(1)
        timeline.shutdown()
    text = file.read_text(encoding="utf-8")
    assert text == timeline.html() and "first" in text and "second" in text
    assert text.startswith("<!doctype html>") and "prefers-color-scheme: dark" in text
    assert [each.name for each in file.parent.iterdir()] == ["runs.html"]
    timeline.clear()
    assert "Nothing has run yet" in timeline.html()


def test_without_a_path_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    timeline = TimelineProcessor()
    with Teller(timeline).run("rag"):
        pass
    timeline.shutdown()
    assert list(tmp_path.iterdir()) == []
