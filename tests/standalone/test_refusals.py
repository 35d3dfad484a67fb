"""What a file that stands alone cannot have, and what it says about that when it is asked."""

from __future__ import annotations

from typing import Any

import pytest

from hypergraph.compiler.artifact import compile_graph
from hypergraph.compiler.diagnostics.artifacts import CompileError
from tests.standalone.test_size_and_start import CHAIN

REFINE = "examples.refine.pipeline:graph"


@pytest.fixture(scope="module")
def chain() -> Any:
    """The program of three functions in a row."""
    return compile_graph(CHAIN, standalone=True, no_main=True).program()


@pytest.mark.parametrize("feature", ["events", "cache", "partial"])
def test_hg418_some_options_need_the_package(feature: str) -> None:
    asked: Any = {feature: True}
    with pytest.raises(CompileError, match=rf"cannot have --{feature}(.|\n)*HG418"):
        compile_graph(CHAIN, standalone=True, **asked)


def test_processors_are_refused_by_name(chain: Any) -> None:
    with pytest.raises(Exception, match="'chain' was compiled without events") as caught:
        chain.run(x=1, event_processors=[print])
    assert type(caught.value).__name__ == "GraphConfigError"


def test_an_executor_is_refused(chain: Any) -> None:
    with pytest.raises(ValueError, match="'executor' is one of the reserved"):
        chain.map(x=[1], map_over="x", executor=print)


def test_a_command_line_can_be_left_out(chain: Any) -> None:
    text = compile_graph(CHAIN, standalone=True, no_main=True).text
    assert "__main__" not in text and "json" not in text
    with pytest.raises(AttributeError, match="command"):
        chain.main([])


def test_x31_what_is_missing_is_named_and_what_was_meant_is_told(chain: Any) -> None:
    with pytest.raises(Exception, match=r"Missing required inputs: 'x'\. Provided: 'xx'") as caught:
        chain.run(xx=1, on_internal_override="ignore")
    assert "Did you mean 'xx'?" in str(caught.value) and caught.value.missing == ["x"]  # type: ignore[attr-defined]


def test_x26_unexpected_inputs_warn_at_the_line_of_the_caller(chain: Any) -> None:
    with pytest.warns(UserWarning, match=r"internal parameters \['zz'\]") as caught:
        assert chain.run(x=1, zz=2)["d"] == 1
    assert caught[0].filename == __file__


@pytest.mark.parametrize(
    ("options", "error", "text"),
    [
        ({"select": "zz"}, "GraphConfigError", "are not outputs"),
        ({"on_missing": "loud"}, "ValueError", "Invalid on_missing"),
        ({"error_handling": "loud"}, "ValueError", "Invalid error_handling"),
        ({"entrypoint": "add_one"}, "ValueError", "not a valid entry point"),
        ({"max_concurrency": 2}, "ValueError", "reserved runner options"),
    ],
)
def test_x17_options_are_checked(
    chain: Any, options: dict[str, Any], error: str, text: str
) -> None:
    with pytest.raises(Exception, match=text) as caught:
        chain.run({"x": 1}, **options)
    assert type(caught.value).__name__ == error


def test_x71_a_failed_run_keeps_what_it_had(chain: Any) -> None:
    result = chain.run(x="no number", error_handling="continue")
    assert result.status == "failed" and type(result.error) is TypeError and result.values == {}
    with pytest.raises(TypeError):
        chain.run(x="no number")


def test_x2_a_result_is_read_like_a_mapping(chain: Any) -> None:
    result = chain.run(x=3, select=["d", "b"])
    assert result.completed and not result.paused and result.status.value == "completed"
    assert dict(result.items()) == result.values == {"d": 5, "b": 4} and list(result) == ["d", "b"]
    assert (result.get("c"), "c" in result, len(result), list(result.values())) == (
        None,
        False,
        2,
        [5, 4],
    )
    assert repr(result).startswith("RunResult(")


def test_x88_items_are_mapped_over(chain: Any) -> None:
    assert [result["d"] for result in chain.map(x=[1, 2], map_over="x")] == [1, 3]
    failed, fine = chain.map({"x": [None, 1]}, map_over="x", error_handling="continue")
    assert (failed.status, fine["d"]) == ("failed", 1)
    with pytest.raises(ValueError, match="clone"):
        chain.map(x=[1], map_over="x", clone=["x"])


def test_x67_a_map_takes_the_bound_of_its_runs(chain: Any) -> None:
    assert [one["d"] for one in chain.map(x=[1], map_over="x", max_iterations=5)] == [1]
    program: Any = compile_graph(REFINE, standalone=True, no_main=True).program()
    (failed,) = program.map(
        text=["We utilize it. " * 3],
        target=200.0,
        map_over="text",
        max_iterations=1,
        error_handling="continue",
    )
    assert "exceeded 1 iterations" in str(failed.error)


def test_x67_loops_are_bounded() -> None:
    program: Any = compile_graph(REFINE, standalone=True, no_main=True).program()
    with pytest.raises(Exception, match="exceeded 1 iterations") as caught:
        program.run(text="We utilize it. " * 3, target=200.0, max_iterations=1)
    assert type(caught.value).__name__ == "InfiniteLoopError"
    with pytest.raises(Exception, match="exceeded 1 iterations"):
        program.map(text=["We utilize it. " * 3], map_over="text", target=200.0, max_iterations=1)
    with pytest.raises(Exception, match="No entry point for cycle"):
        program.run()
