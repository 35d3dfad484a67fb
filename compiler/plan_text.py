"""A plan as text: for a person, and as JSON for another program."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

from hypergraph.compiler.plan import Plan


def program_description(plan: Plan) -> str:
    """The supersteps of a program, then those of the graphs inside it, outermost first."""
    return "\n\n".join(one.describe().rstrip() for one in (plan, *reversed(plan.functions)))


def plan_json(plan: Plan) -> str:
    """The whole plan as JSON; every part says under ``is`` what it is.

    >>> from hypergraph.compiler.plan import Plan
    >>> json.loads(plan_json(Plan("g", "", "sync", (), (), ())))["is"]
    'Plan'
    """
    return json.dumps(_plain(plan), indent=2, ensure_ascii=True)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        parts = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        return {"is": type(value).__name__, **parts}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value
