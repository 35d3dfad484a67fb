"""``definition_hash``: what a function does, and nothing about the node around it."""

from __future__ import annotations

import functools
import hashlib
import inspect
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from hypergraph import FunctionNode, IfElseNode, InterruptNode, RouteNode


def digest(func: Callable[..., Any]) -> str:
    found = FunctionNode(func, "n", "y").definition_hash
    assert len(found) == 64 and set(found) <= set("0123456789abcdef")
    return found


def executed(source: str, **scope: Any) -> Callable[..., Any]:
    exec(source, scope)
    made: Callable[..., Any] = scope["f"]
    return made


def one(x: int) -> int:
    return x + 1


def two(x: int) -> int:
    return x + 2


class Scaler:
    def __init__(self, by: int) -> None:
        self.by = by

    def apply(self, x: int) -> int:
        return x * self.by

    def __call__(self, x: int) -> int:
        return x * self.by


def test_g29_it_is_the_sha_256_of_the_source_text() -> None:
    """G29: as ``inspect.getsource`` returns it."""
    expected = hashlib.sha256(inspect.getsource(one).encode()).hexdigest()
    assert digest(one) == expected and digest(two) != expected


def test_g29_only_the_function_counts() -> None:
    """G29, G33, E21, E22: not the kind of node, its names, outputs or flags."""
    nodes: list[Any] = [
        FunctionNode(one, output_name="a"),
        FunctionNode(one, "other", "b", cache=True, hide=True, emit="e", wait_for="w"),
        FunctionNode(one, output_name="a", rename_inputs={"x": "z"}),
        FunctionNode(one, output_name="a").with_inputs(x="q").with_outputs(a="c").with_name("m"),
        InterruptNode(one, output_name="a"),
        RouteNode(one, ["t"]),
        IfElseNode(one, "t", "u").with_name("g"),
    ]
    assert {node.definition_hash for node in nodes} == {digest(one)}


def test_g29_it_is_fixed_at_creation() -> None:
    """G29, E21: later changes to the function do not reach it."""
    func = executed("def f(x=1): return x")
    node = FunctionNode(func, output_name="y")
    before = node.definition_hash
    func.__defaults__ = (2,)
    assert node.definition_hash == before == node.with_name("n").definition_hash
    assert digest(func) != before


def test_g29_closures_with_the_same_source_share_a_hash() -> None:
    """G29: what a function with source captures does not count."""

    def adder(by: int) -> Callable[[int], int]:
        def add(x: int) -> int:
            return x + by

        return add

    assert digest(adder(1)) == digest(adder(2))


def test_e23_without_source_body_and_names_count() -> None:
    """E23, G29: bytecode, constants, and the names the body refers to."""
    sources = [
        "def f(x): return x + 1",
        "def f(x): return x + 2",
        "def f(x): return x - 1",
        "def f(x): return g(x)",
        "def f(x): return h(x)",
        "def f(y): return y + 1",
        "def f(x): return lambda: x + 1",
        "def f(x): return lambda: x + 2",
    ]
    assert len({digest(executed(source)) for source in sources}) == len(sources)
    assert digest(executed(sources[0])) == digest(executed(sources[0]))
    assert digest(executed(sources[6])) == digest(executed(sources[6]))


def test_e23_without_source_defaults_count() -> None:
    """E23, G29: positional and keyword defaults, by value and type."""
    sources = [
        "def f(x=1): return x",
        "def f(x=2): return x",
        "def f(x=True): return x",
        "def f(x=1.0): return x",
        "def f(x='1'): return x",
        "def f(*, x=1): return x",
        "def f(*, x=2): return x",
        "def f(x=[1, {'a': 2}]): return x",
        "def f(x=[1, {'a': 3}]): return x",
        "def f(x={1, 2}): return x",
        "def f(x={1, 3}): return x",
    ]
    assert len({digest(executed(source)) for source in sources}) == len(sources)


def test_g29_without_source_captured_values_count() -> None:
    """G29: an ``exec``-made closure is told by what it captured."""
    maker = executed("def f(by):\n    def add(x): return x + by\n    return add")
    assert digest(maker(1)) == digest(maker(1)) != digest(maker(2))
    assert digest(maker(one)) == digest(maker(one)) != digest(maker(two))


def test_g29_it_never_raises() -> None:
    """G29: unassigned cells, self-reference, hostile representations, deep nesting."""

    class Hostile:
        def __repr__(self) -> str:
            raise RuntimeError("no")

        def __getattr__(self, name: str) -> Any:
            raise RuntimeError("no")

    empty = executed("def f():\n    def g(x): return later\n    if False: later = 1\n    return g")
    digest(empty())
    itself = executed("def f():\n    def g(x): return g(x)\n    return g")
    assert digest(itself()) == digest(itself())
    digest(executed("def f(x=hostile): return x", hostile=Hostile()))
    nested: list[Any] = []
    for _ in range(5000):
        nested = [nested]
    digest(executed("def f(x=nested): return x", nested=nested))
    loop: list[Any] = []
    loop.append(loop)
    assert digest(executed("def f(x=loop): return x", loop=loop))


def test_e23_functions_of_every_origin_can_be_hashed() -> None:
    """E23: nested functions, methods, lambdas, built-ins, partials and callable objects."""

    def nested(x: int) -> int:
        return x

    found = [
        digest(nested),
        digest(Scaler(1).apply),
        digest(Scaler),
        digest(lambda x: x * 3),
        digest(len),
        digest(abs),
        digest(divmod),
        digest(functools.partial(one)),
    ]
    assert len(set(found)) == len(found)


def test_g29_partials_and_callable_objects_are_told_by_what_they_hold() -> None:
    """G29: two that differ only in a held value never share a hash, equal ones do."""
    partial = functools.partial
    assert digest(partial(one, x=1)) == digest(partial(one, x=1)) != digest(partial(one, x=2))
    assert digest(partial(one, 1)) != digest(partial(two, 1))
    assert digest(Scaler(1)) == digest(Scaler(1)) != digest(Scaler(2))


PROGRAM = """
import functools
from hypergraph import FunctionNode

class Held:
    def __call__(self, x): return x

scope = {"held": Held(), "inner": lambda x: x}
exec("def f(x={'b', 'a', 'c'}, y=held): return x in {'p', 'q', 'r'}", scope)

class Shown:
    def __call__(self, x): return x
    def __repr__(self): return f"Shown({object()!r})"

held = functools.partial(scope["f"], y=scope["inner"])
for func in (scope["f"], held, Held(), Shown(), len):
    print(FunctionNode(func, "n", "y").definition_hash)
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_g29_it_is_the_same_in_every_process(seed: str) -> None:
    """G29: neither addresses nor the hash seed have a part in it."""
    runs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={"PYTHONHASHSEED": each, "PYTHONPATH": ":".join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for each in ("0", seed)
    }
    assert len(runs) == 1
