"""Functions that cost next to nothing, so that what is measured is everything around them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.interpreter import Step
from hypergraph import FunctionNode


def add_one(x: int) -> int:
    return x + 1


async def add_one_async(x: int) -> int:
    return x + 1


def chain_nodes(length: int, function: Callable[..., Any] = add_one) -> list[FunctionNode]:
    """Nodes from `x0` to `x<length>`, each reading what the one before produced."""
    return [
        FunctionNode(
            function, name=f"step_{i}", output_name=f"x{i}", rename_inputs={"x": f"x{i - 1}"}
        )
        for i in range(1, length + 1)
    ]


def chain_steps(length: int, function: Callable[..., Any] = add_one) -> list[Step]:
    """The same for the interpreter."""
    return [Step(f"step_{i}", function, (f"x{i - 1}",), f"x{i}") for i in range(1, length + 1)]


def wide_nodes(width: int, function: Callable[..., Any] = add_one) -> list[FunctionNode]:
    """Nodes that all read `x` and produce `y1` to `y<width>`."""
    return [
        FunctionNode(function, name=f"branch_{i}", output_name=f"y{i}") for i in range(1, width + 1)
    ]


def wide_steps(width: int, function: Callable[..., Any] = add_one) -> list[Step]:
    """The same for the interpreter."""
    return [Step(f"branch_{i}", function, ("x",), f"y{i}") for i in range(1, width + 1)]


def unrolled(lines: list[str], parameter: str, names: list[str]) -> Callable[[int], Any]:
    """A function with these lines that returns these names: what nobody types out by hand."""
    body = "\n    ".join([*lines, f"return ({', '.join(names)},)"])
    namespace: dict[str, Any] = {"add_one": add_one}
    exec(f"def by_hand({parameter}):\n    {body}\n", namespace)
    function: Callable[[int], Any] = namespace["by_hand"]
    return function
