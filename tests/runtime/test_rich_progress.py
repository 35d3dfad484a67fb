"""Progress bars: what is drawn, where, and when (execution.md, section 25)."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator

import pytest
import rich
from rich.console import Console

from hypergraph import RichProgressProcessor, RunStatus, TypedEventProcessor
from hypergraph.runtime.events import NodeStartEvent, RunEndEvent, RunStartEvent
from tests.runtime.telling import Teller

ROW = re.compile(
    r"^(?P<mark>.) (?P<text>.*?) *[━╸╺ ]* (?P<done>\d+)/(?P<total>\d+|\?) +[\d:]+(?P<pace>.*)$"
)


class Screen:
    """Everything rich writes, on something that is a terminal or is not.

    Time passes on it when ``now`` is moved on.
    """

    def __init__(self, terminal: bool, width: int = 100) -> None:
        self.file = io.StringIO()
        self.now = 0.0
        self.console = Console(
            file=self.file,
            width=width,
            get_time=lambda: self.now,
            force_terminal=terminal,
            color_system="standard" if terminal else None,
        )

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.file.getvalue().splitlines()]

    @property
    def bars(self) -> list[tuple[str, str]]:
        """Description and m/n of every bar shown, in order."""
        rows = [ROW.match(line) for line in self.lines]
        return [(row["text"], f"{row['done']}/{row['total']}") for row in rows if row]

    @property
    def paces(self) -> list[str]:
        """What the end of every bar shown says about how fast it goes."""
        rows = [ROW.match(line) for line in self.lines]
        return [row["pace"].strip() for row in rows if row]


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    screen = Screen(terminal=False)
    monkeypatch.setattr(rich, "_console", screen.console)
    yield screen


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    screen = Screen(terminal=True)
    monkeypatch.setattr(rich, "_console", screen.console)
    yield screen


def test_x141_xe206_without_rich_construction_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "rich", None)
    with pytest.raises(ImportError, match=r"rich.*hypergraph\[progress\]"):
        RichProgressProcessor()


def test_x141_it_is_a_typed_processor(pipe: Screen) -> None:
    assert isinstance(RichProgressProcessor(transient=False), TypedEventProcessor)


def test_xe202_a_single_run_has_one_bar_per_node(pipe: Screen) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    with tell.run("rag") as run:
        tell.call("embed", run, "rag")
        tell.call("answer", run, "rag")
    processor.shutdown()
    assert pipe.bars == [("📦 embed", "1/1"), ("📦 answer", "1/1")]
    assert [line for line in pipe.lines if "completed" in line] == ["✓ rag completed!"]


def test_xe203_a_map_has_a_bar_and_its_items_share_their_node_bars(pipe: Screen) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    with tell.run("batch", items=5) as outer:
        for _ in range(5):
            with tell.run("batch", outer) as item:
                tell.call("load", item, "batch")
    processor.shutdown()
    assert pipe.bars == [("🗺️  batch Progress", "5/5"), ("📦 load", "5/5")]


def test_x143_bars_start_with_the_size_of_the_map(pipe: Screen) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    with tell.run("batch", items=5) as outer:
        with tell.run("batch", outer) as item:
            tell.call("load", item, "batch")
        processor.shutdown()
    assert pipe.bars == [("🗺️  batch Progress", "1/5"), ("📦 load", "1/5")]


def test_xe204_inner_nodes_are_indented_and_plain_runs_have_no_bar(pipe: Screen) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    with (
        tell.run("rag") as run,
        tell.node("search", run, "rag") as search,
        tell.run("searching", search) as inner,
        tell.node("rank", inner, "searching") as rank,
        tell.run("ranking", rank) as innermost,
    ):
        tell.call("sort", innermost, "ranking")
    processor.shutdown()
    assert pipe.bars == [
        ("📦 search", "1/1"),
        ("  🌳 rank", "1/1"),
        ("    🌳 sort", "1/1"),
    ]


def test_x142_a_map_inside_a_node_is_one_deeper_and_its_items_as_deep_as_itself(
    pipe: Screen,
) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    with tell.run("rag") as run:
        for size in (2, 3):
            with tell.node("each", run, "rag") as each, tell.run(None, each, items=size) as inner:
                for _ in range(size):
                    with tell.run(None, inner) as item:
                        tell.call("work", item, None)
    processor.shutdown()
    assert pipe.bars == [
        ("📦 each", "2/2"),
        ("  🗺️  Map Progress", "5/5"),
        ("  🌳 work", "5/5"),
    ]


def test_x143_a_bar_grows_when_a_larger_map_comes_along(pipe: Screen) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    for size in (2, 4):
        with tell.run("g", items=size) as outer, tell.run("g", outer) as item:
            tell.call("work", item)
    processor.shutdown()
    assert pipe.bars == [
        ("🗺️  g Progress", "1/2"),
        ("📦 work", "2/4"),
        ("🗺️  g Progress", "1/4"),
    ]


def test_x143_nodes_of_one_name_in_different_graphs_have_their_own_bars(pipe: Screen) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    for graph in ("g", "h"):
        with tell.run(graph) as run:
            tell.call("work", run, graph)
    processor.shutdown()
    assert pipe.bars == [("📦 work", "1/1"), ("📦 work", "1/1")]


def test_xe205_a_node_error_marks_its_bar_once(pipe: Screen) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    for _ in range(2):
        with tell.run("rag", status=RunStatus.FAILED, error="boom") as run:
            tell.call("embed", run, "rag", error="boom")
    processor.shutdown()
    assert pipe.bars == [("📦 embed FAILED", "0/1")]
    assert pipe.lines.count("✗ rag failed: boom") == 2


@pytest.mark.parametrize("failures", [1, 2])
def test_xe205_failed_items_are_counted_on_the_bar_of_the_map(
    failures: int, terminal: Screen
) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    with tell.run("batch", items=3) as outer:
        for number in range(3):
            status = RunStatus.FAILED if number < failures else RunStatus.COMPLETED
            with tell.run("batch", outer, status=status):
                pass
    processor.shutdown()
    output = terminal.file.getvalue()
    assert f"batch Progress \x1b[31m({failures} failed)\x1b[0m" in output
    assert "✓ batch completed!" in output


def test_x144_failed_is_red(terminal: Screen) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    with tell.run("rag", status=RunStatus.FAILED, error="boom") as run:
        tell.call("embed", run, "rag", error="boom")
    processor.shutdown()
    assert "embed \x1b[31mFAILED\x1b[0m" in terminal.file.getvalue()
    assert "\x1b[31m✗ rag failed: boom\x1b[0m" in terminal.file.getvalue()


@pytest.mark.parametrize("items", [None, 0])
def test_x145_the_closing_line_of_a_run_or_map_is_green(
    items: int | None, terminal: Screen
) -> None:
    processor = RichProgressProcessor()
    with Teller(processor).run(None, items=items):
        pass
    processor.shutdown()
    assert "\x1b[32m✓ Run completed!\x1b[0m" in terminal.file.getvalue()


def test_x145_only_what_has_no_parent_gets_a_line_and_paused_runs_get_none(pipe: Screen) -> None:
    processor = RichProgressProcessor()
    tell = Teller(processor)
    with tell.run("rag") as run, tell.node("inner", run) as node, tell.run("inner", node):
        pass
    with tell.run("desk", status=RunStatus.PAUSED) as run:
        tell.call("sign_off", run, "desk", asks="verdict")
    processor.shutdown()
    assert pipe.lines == ["✓ rag completed!"]


def test_x145_without_a_terminal_transient_bars_never_appear(pipe: Screen) -> None:
    processor = RichProgressProcessor()
    tell = Teller(processor)
    with tell.run("a long name " * 20) as run:
        tell.call("embed", run)
    processor.shutdown()
    assert pipe.file.getvalue() == f"✓ {'a long name ' * 20} completed!\n"


def test_x145_without_a_terminal_lasting_bars_appear_once_at_the_end(pipe: Screen) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    with tell.run("rag") as run:
        tell.call("embed", run)
        assert pipe.bars == []
    assert pipe.bars == []
    processor.shutdown()
    assert pipe.bars == [("📦 embed", "1/1")]


def test_xe206_nothing_is_drawn_before_the_first_event_and_shutdown_ends_it(
    terminal: Screen,
) -> None:
    processor = RichProgressProcessor()
    processor.shutdown()
    assert terminal.file.getvalue() == ""
    hide, show = "\x1b[?25l", "\x1b[?25h"
    tell = Teller(processor)
    with tell.run("rag") as run:
        assert hide in terminal.file.getvalue()
        tell.call("embed", run)
    assert show not in terminal.file.getvalue()
    processor.shutdown()
    assert show in terminal.file.getvalue()
    before = terminal.file.getvalue()
    processor.shutdown()
    assert terminal.file.getvalue() == before


def test_x140_a_processor_used_again_begins_with_fresh_bars(pipe: Screen) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    for name in ("first", "second"):
        with tell.run(name) as run:
            tell.call(f"{name}_node", run)
        processor.shutdown()
    assert pipe.bars == [("📦 first_node", "1/1"), ("📦 second_node", "1/1")]


def test_x140_overlapping_runs_go_on_after_one_of_them_shuts_down(pipe: Screen) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    with tell.run("long", items=2) as outer:
        with tell.run("long", outer) as item:
            tell.call("work", item)
        processor.shutdown()
        with tell.run("long", outer, status=RunStatus.FAILED) as item:
            tell.call("work", item)
    processor.shutdown()
    assert pipe.bars[-2:] == [("🗺️  long Progress (1 failed)", "2/2"), ("📦 work", "2/2")]


def test_x143_loops_grow_the_bar_of_their_node(pipe: Screen) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    with tell.run("loop") as run:
        for _ in range(3):
            tell.call("step", run)
    processor.shutdown()
    assert pipe.bars == [("📦 step", "3/3")]


def test_x142_names_are_shown_as_they_are(pipe: Screen) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    with tell.run("[red]g[/red]", items=1) as outer, tell.run("[red]g[/red]", outer) as item:
        tell.call("[bold]n", item)
    processor.shutdown()
    assert [text for text, _ in pipe.bars] == ["🗺️  [red]g[/red] Progress", "📦 [bold]n"]
    assert "✓ [red]g[/red] completed!" in pipe.lines


def test_the_bar_of_a_map_tells_its_pace_and_the_time_left(pipe: Screen) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    with tell.run("batch", items=90) as outer:
        for _ in range(40):
            pipe.now += 0.2
            with tell.run("batch", outer) as item:
                tell.call("load", item)
        processor.shutdown()
    assert pipe.bars == [("🗺️  batch Progress", "40/90"), ("📦 load", "40/90")]
    assert pipe.paces == ["5.0/s, 10 s left", ""]


def test_the_bar_of_a_finished_map_tells_its_mean_pace(pipe: Screen) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    with tell.run("batch", items=4) as outer:
        for _ in range(4):
            pipe.now += 15
            with tell.run("batch", outer):
                pass
    pipe.now += 1000
    processor.shutdown()
    assert pipe.paces == ["4.0/min"]


def test_a_map_without_a_known_end_has_a_bar_that_ends_where_it_does(pipe: Screen) -> None:
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    began = RunStartEvent("run-1", "map", graph_name="feed", is_map=True)
    processor.on_event(began)
    for _ in range(3):
        pipe.now += 1
        with tell.run("feed", "map") as item:
            tell.call("load", item)
    processor.shutdown()
    assert pipe.bars == [("🗺️  feed Progress", "3/?"), ("📦 load", "3/?")]
    assert pipe.paces == ["1.0/s", ""]
    processor.on_event(RunEndEvent("run-1", "map", graph_name="feed"))
    processor.on_node_start(NodeStartEvent("run-2", node_name="more"))
    processor.shutdown()
    assert ("🗺️  feed Progress", "3/3") in pipe.bars


def test_a_narrow_terminal_shows_how_far_and_not_how_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen(terminal=False, width=70)
    monkeypatch.setattr(rich, "_console", screen.console)
    processor = RichProgressProcessor(transient=False)
    tell = Teller(processor)
    with tell.run("batch", items=9) as outer:
        screen.now += 4
        with tell.run("batch", outer):
            pass
        processor.shutdown()
    assert screen.bars == [("🗺️  batch Progress", "1/9")] and screen.paces == [""]


def test_without_nodes_only_maps_have_bars(pipe: Screen) -> None:
    processor = RichProgressProcessor(transient=False, nodes=False)
    tell = Teller(processor)
    with tell.run("batch", items=2) as outer:
        for error in (None, "boom"):
            with tell.run("batch", outer) as item:
                tell.call("load", item, error=error)
    processor.shutdown()
    assert pipe.bars == [("🗺️  batch Progress", "2/2")]
