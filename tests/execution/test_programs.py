"""Calls of a program as a file holds it: what its interface says is all there is to check."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hypergraph import (
    AsyncRunner,
    GraphConfigError,
    IncompatibleRunnerError,
    MissingInputError,
    SyncRunner,
)
from hypergraph.runtime.interface import Inputs
from hypergraph.runtime.program import Program
from hypergraph.runtime.sentinels import ABSENT
from tests.execution.tracing import says, told

RUNNER = SyncRunner()


def price(amount: int, rate: float = 0.5) -> tuple[Any, ...]:
    tax = amount * rate
    gross = amount + tax
    return tax, gross


def count(n: Any = ABSENT, m: Any = ABSENT, *, max_iterations: int = 1000) -> tuple[Any, ...]:
    return n, m, max_iterations


PRICE = Program(
    price, inputs=Inputs(required=("amount",), optional=("rate",)), outputs=("tax", "gross")
)
COUNT = Program(
    count,
    inputs=Inputs(loops=({"step": ("n",), "leap": ("n", "m")},)),
    outputs=("n", "m", "limit"),
)


async def ask(
    draft: Any, verdict: Any = ABSENT, why: Any = ABSENT, inner: Any = ABSENT
) -> tuple[Any, ...]:
    return verdict, why


ASK = Program(
    ask,
    inputs=Inputs(
        required=("draft",),
        answers=("verdict", "why", "desk.ok"),
        together=(("verdict", "why"),),
        parameters={"desk.ok": "inner"},
    ),
    outputs=("verdict", "why"),
)


def test_a_program_runs_like_a_graph() -> None:
    assert RUNNER.run(PRICE, amount=10).values == {"tax": 5.0, "gross": 15.0}
    assert PRICE.run({"amount": 10}, rate=0.1, select="tax").values == {"tax": 1.0}
    assert [r["gross"] for r in PRICE.map(amount=[1, 2], map_over="amount")] == [1.5, 3.0]
    assert PRICE.inputs.required == ("amount",) and PRICE.inputs.optional == ("rate",)


def test_x31_a_missing_input_of_a_program() -> None:
    with told() as texts, pytest.raises(MissingInputError) as caught:
        RUNNER.run(PRICE, amuont=10)
    assert caught.value.missing == ["amount"] and caught.value.provided == ["amuont"]
    assert says(caught.value, "Missing required inputs: 'amount'", "bind", "Did you mean")
    assert len(texts) == 1 and says(texts[0], "internal parameters", "amuont")


def test_x26_an_unknown_input_of_a_program_by_policy() -> None:
    with told() as texts:
        RUNNER.run(PRICE, amount=1, odd=2)
        RUNNER.run(PRICE, amount=1, odd=2)
    assert len(texts) == 2
    assert says(texts[0], "internal parameters", "odd", "not recognised in the active scope")
    with told() as texts:
        RUNNER.run(PRICE, amount=1, odd=2, on_internal_override="ignore")
    assert texts == []
    with pytest.raises(ValueError, match="internal parameters"):
        RUNNER.run(PRICE, amount=1, odd=2, on_internal_override="error")


def test_x22_selecting_outputs_of_a_program() -> None:
    assert list(RUNNER.run(PRICE, amount=1, select=["gross", "tax"])) == ["gross", "tax"]
    assert list(RUNNER.run(PRICE, amount=1, select="**")) == ["tax", "gross"]
    with pytest.raises(GraphConfigError) as caught:
        RUNNER.run(PRICE, amount=1, select="gros")
    assert says(caught.value, "Invalid select", "gros", "Did you mean 'gross'?")


def test_a_value_for_what_a_program_computes_is_refused_with_the_remedy() -> None:
    with pytest.raises(GraphConfigError) as caught:
        RUNNER.run(PRICE, amount=1, tax=2)
    assert says(caught.value, "computes … tax", "--partial")


def test_x29_the_loops_of_a_program_are_entered_in_one_way() -> None:
    assert RUNNER.run(COUNT, n=1).values == {"n": 1, "limit": 1000}
    with pytest.raises(MissingInputError) as none:
        RUNNER.run(COUNT, m=1)
    assert none.value.missing == [] and says(none.value, "No entry point for cycle", "step → n")
    with pytest.raises(ValueError, match="Ambiguous cycle entry"):
        RUNNER.run(COUNT, n=1, m=1)
    assert RUNNER.run(COUNT, n=1, m=2, entrypoint="leap")["m"] == 2
    with pytest.raises(ValueError) as lacking:
        RUNNER.run(COUNT, n=1, entrypoint="leap")
    assert says(lacking.value, "'leap'", "Missing: ['m']")


def test_k32_an_entry_point_that_a_program_does_not_have() -> None:
    for program, values in ((PRICE, {"amount": 1}), (COUNT, {"n": 1})):
        with pytest.raises(ValueError, match="not a valid entry point"):
            RUNNER.run(program, values, entrypoint="zz")


def test_x67_a_limit_reaches_the_loops_of_a_program() -> None:
    assert RUNNER.run(COUNT, n=1, max_iterations=7)["limit"] == 7
    assert RUNNER.run(COUNT, n=1, max_iterations=0)["limit"] == 1000
    assert RUNNER.run(PRICE, amount=1, max_iterations=7).completed


def test_x106_an_interrupt_of_a_program_is_answered_whole() -> None:
    with pytest.raises(ValueError) as caught:
        asyncio.run(AsyncRunner().run(ASK, draft=1, verdict=True))
    assert says(caught.value, "'verdict'", "'why'", "response_keys")
    answered = asyncio.run(AsyncRunner().run(ASK, draft=1, verdict=True, why="so"))
    assert answered.values == {"verdict": True, "why": "so"}


def test_k2_a_dotted_key_of_a_program_names_an_interrupt() -> None:
    with pytest.raises(ValueError) as caught:
        asyncio.run(AsyncRunner().run(ASK, {"draft": 1, "desk.okay": True}))
    assert says(caught.value, "desk.okay", "Did you mean 'desk.ok'?")
    with told() as texts:
        asyncio.run(AsyncRunner().run(ASK, {"draft": 1, "desk.ok": True}))
    assert texts == []


def test_x95_a_program_with_interrupts_cannot_be_mapped() -> None:
    with pytest.raises(IncompatibleRunnerError, match="InterruptNode"):
        asyncio.run(AsyncRunner().map(ASK, draft=[], map_over="draft"))


def test_x20_an_asyncio_program_needs_the_async_runner() -> None:
    with pytest.raises(IncompatibleRunnerError) as caught:
        RUNNER.run(ASK, draft=1)
    assert caught.value.capability == "supports_async_nodes" and says(caught.value, "AsyncRunner")


WRONG: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"select": "zz", "on_internal_override": "zz"}, GraphConfigError, "Invalid select"),
    ({"zz": 1, "on_internal_override": "loud"}, ValueError, "Invalid on_internal_override"),
    ({"zz": 1, "on_internal_override": "error", "entrypoint": "zz"}, ValueError, "internal"),
    ({"entrypoint": "zz"}, ValueError, "not a valid entry point"),
    ({"on_missing": "loud"}, MissingInputError, "Missing required inputs"),
    ({"amount": 1, "on_missing": "loud", "error_handling": "loud"}, ValueError, "on_missing"),
    ({"amount": 1, "error_handling": "loud"}, ValueError, "Invalid error_handling"),
]


@pytest.mark.parametrize(("call", "kind", "fact"), WRONG)
def test_x17_a_call_of_a_program_is_checked_in_the_same_order(
    call: dict[str, Any], kind: type[Exception], fact: str
) -> None:
    with pytest.raises(kind) as caught:
        RUNNER.run(PRICE, **call)
    assert says(caught.value, fact)


def test_inputs_and_outputs_that_could_not_keep_their_names() -> None:
    def entry(class_: int, max_: int = 3) -> tuple[Any, ...]:
        print_ = class_ * max_
        if print_ == 0:
            raise ValueError("nothing")
        return (print_,)

    program = Program(
        entry,
        inputs=Inputs(
            required=("class",), optional=("max",), parameters={"class": "class_", "max": "max_"}
        ),
        outputs=("print",),
        variables={"print": "print_"},
    )
    assert RUNNER.run(program, {"class": 2, "max": 5}).values == {"print": 10}
    assert RUNNER.run(program, {"class": 2}).values == {"print": 6}
    failed = RUNNER.run(program, {"class": 0}, error_handling="continue")
    assert failed.values == {"print": 0} and str(failed.error) == "nothing"


def test_a_sync_program_is_fine_under_the_async_runner() -> None:
    assert asyncio.run(AsyncRunner().run(PRICE, amount=10))["gross"] == 15.0
    results = asyncio.run(AsyncRunner().map(PRICE, amount=[1, 2], map_over="amount"))
    assert [result["gross"] for result in results] == [1.5, 3.0]
    failed = asyncio.run(AsyncRunner().run(PRICE, amount="x", error_handling="continue"))
    assert failed.status == "failed" and isinstance(failed.error, TypeError)
