"""A text that says something else than its plan is not let through, whatever it gets wrong."""

from __future__ import annotations

from functools import cache
from typing import Literal

import pytest

from hypergraph import Graph, node
from hypergraph.compiler.emit.held import Held
from hypergraph.compiler.outline.check import check_written
from hypergraph.compiler.outline.read import read_outline
from hypergraph.compiler.outline.scope import Unreadable
from tests.outline.outlines import held_program, written

Mode = Literal["sync", "async"]

STRAIGHT = [
    ("swapped arguments", "find_words(subject, body)", "find_words(body, subject)"),
    ("swapped results", "subject, body = unpack", "body, subject = unpack"),
    ("another function", "severity = rate(words)", "severity = find_words(words)"),
    ("another value", "answer_other(subject)", "answer_other(body)"),
    ("another default", "is not ABSENT else None", "is not ABSENT else 0"),
    ("a default in the signature", "urgent_from=3):", "urgent_from=4):"),
    ("a call left out", "    severity = rate(words)  # pipeline.py:43\n", ""),
    ("results in another order", "return reply, notes", "return notes, reply"),
    ("a superstep too early", "    # superstep 6\n", ""),
    (
        "a call that is not awaited to be taken apart",
        "unpack(open_ticket(ticket), 2",
        "((ticket), 2",
    ),
]
GATES = [
    ("swapped arms", "if is_urgent_said:", "if not is_urgent_said:"),
    ("another target", 'by_topic_said == "answer_bug"', 'by_topic_said == "answer_other"'),
    ("a guard left out", 'if "tell_sales" in who_else_said:', "if True:"),
    ("a guard on another gate", 'if "tell_sales" in who_else_said:', "if is_urgent_said:"),
    ("another fallback", 'by_topic_said = "answer_other"', 'by_topic_said = "answer_bug"'),
    (
        "a check that lets through too much",
        '("answer_billing", "answer_bug", "answer_other"):',
        '("answer_billing", "answer_bug"):',
    ),
    (
        "targets that are told wrongly",
        '("tell_security", "tell_sales"), "who',
        '("tell_security",), "who',
    ),
    ("a decision that need not be a bool", "is_urgent_said is not True and ", ""),
    ("branches that are no choice", "elif by_topic_said", "if by_topic_said"),
]
MAPS = [
    ("another mode", "in each(", "in combined("),
    ("failures that are not passed over", "except Exception:", "except ValueError:"),
    ("another thing for a failed item", "reports_item = None", "reports_item = 0"),
    ("the list instead of its item", "= file_report(path)", "= file_report(paths)"),
    ("another list", 'each({"path": paths})', 'each({"path": folder})'),
    ("an item that is lost", "        reports_list.append(reports_item)\n", "        pass\n"),
    ("a nested result that is another", "return report\n", "return rows\n"),
]
TURNS = [
    ("too few rounds counted", "max_iterations + 1, 3)", "max_iterations + 1, 2)"),
    ("a turn that is not counted", "rounds + 2 > max_iterations", "rounds + 1 > max_iterations"),
    ("another change looked for", "differs(text_before, text)", "differs(ease_before, ease)"),
    (
        "another decision that goes on",
        'easy_enough_said != "simplify"',
        "easy_enough_said is not END",
    ),
    (
        "a loop that is not left",
        "        if not differs(text_before, text):\n            break\n",
        "",
    ),
]
ROUNDS = [
    ("a version that is not looked at", "(draft_version, verdict_version)", "draft_version"),
    ("a version that does not go up", "draft_version += 1", "verdict_version += 1"),
    ("a gate that does not go first", "            and not decide_ready\n", ""),
    ("an interrupt that does not go first", "decide_ready and not sign_off_ready", "decide_ready"),
    ("an answer that serves twice", "            verdict_answer = ABSENT\n", ""),
    ("another exit", 'if decide_said == "publish":', 'if decide_said == "revise":'),
    ("a pause that shows something else", '{"draft": draft}', '{"draft": verdict}'),
    ("another name to answer by", '("verdict",)', '("draft",)'),
    (
        "somebody left out of the end",
        "not (decide_alone or sign_off_ready or",
        "not (decide_alone or",
    ),
    (
        "a gate that begins open",
        "decide_said = None\n    publish",
        "decide_said = OPEN\n    publish",
    ),
    (
        "a call that is not awaited",
        "await settled(revise(draft, verdict_seen))",
        "revise(draft, verdict_seen)",
    ),
]
TOGETHER = [
    (
        "a call in another's place",
        "lambda: read_question(question), lambda: open_library(modules)",
        "lambda: open_library(modules), lambda: read_question(question)",
    ),
    ("a call that begins too early", "lambda: read_question(question)", "read_question(question)"),
    ("an error that is dropped", "    if error is not None:\n        raise error\n", ""),
]
WRONG: list[tuple[str, Mode, list[tuple[str, str, str]]]] = [
    ("examples.triage.pipeline:graph", "sync", STRAIGHT + GATES),
    ("examples.reports.pipeline:graph", "sync", MAPS),
    ("examples.refine.pipeline:graph", "sync", TURNS),
    ("examples.approval.pipeline:graph", "async", ROUNDS),
    ("examples.docs_search.pipeline:graph", "async", TOGETHER),
]


