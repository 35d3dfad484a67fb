"""The command line of a program: ``program.main``, and the file run by Python."""

from __future__ import annotations

import io
import json
import math
import sys
from pathlib import Path
from typing import Any

import pytest

from hypergraph import Graph, InfiniteLoopError, interrupt, node, route
from hypergraph.runtime.interface import Inputs
from hypergraph.runtime.main_asking import main_asking as main
from hypergraph.runtime.program import Program
from tests.artifact.workplace import RAG, Workplace

Output = pytest.CaptureFixture[str]


def give(value: Any) -> Program:
    """A program whose only output is a value."""

    def entry() -> tuple[Any]:
        return (value,)

    return Program(entry, inputs=Inputs(), outputs=("value",), name="give")


@node(output_name="shown")
def show(value: Any, times: int = 1) -> Any:
    return [value] * times


ECHO = Graph([show], name="echo").compiled()


def printed(capsys: Output) -> Any:
    return json.loads(capsys.readouterr().out)


def refusal(capsys: Output, *arguments: str, program: Program = ECHO) -> str:
    """What is said about a call that is refused: on standard error only, and with exit code 2."""
    assert main(program, arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and "Traceback" not in err
    return err


# -- Values in


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("-1.5e3", -1500.0),
        ("true", True),
        ("null", None),
        ('"3"', "3"),
        ("[1, {}]", [1, {}]),
        ("three", "three"),
        ("", ""),
        ("a=b", "a=b"),
        ("{1: 2}", "{1: 2}"),
        ("True", "True"),
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
        (" 1 ", 1),
        ("[" * 100_000, "[" * 100_000),
        ("ünï", "ünï"),
    ],
)
def test_a_value_is_json_if_it_is_that_and_else_text(
    capsys: Output, text: str, value: object
) -> None:
    assert main(ECHO, [f"value={text}"]) == 0
    assert printed(capsys) == {"shown": [value]}


def test_values_may_come_as_one_object(capsys: Output) -> None:
    assert main(ECHO, ["--values", '{"value": 1, "times": 2}']) == 0
    assert printed(capsys) == {"shown": [1, 1]}


def test_values_may_come_from_a_file(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "values.json"
    path.write_text('{"value": "ü"}', encoding="utf-8")
    assert main(ECHO, ["--values", f"@{path}", "times=2"]) == 0
    assert printed(capsys) == {"shown": ["ü", "ü"]}


def test_values_may_come_from_standard_input(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"value": 7}'))
    assert main(ECHO, ["--values", "-"]) == 0
    assert printed(capsys) == {"shown": [7]}


def test_an_input_may_be_called_like_an_option(capsys: Output) -> None:
    program = Graph([show.with_inputs(value="select", times="values")], name="echo").compiled()
    assert main(program, ["select=a", "values=2", "--select", "shown"]) == 0
    assert printed(capsys) == {"shown": ["a", "a"]}


# -- Users get it wrong


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ("{", "--values cannot be read: Expecting property name"),
        ("value=1", "--values cannot be read: Expecting value"),
        ('{"value": NaN}', "--values cannot be read: invalid literal"),
        ("[1]", "--values must be a JSON object"),
        ("3", "--values must be a JSON object"),
    ],
)
def test_values_that_are_no_json_object(capsys: Output, values: str, words: str) -> None:
    assert words in refusal(capsys, "--values", values)


def test_a_file_of_values_that_cannot_be_read(capsys: Output, tmp_path: Path) -> None:
    missing = refusal(capsys, "--values", f"@{tmp_path}/none.json")
    assert "cannot be read" in missing and "No such file or directory" in missing
    (tmp_path / "latin.json").write_bytes(b'{"value": "\xfc"}')
    assert "cannot be read" in refusal(capsys, "--values", f"@{tmp_path}/latin.json")


def test_an_input_that_is_missing(capsys: Output) -> None:
    assert "Missing required inputs: 'value'" in refusal(capsys)


def test_an_input_that_is_unknown(capsys: Output) -> None:
    text = refusal(capsys, "valeu=1")
    assert "There is no input 'valeu'. Inputs: 'value', 'times'. Did you mean 'value'?" in text


@pytest.mark.parametrize("argument", ["value", "=1", "--=1"])
def test_an_argument_that_names_no_input(capsys: Output, argument: str) -> None:
    text = refusal(capsys, argument)
    assert "name=value" in text


def test_an_input_that_is_given_twice(capsys: Output) -> None:
    for arguments in (["value=1", "value=2"], ["--values", '{"value": 1}', "value=2"]):
        assert "Input 'value' is given more than once." in refusal(capsys, *arguments)


def test_an_option_that_is_unknown(capsys: Output) -> None:
    assert "There is no option '--resutl'" in refusal(capsys, "value=1", "--resutl")


def test_an_output_that_is_unknown(capsys: Output) -> None:
    text = refusal(capsys, "value=1", "--select", "show")
    assert "'show'" in text and "Did you mean 'shown'?" in text


def test_a_loop_that_is_not_started(capsys: Output) -> None:
    assert "No entry point" in refusal(capsys, program=ROUND)


# -- Outputs out


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"a": (1, 2.5, None, True)}, {"a": [1, 2.5, None, True]}),
        (math.nan, {"repr": "nan"}),
        ({1: "one"}, {"repr": "{1: 'one'}"}),
        ([{2}], [{"repr": "{2}"}]),
        (b"x", {"repr": "b'x'"}),
        (2**40_000, {"repr": "<int, whose repr raises ValueError>"}),
    ],
    ids=["tuple", "nan", "keys", "set", "bytes", "huge"],
)
def test_what_json_cannot_hold_is_shown_by_its_repr_and_marked(
    capsys: Output, value: Any, shown: Any
) -> None:
    assert main(give(value), []) == 0
    assert printed(capsys) == {"value": shown}


