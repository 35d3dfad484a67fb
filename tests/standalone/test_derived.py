"""Code of the user that needs a part of the runtime while the file is loaded."""

from __future__ import annotations

from pathlib import Path

from tests.standalone.alone import linked, run_alone

SHOP = """
from hypergraph import EventProcessor, Graph, GraphConfigError, MissingInputError, RunStatus, node
from hypergraph import END, route


class Audit(EventProcessor):
    def __init__(self):
        self.seen = []

    def on_event(self, event):
        self.seen.append(event)


class NoPrice(GraphConfigError):
    pass


def lacking(item):
    return MissingInputError([item], ["itme"])


NOTHING = lacking("item")
ENDS = (RunStatus.COMPLETED, END)


@node(output_name="price")
def price(item: str) -> str:
    if item == "none":
        raise NoPrice("no price is known")
    audit = Audit()
    audit.on_event(item)
    return f"{audit.seen} {NOTHING.missing} {ENDS[0].value} {ENDS[1]}"


graph = Graph([price], name="shop")
"""


def test_classes_of_the_runtime_stand_before_those_that_derive_from_them(tmp_path: Path) -> None:
    file = linked(tmp_path, SHOP)
    done = run_alone(file, "item=hat", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "['hat'] ['item'] completed END" in done.stdout
    failed = run_alone(file, "item=none", folder=tmp_path)
    assert failed.returncode == 1 and "NoPrice: no price is known" in failed.stderr


def test_only_what_is_needed_before_stands_before(tmp_path: Path) -> None:
    text = linked(tmp_path, SHOP).read_text(encoding="utf-8")
    before, _, after = text.partition("# -- What the graph does")
    assert "class EventProcessor" in before and "class GraphConfigError" in before
    assert "class Inputs" in after and "class RunResult" in after
