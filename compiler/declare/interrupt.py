"""Nodes that may pause a run and ask: ``@interrupt`` and ``InterruptNode`` (section 7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypergraph.compiler.declare.definition import as_wrapper
from hypergraph.compiler.declare.function import FunctionNode
from hypergraph.compiler.declare.signals import NamesGiven
from hypergraph.compiler.declare.targets import check_not_bare
from hypergraph.compiler.diagnostics import nodes as catalogue
from hypergraph.compiler.diagnostics.problems import problem


class InterruptNode(FunctionNode):
    """A function node that may have no answer, and then asks for its outputs (G45, G47).

    Parameters are those of ``FunctionNode``. Raises what that raises, and ``TypeError`` when
    ``output_name`` is missing.

    >>> def approve(draft): ...
    >>> InterruptNode(approve, output_name="decision")
    InterruptNode(approve, outputs=('decision',))
    """

    @property
    def is_interrupt(self) -> bool:
        """Always true."""
        return True

    def _without_output(self) -> None:
        definition = self._definition
        raise problem(
            TypeError,
            catalogue.INTERRUPT_WITHOUT_OUTPUT,
            where=[definition.place],
            function=definition.label,
        )


def interrupt(
    output_name: NamesGiven,
    *,
    rename_inputs: dict[str, str] | None = None,
    cache: bool = False,
    emit: NamesGiven = None,
    wait_for: NamesGiven = None,
    hide: bool = False,
) -> Callable[[Callable[..., Any]], InterruptNode]:
    """Make a function an interrupt, named after it (G46); parameters as for ``InterruptNode``.

    Raises ``TypeError`` when it is used without arguments.

    >>> @interrupt("decision")
    ... def approve(draft): ...
    >>> approve.is_interrupt, approve.outputs
    (True, ('decision',))
    """
    check_not_bare("interrupt", output_name)

    def declare(func: Callable[..., Any]) -> InterruptNode:
        return as_wrapper(
            InterruptNode(
                func,
                output_name=output_name,
                rename_inputs=rename_inputs,
                cache=cache,
                hide=hide,
                emit=emit,
                wait_for=wait_for,
            )
        )

    return declare
