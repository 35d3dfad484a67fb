"""What ``map_over`` configures, and the checks its arguments must pass (G108-G112)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.diagnostics import graphs as catalogue
from hypergraph.compiler.diagnostics.problems import closest, problem
from hypergraph.compiler.diagnostics.together import Finding, finding, together

if TYPE_CHECKING:
    from hypergraph.compiler.declare.nested import GraphNode

Mode = Literal["zip", "product"]
OnError = Literal["raise", "continue"]


@dataclass(frozen=True)
class MapOver:
    """One configuration, in the names that the inputs have inside the graph."""

    params: tuple[str, ...]
    mode: Mode
    error_handling: OnError
    clone: bool | tuple[str, ...]


def check_map_over(
    node: GraphNode, params: Sequence[str], mode: Any, error_handling: Any, clone: Any
) -> None:
    """Raise ``ValueError`` or ``TypeError`` for arguments that ``map_over`` refuses (G109, L21)."""
    place = declared_at(node)
    findings = [
        *_params_problems(node, params),
        *_option_problems(mode, error_handling),
    ]
    if findings:
        raise together(ValueError, findings, place)
    if not isinstance(clone, bool | list):
        raise problem(TypeError, catalogue.CLONE_TYPE, where=[place], value=repr(clone))
    for name in clone if isinstance(clone, list) else ():
        if not isinstance(name, str):
            raise problem(TypeError, catalogue.CLONE_ENTRY_TYPE, where=[place], value=repr(name))
    if findings := list(_clone_problems(node, params, clone)):
        raise together(ValueError, findings, place)


def _params_problems(node: GraphNode, params: Sequence[str]) -> Iterator[Finding]:
    if not params:
        yield finding(catalogue.MAP_NOTHING, node=node.name)
    for name in params:
        if name not in node.inputs:
            yield _unknown(catalogue.MAP_UNKNOWN, node, name)
    repeated = sorted({name for name in params if params.count(name) > 1})
    if repeated:
        yield finding(catalogue.MAP_REPEATED, node=node.name, names=repeated)


def _option_problems(mode: Any, error_handling: Any) -> Iterator[Finding]:
    if mode not in ("zip", "product"):
        near = closest(str(mode), ("zip", "product"))
        yield finding(catalogue.MAP_MODE, near=near, value=repr(mode))
    if error_handling not in ("raise", "continue"):
        near = closest(str(error_handling), ("raise", "continue"))
        yield finding(catalogue.MAP_ERROR_HANDLING, near=near, value=repr(error_handling))


def _clone_problems(
    node: GraphNode, params: Sequence[str], clone: bool | list[str]
) -> Iterator[Finding]:
    for name in clone if isinstance(clone, list) else ():
        if name in params:
            yield finding(catalogue.CLONE_MAPPED, node=node.name, name=name)
        elif name not in node.inputs:
            yield _unknown(catalogue.CLONE_UNKNOWN, node, name)


def _unknown(entry: Any, node: GraphNode, name: Any) -> Finding:
    near = closest(str(name), node.inputs)
    return finding(entry, near=near, node=node.name, name=name, known=list(node.inputs))
