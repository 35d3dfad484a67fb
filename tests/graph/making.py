"""Short ways of making nodes, and of reading what an exception says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from hypergraph import END, FunctionNode, IfElseNode, InterruptNode, RouteNode

Target = str | type[END]


def function(name: str, reads: str = "", /, **defaults: Any) -> Callable[..., Any]:
    """A function of the parameters ``reads``, separated by blanks, some with defaults."""
    parameters = [
        f"{param}=_defaults['{param}']" if param in defaults else param for param in reads.split()
    ]
    star = "*, " if parameters else ""
    namespace: dict[str, Any] = {"_defaults": defaults}
    text = f"def {name}({star}{', '.join(parameters)}): return None"
    exec(compile(text, f"<made {name}>", "exec"), namespace)
    made: Callable[..., Any] = namespace[name]
    return made


def step(
    name: str,
    reads: str = "",
    gives: str = "",
    /,
    *,
    emit: str | None = None,
    wait_for: str | tuple[str, ...] | None = None,
    **defaults: Any,
) -> FunctionNode:
    """A function node; ``reads`` and ``gives`` are names separated by blanks."""
    func = function(name, reads, **defaults)
    return FunctionNode(func, name, tuple(gives.split()), emit=emit, wait_for=wait_for)


def ask(name: str, reads: str, gives: str, /, **defaults: Any) -> InterruptNode:
    """An interrupt node."""
    return InterruptNode(function(name, reads, **defaults), name, tuple(gives.split()))


def fork(
    name: str, reads: str, when_true: Target, when_false: Target, /, **options: Any
) -> IfElseNode:
    """A gate with two targets."""
    return IfElseNode(function(name, reads), when_true, when_false, **options)


def choice(name: str, reads: str, /, *targets: Target, **options: Any) -> RouteNode:
    """A gate with any number of targets."""
    return RouteNode(function(name, reads), list(targets), **options)


def explains(error: BaseException, *facts: str, where: tuple[Any, ...] = ()) -> bool:
    """Check that ``error`` states ``facts``, has a code and a remedy, and tells positions.

    ``A … B`` means both on one line, in this order. ``where`` holds functions, each of which must
    be told with its file and line, or strings that the places must mention.
    """
    text = str(error)
    for fact in facts:
        pattern = ".*".join(re.escape(part) for part in fact.split(" … "))
        assert re.search(pattern, text), f"{fact!r} is missing in:\n{text}"
    assert re.search(r"^How to fix: .+\[HG2\d\d\]$", text, re.MULTILINE), text
    assert re.fullmatch(r"HG2\d\d", vars(error)["code"])
    assert vars(error)["places"], f"no place is given in:\n{text}"
    for func in where:
        code = func.__code__
        assert f"{code.co_filename}:{code.co_firstlineno}" in text, text
    return True
