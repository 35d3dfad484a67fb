"""Answers to interrupts among the inputs of a call (K2, X106)."""

from __future__ import annotations

from hypergraph.runtime import refusals as catalogue
from hypergraph.runtime.problems import closest, problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypergraph.runtime.skeleton import Skeleton


def check_answers(
    skeleton: Skeleton, supplied: Sequence[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """The dotted answers among the supplied names, and those of them that may be reached.

    Raises ``ValueError`` for a key that starts with the name of a graph node and names no interrupt
    in it (K2), and for an interrupt that is answered in part (X106).
    """
    keys = [key for _, keys, _ in skeleton.questions for key in keys]
    dotted = [name for name in supplied if _graph_node(name) in skeleton.graphs]
    for name in dotted:
        if name not in keys:
            raise _unknown(skeleton, name, keys)
    for node, asked, active in skeleton.questions:
        if active:
            _check_complete(skeleton, node, asked, supplied)
    reached = {key for _, asked, active in skeleton.questions if active for key in asked}
    return frozenset(dotted), frozenset(reached.intersection(dotted))


def _graph_node(key: str) -> str | None:
    """The name that a dotted key starts with; dots mean nothing else (X16)."""
    head, dot, _ = key.partition(".")
    return head if dot else None


def _unknown(skeleton: Skeleton, key: str, keys: Sequence[str]) -> ValueError:
    node = _graph_node(key)
    valid = [one for one in keys if one.startswith(f"{node}.")]
    return problem(
        ValueError,
        catalogue.ANSWER_UNKNOWN,
        where=[skeleton.place(node)],
        near=closest(key, valid),
        key=key,
        node=node,
        valid=", ".join(f"'{one}'" for one in valid) or "none",
    )


def _check_complete(
    skeleton: Skeleton, path: str, keys: tuple[str, ...], supplied: Sequence[str]
) -> None:
    given = [key for key in keys if key in supplied]
    if given and len(given) < len(keys):
        missing = [key for key in keys if key not in supplied]
        raise problem(
            ValueError,
            catalogue.ANSWER_INCOMPLETE,
            where=[skeleton.place(path)],
            node=path.rpartition("/")[2],
            given=", ".join(f"'{key}'" for key in given),
            missing=", ".join(f"'{key}'" for key in missing),
        )
