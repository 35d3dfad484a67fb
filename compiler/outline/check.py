"""The round trip: what a text says, when it is read back, is what the plan says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from hypergraph.compiler.emit.checks import broken
from hypergraph.compiler.emit.held import Held
from hypergraph.compiler.outline.changes import outline_changes
from hypergraph.compiler.outline.model import Outline
from hypergraph.compiler.outline.planned import joined, outline_of
from hypergraph.compiler.outline.read import read_outline
from hypergraph.compiler.outline.scope import Unreadable


def check_written(held: Mapping[str, Held], text: str, name: str) -> None:
    """Raise ``RuntimeError`` if a text does not say what the plans say that it was written from.

    That would be a mistake of ours; the error names the difference.
    """
    planned = joined(outline_of(one.plan, one.names) for one in held.values())
    try:
        written = read_outline(text)
    except Unreadable as error:
        raise broken(name, "round trip", f"line {error.line}: {error.what}") from error
    if written != planned:
        raise broken(name, "round trip", difference(planned, written))


def difference(planned: Outline, written: Outline) -> str:
    """What a text says otherwise than its plan: in sentences, and where exactly."""
    told = outline_changes(planned, written)
    exactly = next(_differences("outline", planned, written), "")
    return "; ".join([*told, exactly])


def _differences(where: str, planned: Any, written: Any) -> Iterator[str]:
    """Where two outlines differ, and what stands there, in the order in which they are read."""
    if planned == written:
        return
    if is_dataclass(planned) and type(planned) is type(written):
        for one in fields(planned):
            inner = getattr(planned, one.name), getattr(written, one.name)
            yield from _differences(f"{where}.{one.name}", *inner)
    elif isinstance(planned, tuple) and isinstance(written, tuple) and len(planned) == len(written):
        for index, inner in enumerate(zip(planned, written, strict=True)):
            yield from _differences(f"{where}[{index}]", *inner)
    else:
        yield f"{where} is {written!r}, not {planned!r}"
