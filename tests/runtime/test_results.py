"""What a run hands back: status, outputs by name, identity (execution.md, sections 2.3 and 2.4)."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import re

import pytest

from hypergraph import PauseInfo, RunResult, RunStatus
from hypergraph.runtime.results import Layout, Values, completed
from hypergraph.runtime.sentinels import ABSENT


def result_of(**values: object) -> RunResult:
    return RunResult(values=values, status=RunStatus.COMPLETED)


def test_x1_status_is_also_its_word() -> None:
    words: dict[str, str] = {status.name: status for status in RunStatus}
    assert words["COMPLETED"] == "completed"
    assert RunStatus("paused") is RunStatus.PAUSED
    assert isinstance(RunStatus.FAILED, str)
    with pytest.raises(ValueError):
        RunStatus("done")


def test_xe5_status_values() -> None:
    assert [status.value for status in RunStatus] == ["completed", "failed", "paused"]


def test_xe1_values_and_status_are_enough_and_each_result_has_its_own_run_id() -> None:
    first, second = (RunResult(values={}, status=RunStatus.COMPLETED) for _ in range(2))
    assert re.fullmatch("run-[0-9a-f]{12}", first.run_id)
    assert first.run_id != second.run_id
    assert RunResult({}, RunStatus.FAILED, run_id="run-mine").run_id == "run-mine"


def test_xe2_the_rest_defaults_to_none_and_keeps_what_it_is_given() -> None:
    bare = RunResult({}, RunStatus.FAILED)
    assert (bare.workflow_id, bare.error, bare.pause) == (None, None, None)
    error, pause = ValueError("x"), PauseInfo("n", "o", 1)
    full = RunResult({}, RunStatus.FAILED, workflow_id="w", error=error, pause=pause)
    assert full.workflow_id == "w" and full.error is error and full.pause is pause


def test_x2_fields_stand_in_the_documented_order() -> None:
    error, pause = ValueError("x"), PauseInfo("n", "o", 1)
    match RunResult({"a": 1}, RunStatus.PAUSED, "run-1", "w", error, pause):
        case RunResult(values, status, run_id, workflow_id, found, paused):
            assert (values, status, run_id) == ({"a": 1}, "paused", "run-1")
            assert workflow_id == "w" and found is error and paused is pause
        case _:
            pytest.fail("RunResult does not match by position")


def test_xe3_outputs_are_reached_by_name() -> None:
    result = result_of(a=1)
    assert result["a"] == 1 and result.values["a"] == 1 and "a" in result
    assert result.get("a") == 1
    assert result.get("zz") is None
    assert result.get("zz", 7) == 7
    with pytest.raises(KeyError):
        result["zz"]


def test_xe4_values_is_a_real_dict() -> None:
    result = result_of(a=1, b=None)
    assert isinstance(result.values, dict)
    assert list(result.values.keys()) == ["a", "b"]
    assert result.values == {"a": 1, "b": None}


def test_x2_values_may_also_be_called() -> None:
    assert list(result_of(a=1, b=2).values()) == [1, 2]


def test_x2_a_result_is_iterated_like_a_mapping() -> None:
    result = result_of(b=2, a=1)
    assert list(result) == list(result.keys()) == ["b", "a"]
    assert list(result.items()) == [("b", 2), ("a", 1)]
    assert len(result) == 2
    assert dict(result) == {"b": 2, "a": 1}


def test_x2_an_output_that_is_none_is_there() -> None:
    result = result_of(a=None)
    assert "a" in result and result.get("a", 7) is None


def test_x2_equality_is_field_wise() -> None:
    left = RunResult({"a": 1}, RunStatus.COMPLETED, "run-1")
    assert left == RunResult({"a": 1}, RunStatus.COMPLETED, "run-1")
    assert left != RunResult({"a": 1}, RunStatus.COMPLETED, "run-2")
    assert left != RunResult({"a": 2}, RunStatus.COMPLETED, "run-1")
    assert left != {"a": 1}


def test_x2_results_are_mutable_and_so_cannot_be_hashed() -> None:
    result = result_of(a=1)
    result.values = {"b": 2}
    assert "a" not in result and result["b"] == 2 and list(result.values()) == [2]
    result.status = RunStatus.FAILED
    assert not result.completed
    with pytest.raises(TypeError):
        hash(result)


@pytest.mark.parametrize("status", list(RunStatus))
def test_x3_paused_and_completed_follow_the_status(status: RunStatus) -> None:
    result = RunResult({}, status)
    assert result.paused is (status is RunStatus.PAUSED)
    assert result.completed is (status is RunStatus.COMPLETED)
    assert not hasattr(result, "failed")


def test_x2_dataclass_tools_work_on_results() -> None:
    result = RunResult({"a": 1}, RunStatus.COMPLETED, "run-1")
    assert dataclasses.is_dataclass(RunResult)
    names = [field.name for field in dataclasses.fields(RunResult)]
    assert names == ["values", "status", "run_id", "workflow_id", "error", "pause"]
    assert dataclasses.asdict(result)["values"] == {"a": 1}
    assert dataclasses.replace(result, run_id="run-2").run_id == "run-2"


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_x2_results_survive_pickling(protocol: int) -> None:
    lazy = completed((1, ABSENT), Layout(("a", "b")))
    paused = RunResult({"a": [1]}, RunStatus.PAUSED, pause=PauseInfo("n", "o", 1))
    for result in (lazy, paused):
        back = pickle.loads(pickle.dumps(result, protocol))
        assert back == result and list(back.values()) == list(result.values())


def test_x2_results_can_be_copied() -> None:
    result = result_of(a=[1])
    assert copy.copy(result) == result and copy.copy(result)["a"] is result["a"]
    deep = copy.deepcopy(result)
    assert deep == result and deep["a"] is not result["a"]
    assert type(deep.values) is Values


def test_a_completed_result_reads_its_cells_in_result_order() -> None:
    result = completed((1, 2, 3), Layout(("a", "b", "c"), ("c", "a")))
    assert result["c"] == 3 and result.get("a") == 1
    assert "b" not in result and result.get("b") is None
    with pytest.raises(KeyError, match="b"):
        result["b"]
    assert list(result) == ["c", "a"] and len(result) == 2
    assert list(result.items()) == [("c", 3), ("a", 1)]


def test_a_completed_result_leaves_out_what_was_not_produced() -> None:
    result = completed((1, ABSENT, None), Layout(("a", "b", "c")))
    assert "b" not in result and result.get("b", 7) == 7
    with pytest.raises(KeyError, match="b"):
        result["b"]
    assert result.values == {"a": 1, "c": None}
    assert "b" not in result


def test_a_completed_result_has_every_field() -> None:
    result = completed((), Layout(()))
    assert result.status is RunStatus.COMPLETED and result.completed and not result.paused
    assert (result.workflow_id, result.error, result.pause) == (None, None, None)
    assert re.fullmatch("run-[0-9a-f]{12}", result.run_id)
    assert result.run_id == result.run_id
    with pytest.raises(AttributeError, match="missing"):
        result.missing  # noqa: B018


def test_x2_reading_one_output_does_not_build_the_dict() -> None:
    result = completed((1, 2), Layout(("a", "b")))
    assert result["a"] == 1 and "b" in result and result.get("b") == 2
    assert not hasattr(result, "_values")
    result.values["a"] = 10
    assert result["a"] == 10, "once the dict is there, it is the truth"
    assert result.values is result.values


def test_a_completed_result_is_small() -> None:
    assert completed((1,), Layout(("a",))).__sizeof__() <= 110
    assert not hasattr(completed((1,), Layout(("a",))), "__dict__")