def test_a_value_that_holds_itself_is_shown_by_its_repr(capsys: Output) -> None:
    value: list[Any] = []
    value.append(value)
    assert main(give(value), []) == 0
    assert printed(capsys) == {"value": [{"repr": "[[...]]"}]}


def test_text_is_readable_where_the_terminal_can_show_it_and_escaped_elsewhere(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(give("ü"), []) == 0
    assert '"ü"' in capsys.readouterr().out
    assert main(give("\ud800"), []) == 0
    assert '"\\ud800"' in capsys.readouterr().out
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True)
    monkeypatch.setattr(sys, "stdout", narrow)
    assert main(give("ü"), []) == 0
    assert b'"\\u00fc"' in narrow.buffer.getvalue()


def test_select_narrows_the_outputs(place: Workplace, capsys: Output) -> None:
    program = place.compile(RAG).program()
    assert main(program, ["text=a", "query=q", "--select", "answer, docs"]) == 0
    assert list(printed(capsys)) == ["answer", "docs"]
    assert main(program, ["text=a", "query=q", "--select", "**"]) == 0
    assert list(printed(capsys)) == ["embedding", "docs", "answer"]


def test_the_full_form_of_a_result(capsys: Output) -> None:
    assert main(ECHO, ["value=1", "--result"]) == 0
    result = printed(capsys)
    assert result.pop("run_id").startswith("run-")
    assert result == {
        "status": "completed",
        "values": {"shown": [1]},
        "error": None,
        "pause": None,
    }


def test_help_lists_inputs_and_outputs(capsys: Output) -> None:
    assert main(ECHO, ["--help"]) == 0
    text = capsys.readouterr().out
    assert "usage: echo" in text and "required inputs: value" in text
    assert "optional inputs: times" in text and "outputs: shown" in text
    assert main(ROUND, ["-h"]) == 0
    assert "to start a loop: n" in capsys.readouterr().out


# -- Failures


@node(output_name="n")
def step(n: int) -> int:
    return 10 // n


@route(targets=["step"], default_open=False)
def again(n: int) -> str:
    return "step"


ROUND = Graph([step, again], name="round").compiled()


def test_a_node_that_fails_is_told_by_its_traceback(capsys: Output) -> None:
    assert main(ROUND, ["n=0"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[-1].startswith("ZeroDivisionError")
    assert "return 10 // n" in err and "n = step(n)" in err
    assert "/runtime/" not in err


def test_a_loop_that_does_not_end_is_a_failure(capsys: Output) -> None:
    @node(output_name="n")
    def count(n: int) -> int:
        return n + 1

    @route(targets=["count"], default_open=False)
    def on(n: int) -> str:
        return "count"

    assert main(Graph([count, on], name="endless").compiled(), ["n=0"]) == 1
    assert InfiniteLoopError.__name__ in capsys.readouterr().err


def test_the_full_form_of_a_failure_has_the_values_that_were_there(
    place: Workplace, capsys: Output
) -> None:
    program = place.compile(RAG).program()
    assert main(program, ["text=a", "query=q", "top_k=many", "--result"]) == 1
    result = json.loads(capsys.readouterr().out)
    assert (result["status"], result["values"]) == ("failed", {"embedding": [1]})
    assert result["error"]["type"] == "TypeError"


# -- Pauses


@interrupt("verdict")
def ask(draft: str, reason: str = "new") -> None:
    return None


DESK = Graph([Graph([ask], name="desk").as_node()], name="office").compiled("async")


def test_a_run_that_pauses_prints_what_it_asks_and_how_to_answer(capsys: Output) -> None:
    assert main(DESK, ["draft=v1"]) == 3
    out, err = capsys.readouterr()
    assert json.loads(out) == {
        "pause": {
            "node": "desk/ask",
            "values": {"draft": "v1", "reason": "new"},
            "resume_with": {"verdict": "desk.verdict"},
        }
    }
    assert err == "office: paused at desk/ask; run again with desk.verdict=...\n"


def test_the_answer_is_passed_like_an_input(capsys: Output) -> None:
    assert main(DESK, ["draft=v1", "desk.verdict=yes"]) == 0
    assert printed(capsys) == {"verdict": "yes"}


def test_the_full_form_of_a_pause(capsys: Output) -> None:
    assert main(DESK, ["draft=v1", "--result"]) == 3
    result = json.loads(capsys.readouterr().out)
    assert result["status"] == "paused" and result["error"] is None
    assert result["pause"]["resume_with"] == {"verdict": "desk.verdict"}


# -- As a process


def test_the_exit_code_is_that_of_the_process(place: Workplace) -> None:
    path = str(place.compile(RAG).write(place.folder / "rag_program.py"))
    assert place.run(path, "text=a", "query=q").returncode == 0
    failed = place.run(path, "text=3", "query=q")
    assert failed.returncode == 1 and "AttributeError" in failed.stderr
    assert "rag.py" in failed.stderr and "runtime" not in failed.stderr
    wrong = place.run(path, "txt=a", "query=q")
    assert wrong.returncode == 2 and "Did you mean 'text'?" in wrong.stderr
    assert "Traceback" not in wrong.stderr
    piped = place.run(path, "--values", "-", stdin='{"text": "a", "query": "q"}')
    assert json.loads(piped.stdout)["answer"] == "q: [1]"