@cache
def program(target: str, mode: Mode) -> tuple[dict[str, Held], str]:
    return held_program(target, mode)


@pytest.mark.parametrize(("target", "mode"), [(one[0], one[1]) for one in WRONG])
def test_a_right_text_is_let_through(target: str, mode: Mode) -> None:
    held, text = program(target, mode)
    check_written(held, text, "right")


@pytest.mark.parametrize(
    ("target", "mode", "right", "wrong"),
    [
        pytest.param(target, mode, right, wrong, id=told)
        for target, mode, cases in WRONG
        for told, right, wrong in cases
    ],
)
def test_a_wrong_text_is_not(target: str, mode: Mode, right: str, wrong: str) -> None:
    held, text = program(target, mode)
    assert right in text
    with pytest.raises(RuntimeError, match="round trip"):
        check_written(held, text.replace(right, wrong, 1), "wrong")


def test_in_one_round_all_read_what_was_there_before_it() -> None:
    @node(output_name="b")
    def first(a: int) -> int:
        return a

    @node(output_name="a")
    def second(b: int) -> int:
        return b

    planned, text = written(Graph([first, second], name="ring"))
    assert "a = second(b_seen)" in text and read_outline(text) == planned
    assert read_outline(text.replace("second(b_seen)", "second(b)")) != planned


def test_the_difference_is_named() -> None:
    held, text = program("examples.triage.pipeline:graph", "sync")
    swapped = text.replace("find_words(subject, body)", "find_words(body, subject)")
    with pytest.raises(RuntimeError) as raised:
        check_written(held, swapped, "triage")
    assert "find_words takes (body, subject), not (subject, body)" in str(raised.value)
    assert "HG412" in str(raised.value)


def test_what_no_program_says_is_named_with_its_line() -> None:
    held, text = program("examples.triage.pipeline:graph", "sync")
    line = text.splitlines().index("    # superstep 6") + 2
    added = text.replace("    # superstep 6\n", "    # superstep 6\n    print(reply)\n")
    with pytest.raises(RuntimeError, match=f"line {line}: ") as raised:
        check_written(held, added.replace("print(reply)", "del reply"), "triage")
    assert "there should be a call" in str(raised.value)


def test_a_map_that_does_something_unknown_about_failures_is_not_read() -> None:
    @node(output_name="y")
    async def step(x: int) -> int:
        return x

    inner = Graph([step], name="inner")
    planned, text = written(Graph([inner.as_node().map_over("x")], name="items"), "async")
    assert read_outline(text) == planned and "'raise'" in text
    with pytest.raises(Unreadable, match="'raise' or 'continue'"):
        read_outline(text.replace("'raise'", "'ignore'"))
