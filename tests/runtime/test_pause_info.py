"""Where a run paused, and the names that answer it (execution.md, section 2.5)."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from hypergraph import PauseInfo


@pytest.mark.parametrize(
    ("path", "key"),
    [("a", "o"), ("x/a", "x.o"), ("x/y/a", "x.y.o")],
)
def test_xe13_the_response_key_is_the_path_without_the_interrupt(path: str, key: str) -> None:
    assert PauseInfo(path, "o", None).response_key == key


def test_x6_example() -> None:
    assert PauseInfo("desk/legal/sign_off", "verdict", 1).response_key == "desk.legal.verdict"


def test_xe14_one_output_has_one_response_key() -> None:
    assert PauseInfo("a", "o", None).response_keys == {"o": "o"}
    assert PauseInfo("x/a", "o", None).response_keys == {"o": "x.o"}


def test_xe14_every_output_has_a_response_key_with_the_same_prefix() -> None:
    pause = PauseInfo("x/y/a", "o", None, output_params=("o", "p"))
    assert pause.response_keys == {"o": "x.y.o", "p": "x.y.p"}


def test_x6_pause_info_is_a_record() -> None:
    pause = PauseInfo("a", "o", 1, ("o", "p"), {"i": 1})
    assert (pause.node_name, pause.output_param, pause.value) == ("a", "o", 1)
    assert pause.output_params == ("o", "p") and pause.values == {"i": 1}
    assert PauseInfo("a", "o", 1).output_params is None
    assert PauseInfo("a", "o", 1).values is None
    assert pause == PauseInfo("a", "o", 1, ("o", "p"), {"i": 1}) != PauseInfo("a", "o", 1)
    assert repr(PauseInfo("a", "o", 1)) == (
        "PauseInfo(node_name='a', output_param='o', value=1, output_params=None, values=None)"
    )
    pause.value = 2
    assert pause.value == 2
    with pytest.raises(TypeError):
        hash(pause)


def test_x6_pause_info_can_be_copied_pickled_and_taken_apart() -> None:
    pause = PauseInfo("a", "o", [1])
    assert copy.deepcopy(pause) == pickle.loads(pickle.dumps(pause)) == pause
    assert dataclasses.asdict(pause)["value"] == [1]
    assert dataclasses.replace(pause, value=2) == PauseInfo("a", "o", 2)
    match pause:
        case PauseInfo(node, output, _):
            assert (node, output) == ("a", "o")
