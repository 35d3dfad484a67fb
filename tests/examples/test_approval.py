"""The approval example asks, revises and publishes; every answer is a run of its own."""

from __future__ import annotations

import asyncio
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from examples.approval.main import settle
from examples.approval.pipeline import Draft, decide, drafting, graph, order_facts, revise
from hypergraph import AsyncRunner, RunStatus, SyncRunner

ROOT = Path(__file__).parents[2]
DRAFT = Draft(title="Pool Closed", lines=["No water.", "Be patient."], revision=1, remark="")


def answered(*answers: str) -> tuple[str, list[Draft]]:
    """The notice that these answers lead to, and the drafts that were shown on the way."""
    shown: list[Draft] = []
    queue = list(answers)

    def ask(draft: Draft) -> str:
        shown.append(draft)
        return queue.pop(0)

    return settle(DRAFT, ask), shown


def test_without_an_answer_the_run_pauses_with_the_draft() -> None:
    result = asyncio.run(AsyncRunner().run(graph, draft=DRAFT))
    assert result.status is RunStatus.PAUSED and result.pause is not None
    assert (result.pause.node_name, result.pause.response_key) == ("sign_off", "verdict")
    assert result.pause.value == DRAFT
    assert "notice" not in result


def test_a_yes_publishes_at_once() -> None:
    notice, shown = answered("yes")
    assert notice.splitlines() == ["Pool Closed", "===========", "No water.", "Be patient."]
    assert shown == [DRAFT]


def test_an_instruction_revises_and_asks_again() -> None:
    notice, shown = answered("drop 2", "title Pool Shut", "add Sorry.", "ok")
    assert notice.splitlines() == ["Pool Shut", "=========", "No water.", "Sorry."]
    assert [draft["revision"] for draft in shown] == [1, 2, 3, 4]


def test_an_answer_that_is_not_understood_is_asked_about_again() -> None:
    _, shown = answered("make it nicer", "yes")
    assert shown[1]["remark"] == "not understood: make it nicer"
    assert shown[1]["lines"] == DRAFT["lines"]


def test_a_draft_may_wait_as_json() -> None:
    paused = asyncio.run(AsyncRunner().run(graph, draft=DRAFT, verdict="drop 1"))
    assert paused.pause is not None
    draft = json.loads(json.dumps(paused.pause.value))
    done = asyncio.run(AsyncRunner().run(graph, draft=draft, verdict="yes"))
    assert done["notice"].splitlines()[2:] == ["Be patient."]


def test_the_first_draft_comes_from_the_facts() -> None:
    facts = ["the pool is closed.", "the pool is closed", " come back on Monday"]
    draft = SyncRunner().run(drafting, subject="pool closed", facts=facts)["draft"]
    assert (draft["title"], draft["revision"]) == ("Pool Closed", 1)
    assert draft["lines"] == ["The pool is closed.", "Come back on Monday."]


def test_empty_facts_are_left_out() -> None:
    assert order_facts(["", " . ", "x"]) == ["X."]


@pytest.mark.parametrize(
    ("verdict", "target"), [("yes", "publish"), (" OK ", "publish"), ("no", "revise")]
)
def test_only_a_plain_yes_publishes(verdict: str, target: str) -> None:
    assert decide(verdict) == target


@pytest.mark.parametrize("verdict", ["drop 0", "drop 3", "drop x", "replace a", "title", ""])
def test_an_impossible_instruction_changes_nothing_but_the_remark(verdict: str) -> None:
    revised = revise(DRAFT, verdict)
    assert (revised["title"], revised["lines"]) == (DRAFT["title"], DRAFT["lines"])
    assert revised["revision"] == 2 and revised["remark"].startswith("not understood")


def test_replace_edits_every_line() -> None:
    assert revise(DRAFT, "replace water with heating")["lines"][0] == "No heating."


def terminal(answers: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "examples.approval.main", *arguments],
        cwd=ROOT,
        input=answers,
        capture_output=True,
        text=True,
    )


def test_the_program_asks_on_the_terminal() -> None:
    done = terminal("add Sorry.\nyes\n", "pool closed", "no water")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("\nPool Closed\n===========\nNo water.\nSorry.\n")
    assert "(revision 2, done: add Sorry.)" in done.stdout


def test_without_an_answer_nothing_is_published() -> None:
    done = terminal("", "pool closed", "no water")
    assert done.returncode == 1 and "nothing published" in done.stderr


def test_a_draft_that_nobody_answered_is_taken_up_by_another_process() -> None:
    left = terminal("add Sorry.\n", "pool closed", "it's dry")
    assert left.returncode == 1
    *command, draft = shlex.split(left.stderr.splitlines()[-1])
    assert command == ["python", "-m", "examples.approval.main"]
    done = terminal("yes\n", draft)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("\nPool Closed\n===========\nIt's dry.\nSorry.\n")


def test_wrong_usage_is_explained() -> None:
    done = terminal("", "pool closed")
    assert done.returncode == 2 and "SUBJECT FACT" in done.stderr
