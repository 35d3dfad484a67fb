"""Cases as text to keep: what is written down is read back as the same case."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from typing import Any

import black

from .source import source
from .spec import Case

TEMPLATE = '''"""Say here what went wrong: the first line is the name of the test."""

from __future__ import annotations

from tests.differential.spec import {names}

CASE = {case}
'''


def shown(value: Any) -> str:
    """A ``repr`` without the fields that have their default.

    >>> from tests.differential.spec import Fn, Param
    >>> shown(Fn("add", (Param("x", "x"),)))
    "Fn('add', (Param('x', 'x'),))"
    """
    if isinstance(value, tuple):
        return "(" + ", ".join(map(shown, value)) + (",)" if len(value) == 1 else ")")
    if not is_dataclass(value):
        return repr(value)
    parts: list[str] = []
    in_order = True
    for field in fields(value):
        given = getattr(value, field.name)
        if field.default is not MISSING and given == field.default:
            in_order = False
        else:
            parts.append(shown(given) if in_order else f"{field.name}={shown(given)}")
    return f"{type(value).__name__}({', '.join(parts)})"


def module(case: Case) -> str:
    """The text of a module for ``tests/corpus``."""
    text = shown(case)
    kinds = ("Ask", "Body", "Call", "Case", "Fn", "Gate", "GraphSpec", "MapOver", "Param", "Sub")
    names = ", ".join(kind for kind in kinds if f"{kind}(" in text)
    made = TEMPLATE.format(names=names, case=text)
    return black.format_str(made, mode=black.Mode(line_length=100))


def report(case: Case) -> str:
    """A case for a person: the user's module it stands for, the call, and the text to keep."""
    return f"{source(case.graph)}\n{shown(case.call)}\n\n{module(case)}"
