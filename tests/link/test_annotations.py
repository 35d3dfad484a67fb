"""Annotations: what only type checkers need is imported for them only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.link.packages import Packages, names_in


def test_imports_that_only_annotations_use_are_for_type_checkers(packages: Packages) -> None:
    packages.write(steps="""
        from collections.abc import Iterable, Sequence
        from decimal import Decimal
        from typing import Any, Optional

        def total(values: Iterable[Decimal], start: Optional[Decimal] = None) -> Any:
            count: Sequence[int] = []
            return sum(values, start or Decimal(0)), count
        """)
    inlined = packages.link("steps:total")
    assert inlined.imports == ("from decimal import Decimal",)
    assert inlined.typing_imports == (
        "from collections.abc import Iterable, Sequence",
        "from typing import Any, Optional",
    )


def test_what_reads_annotations_finds_them(packages: Packages) -> None:
    """Class attributes, decorated functions, and functions that are handed to somebody."""
    packages.write(steps="""
        from dataclasses import dataclass, fields
        from decimal import Decimal
        from fractions import Fraction
        from functools import singledispatch
        from typing import get_type_hints
        from uuid import UUID

        @dataclass
        class Price:
            amount: Decimal
            def half(self) -> "Fraction": return self.amount / 2

        @singledispatch
        def shown(value): return "?"

        @shown.register
        def _(value: UUID): return "id"

        def given(value: Fraction) -> int: return 1

        def run(value): return get_type_hints(Price), get_type_hints(given), shown(value)
        def alone(value): return Price(value)
        """)
    inlined = packages.link("steps:run")
    assert inlined.typing_imports == ()
    hints, given, said = packages.run("steps:run").run(1)
    assert str(hints["amount"]) == "<class 'decimal.Decimal'>" and given["return"] is int
    assert said == "?"
    assert packages.link("steps:alone").typing_imports == ("from fractions import Fraction",)


def test_what_is_under_type_checking_stays_there(packages: Packages) -> None:
    packages.write(
        app__models="class Model: pass",
        app__steps="""
        from __future__ import annotations
        import typing
        from typing import TYPE_CHECKING

        if TYPE_CHECKING:
            from decimal import Decimal
            from app.models import Model
            T = typing.TypeVar("T", bound="Model")
            Pair = tuple[Decimal, T]

        def run(model: Model, other: T) -> Pair[T]:
            return model, other
        """,
    )
    inlined = packages.link("app.steps:run")
    assert inlined.imports == ()
    assert inlined.typing_imports == ("import typing", "from decimal import Decimal")
    assert [block.text for block in inlined.typing_blocks] == [
        'T = typing.TypeVar("T", bound="Model")',
        "Pair = tuple[Decimal, T]",
    ]
    assert names_in(inlined) == ["run", "Model"]
    assert packages.run("app.steps:run").run(1, 2) == (1, 2)


def test_classes_of_the_runtime_that_only_annotations_name_are_not_taken(
    packages: Packages,
) -> None:
    packages.write(steps="def run(): pass")
    inlined = packages.link("steps:run", "hypergraph.runtime.compact:result_text")
    assert "RunResult" not in names_in(inlined)
    assert [block.text for block in inlined.typing_blocks] == ["RunResult = Any"]


def test_type_checkers_accept_what_is_linked(packages: Packages, tmp_path: Path) -> None:
    packages.write(
        app__a="""
        from dataclasses import dataclass
        from enum import Enum

        class Kind(Enum):
            GOOD = "good"
            BAD = "bad"

        @dataclass(frozen=True)
        class Result:
            kind: "Kind"
            notes: tuple[str, ...] = ()

        def judge(text: str) -> Result:
            return Result(Kind.GOOD if text else Kind.BAD)
        """,
        app__b="""
        from __future__ import annotations
        from collections.abc import Callable, Iterator
        from typing import TypeVar, overload

        import app.a as first
        from hypergraph import END, node

        T = TypeVar("T")

        class Result:
            def __init__(self, inner: first.Result) -> None:
                self.inner = inner

        @overload
        def each(value: int) -> int: ...
        @overload
        def each(value: str) -> str: ...
        def each(value: int | str) -> int | str: return value

        def applied(func: Callable[[T], T], value: T) -> Iterator[T]:
            yield func(value)

        @node(output_name="result")
        def run(text: str) -> tuple[Result, list[int]]:
            return Result(first.judge(text)), [*applied(each, 1)]

        def decide(text: str) -> str | type[END]:
            return END if text else "run"
        """,
    )
    text = packages.text("app.b:run", "app.b:decide")
    (tmp_path / "linked.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "linked.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{text}"
