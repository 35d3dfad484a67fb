"""Renaming the inputs and outputs of a node, and the record that is kept of it (G8-G17)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hypergraph.compiler.diagnostics import nodes as catalogue
from hypergraph.compiler.diagnostics.problems import Place, closest, problem
from hypergraph.runtime.errors import RenameError

Kind = Literal["name", "inputs", "outputs"]
Names = tuple[str, ...]


@dataclass(frozen=True)
class Rename:
    """One pair of one call; pairs of the same call share their ``group`` (G17)."""

    kind: Kind
    old: str
    new: str
    group: int


def recorded(history: Sequence[Rename], kind: Kind, pairs: Mapping[str, str]) -> list[Rename]:
    """A new history: ``history`` and, as one group, the ``pairs`` that change a name (G17).

    >>> recorded([Rename("name", "a", "b", 0)], "inputs", {"x": "y", "z": "z"})[1:]
    [Rename(kind='inputs', old='x', new='y', group=1)]
    """
    group = history[-1].group + 1 if history else 0
    return [
        *history,
        *(Rename(kind, old, new, group) for old, new in pairs.items() if old != new),
    ]


def chain_of(history: Sequence[Rename], kind: Kind, name: str) -> list[str]:
    """Every name that what was once called ``name`` has had, oldest first (L28).

    Two pairs of one call happened at the same time, so one never continues the other.

    >>> chain_of([Rename("inputs", "x", "y", 0), Rename("inputs", "y", "z", 0)], "inputs", "x")
    ['x', 'y']
    """
    chain, group = [name], -1
    for entry in history:
        if entry.kind == kind and entry.old == chain[-1] and entry.group > group:
            chain.append(entry.new)
            group = entry.group
    return chain


def renamed(
    names: Names,
    pairs: Mapping[str, str],
    kind: Kind,
    history: Sequence[Rename],
    place: Place | None = None,
) -> Names:
    """``names`` with all ``pairs`` applied at once (G10-G12).

    ``place`` is where the node was written. Raises ``RenameError`` for the first key that is not
    among ``names``, for a new name that is not a string, and for names that would repeat.

    >>> renamed(("a", "b"), {"a": "b", "b": "a"}, "inputs", [])
    ('b', 'a')
    """
    for name in pairs:
        if name not in names:
            raise _unknown(name, names, kind, history, place)
    return _applied(names, pairs, kind, place)


def renamed_parameters(
    parameters: Names, pairs: Mapping[str, str], place: Place | None = None
) -> Names:
    """``parameters`` as inputs, with a constructor's ``rename_inputs`` applied (G22, L8).

    Raises ``RenameError`` as :func:`renamed` does, but reports all unknown keys at once.

    >>> renamed_parameters(("kg", "limit"), {"kg": "mass"})
    ('mass', 'limit')
    """
    unknown = [name for name in pairs if name not in parameters]
    if unknown:
        raise problem(
            RenameError,
            catalogue.UNKNOWN_RENAME_INPUTS,
            where=[place],
            near=closest(str(unknown[0]), parameters),
            unknown=", ".join(map(repr, unknown)),
            valid=", ".join(map(repr, parameters)) or "(none)",
        )
    return _applied(parameters, pairs, "inputs", place)


def _applied(names: Names, pairs: Mapping[str, str], kind: Kind, place: Place | None) -> Names:
    for old, new in pairs.items():
        if not isinstance(new, str):
            raise problem(
                RenameError,
                catalogue.RENAME_TO_NON_STRING,
                where=[place],
                old=old,
                new=repr(new),
            )
    result = tuple(pairs.get(name, name) for name in names)
    repeated = sorted(name for name, count in Counter(result).items() if count > 1)
    if repeated:
        raise problem(
            RenameError, catalogue.RENAME_DUPLICATES, where=[place], kind=kind, names=repeated
        )
    return result


def _unknown(
    name: str, names: Names, kind: Kind, history: Sequence[Rename], place: Place | None
) -> RenameError:
    chain = chain_of(history, kind, name)
    if len(chain) > 1:
        return problem(
            RenameError,
            catalogue.STALE_NAME,
            where=[place],
            name=name,
            chain="→".join(chain),
            kind=kind,
            current=names,
        )
    return problem(
        RenameError,
        catalogue.UNKNOWN_NAME,
        where=[place],
        near=closest(str(name), names),
        name=name,
        kind=kind,
        current=names,
    )
