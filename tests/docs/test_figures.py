"""The figures in the documentation are those that the benchmarks wrote."""

from __future__ import annotations

import re

from benchmarks.__main__ import SECTIONS
from benchmarks.contender import CONTENDERS
from benchmarks.workload import WORKLOADS
from tests.docs.figures import figures
from tests.docs.markdown import ROOT
from tests.docs.redraw import with_figures, with_scale

PAGE = ROOT / "docs" / "performance.md"


def test_the_page_on_performance_shows_the_figures_last_taken() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_figures(page), "run: python -m tests.docs.redraw"


def test_the_page_on_scale_shows_the_figures_last_taken() -> None:
    page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    assert page == with_scale(page), "run: python -m tests.docs.redraw"


def test_the_figures_are_of_all_workloads_and_contenders() -> None:
    taken = figures()
    assert list(taken["workloads"]) == [workload.name for workload in WORKLOADS]
    assert set(SECTIONS) <= set(taken)
    everyone = {contender.name for contender in CONTENDERS}
    assert set(taken["workloads"]["chain-10"]) == set(taken["cold"]) == everyone


def test_the_text_around_the_tables_states_no_measured_time() -> None:
    """Figures that no script wrote are figures that nobody takes again."""
    for path in (PAGE, ROOT / "README.md"):
        text = re.sub(
            r"<!-- (\w+) begins -->.*?<!-- \1 ends -->",
            "",
            path.read_text(encoding="utf-8"),
            flags=re.S,
        )
        assert re.findall(r"\d[\d.,]* ?(?:[nµm]s|seconds|times|x faster)\b", text) == []
