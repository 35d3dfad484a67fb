"""The engine to beat: a loop over (function, inputs, output) and a dict of values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from benchmarks.nodes import add_one


class Step(NamedTuple):
    """A function, what it reads and what it writes; `when` is a decision it needs, and which."""

    function: Callable[..., Any]
    inputs: tuple[str, ...]
    output: str
    when: tuple[str, Any] | None = None


def interpret(steps: Sequence[Step], values: dict[str, Any]) -> dict[str, Any]:
    """All values, once the steps ran in order; again if one wrote what was read before."""
    values = dict(values)
    again = True
    while again:
        again = False
        read: set[str] = set()
        for function, inputs, output, when in steps:
            if when is None or values[when[0]] == when[1]:
                values[output] = function(*[values[name] for name in inputs])
                read.update(inputs)
                again = again or output in read
    return values


def chain_steps(length: int, function: Callable[..., Any] = add_one) -> list[Step]:
    return [Step(function, (f"x{i - 1}",), f"x{i}") for i in range(1, length + 1)]


def wide_steps(width: int, function: Callable[..., Any] = add_one) -> list[Step]:
    return [Step(function, ("x",), f"y{i}") for i in range(1, width + 1)]
