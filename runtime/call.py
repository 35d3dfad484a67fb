"""The checks of a call, held against the skeleton of its graph, in their order (X17)."""

from __future__ import annotations

from hypergraph.runtime import refusals as catalogue
from hypergraph.runtime.call_answers import check_answers
from hypergraph.runtime.call_entries import check_entries, check_required
from hypergraph.runtime.call_names import Given
from hypergraph.runtime.call_overrides import check_conflicts, unexpected_warnings
from hypergraph.runtime.checks import ERROR_HANDLING, POLICIES, check_word
from hypergraph.runtime.errors import GraphConfigError
from hypergraph.runtime.problems import closest, problem
from hypergraph.runtime.shapes import UNSET
from hypergraph.runtime.warnings import warn_caller

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hypergraph.runtime.shapes import Request
    from hypergraph.runtime.skeleton import Skeleton


class CheckedCall:
    """What is left of a request once it is known to be right.

    ``supplied`` are the names to pass on, in the order of the request; ``outputs`` those to return;
    ``wanted`` those of them that were asked for by name and count as missing when they are not
    there (X69); ``warnings`` are repeated on every run.
    """

    __slots__ = ("supplied", "outputs", "wanted", "warnings")

    def __init__(
        self,
        supplied: tuple[str, ...],
        outputs: tuple[str, ...],
        wanted: tuple[str, ...],
        warnings: tuple[str, ...],
    ) -> None:
        self.supplied, self.outputs = supplied, outputs
        self.wanted, self.warnings = wanted, warnings


def check_request(skeleton: Skeleton, request: Request) -> CheckedCall:
    """Check what a call supplies and asks for; values are not looked at (sections 5 and 6).

    Raises, in this order: ``GraphConfigError`` for a selection of what is no output, ``ValueError``
    for a word that is no policy, for answers that fit no interrupt, for values given in place of
    what is computed, for unexpected names if so wished and for a wrong loop entry,
    ``MissingInputError`` for a loop without entry and for missing inputs, ``ValueError`` for the
    other two words.
    """
    selected = _selected(skeleton, request)
    check_word("on_internal_override", request.on_internal_override, POLICIES)
    answers, reached = check_answers(skeleton, request.supplied)
    given = Given(skeleton, skeleton.scope(selected), request.supplied, answers)
    check_conflicts(given)
    warnings = unexpected_warnings(given, request.on_internal_override)
    try:
        check_entries(given, request.entrypoint)
        check_required(given)
        check_word("on_missing", request.on_missing, POLICIES)
        check_word("error_handling", request.error_handling, ERROR_HANDLING)
    except Exception:
        # A mistyped name explains what is missing, so it is told even if nothing will run.
        for text in warnings:
            warn_caller(text)
        raise
    names = skeleton.outputs if selected is None else selected
    data = tuple(name for name in names if name not in given.signals)
    return CheckedCall(
        supplied=_passed_on(given, reached),
        outputs=data,
        wanted=() if selected is None else data,
        warnings=warnings,
    )


def _selected(skeleton: Skeleton, request: Request) -> tuple[str, ...] | None:
    """The outputs asked for by name, with the call or by the graph; ``None`` for all (X22, K33)."""
    if request.select is UNSET or request.select is None:
        return skeleton.selected
    if request.select == "**":
        return None
    names = (request.select,) if isinstance(request.select, str) else tuple(request.select)
    unknown = [name for name in names if name not in skeleton.outputs]
    if unknown:
        raise problem(
            GraphConfigError,
            catalogue.SELECT,
            where=[skeleton.place(None)],
            near=closest(str(unknown[0]), skeleton.outputs),
            names=", ".join(repr(name) for name in unknown),
            valid=", ".join(f"'{name}'" for name in skeleton.outputs) or "none",
        )
    return names


def _passed_on(given: Given, reached: frozenset[str]) -> tuple[str, ...]:
    """The supplied names that can matter to the run: inputs, outputs, and answers."""
    read = {one for node in given.skeleton.nodes.values() if node.active for one in node.inputs}
    known = read.union(given.skeleton.outputs, reached) - given.signals
    return tuple(name for name in given.supplied if name in known)
