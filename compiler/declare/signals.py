"""Names given as ``output_name``, ``emit`` and ``wait_for``, and when they clash (G21, G23)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from hypergraph.compiler.diagnostics import nodes as catalogue
from hypergraph.compiler.diagnostics.problems import Entry, Place, problem

NamesGiven = str | tuple[str, ...] | list[str] | None


class HasSignals(Protocol):
    """What of a node decides whether its signals clash."""

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]

    @property
    def data_outputs(self) -> tuple[str, ...]: ...

    @property
    def wait_for(self) -> tuple[str, ...]: ...


def names_given(option: str, given: NamesGiven, place: Place | None = None) -> tuple[str, ...]:
    """What was passed as ``option``, as a tuple of names (G21, G23, L10).

    Raises ``TypeError`` unless it is a string, or a tuple or list of strings.

    >>> names_given("emit", "done"), names_given("emit", ["a", "b"]), names_given("emit", None)
    (('done',), ('a', 'b'), ())
    """
    if given is None:
        return ()
    if isinstance(given, str):
        return (given,)
    if isinstance(given, tuple | list) and all(isinstance(name, str) for name in given):
        return tuple(given)
    raise problem(TypeError, catalogue.NOT_NAMES, where=[place], option=option, given=repr(given))


def check_no_repeats(
    option: str, names: tuple[str, ...], node: str, place: Place | None = None
) -> None:
    """Raise ``ValueError`` if a name is given twice in one ``option`` (L9)."""
    repeated = sorted(name for name, count in Counter(names).items() if count > 1)
    if repeated:
        raise problem(
            ValueError,
            catalogue.REPEATED_NAMES,
            where=[place],
            option=option,
            node=node,
            names=repeated,
        )


def check_signals(node: HasSignals, place: Place | None = None) -> None:
    """Raise ``ValueError`` for the first of the three clashes of G23 that ``node`` has."""
    data = node.data_outputs
    emits = node.outputs[len(data) :]
    for entry, names, others in (
        (catalogue.EMIT_IS_OUTPUT, emits, data),
        (catalogue.WAITS_FOR_INPUT, node.wait_for, node.inputs),
        (catalogue.EMITS_WHAT_IT_AWAITS, emits, node.wait_for),
    ):
        _check_disjoint(node, entry, names, others, place)


def _check_disjoint(
    node: HasSignals,
    entry: Entry,
    names: Iterable[str],
    others: Iterable[str],
    place: Place | None,
) -> None:
    clash = sorted(set(names) & set(others))
    if clash:
        raise problem(ValueError, entry, where=[place], node=node.name, names=clash)
