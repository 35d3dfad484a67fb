"""Values given for what nodes compute, and names that nobody asks for (X25-X27)."""

from __future__ import annotations

from hypergraph.runtime import refusals as catalogue
from hypergraph.runtime.call_names import consumed_outputs
from hypergraph.runtime.problems import closest, problem, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import Any

    from hypergraph.runtime.call_names import Given
    from hypergraph.runtime.skeleton import Part


def check_conflicts(given: Given) -> None:
    """Raise one ``ValueError`` with every node that is both replaced and able to run (X27)."""
    conflicts = dict(_conflicts(given))
    if conflicts:
        raise problem(
            ValueError,
            catalogue.CONFLICT,
            where=[*map(given.skeleton.place, conflicts), *given.where],
            conflicts="\n".join(conflicts.values()),
        )


def _conflicts(given: Given) -> Iterator[tuple[str, str]]:
    consumed = consumed_outputs(given.scope.links)
    for name, node in given.nodes.items():
        injected = given.internal.intersection(node.outputs) - given.seeded
        if not injected:
            continue
        lacking = [one for one in node.inputs if one not in given.provided | node.defaults]
        left_out = consumed.get(name, set()) - injected - given.seeded - given.provided
        if not lacking:
            yield name, _computed_as_well(given, name, node, injected)
        elif left_out:
            yield name, (
                f"Cannot accept partial inject outputs of '{name}': {_listed(injected)} "
                f"given, {_listed(left_out)} missing"
            )


def _computed_as_well(given: Given, name: str, node: Part, injected: Collection[str]) -> str:
    seeded = given.provided.intersection(node.inputs)
    if seeded:
        reason = f"its inputs {_listed(seeded)} are given"
    elif node.inputs:
        reason = f"it can run on the defaults of {_listed(node.inputs)}"
    else:
        reason = "it needs no inputs"
    return (
        f"Cannot mix compute and inject: node '{name}' would compute {_listed(injected)}, "
        f"which is given, since {reason}"
    )


def unexpected_warnings(given: Given, policy: str) -> tuple[str, ...]:
    """What there is to say about unexpected names; ``ValueError`` if the policy is so (X26)."""
    if policy == "ignore" or not given.unexpected:
        return ()
    facts = _unexpected_facts(given)
    if policy == "error":
        raise problem(ValueError, catalogue.UNEXPECTED, where=given.where, **facts)
    return (told(catalogue.UNEXPECTED, **facts),)


def _unexpected_facts(given: Given) -> dict[str, Any]:
    lines = [f"\n  {_with_producers(given, name)}" for name in sorted(given.internal)]
    unknown = [name for name in given.unexpected if name not in given.internal]
    expected = sorted(given.scope.all)
    if unknown:
        lines.append(f"\n  not recognised in the active scope: {_listed(unknown)}")
    for name in unknown:
        near = closest(name, [one for one in expected if one not in given.provided])
        if near is not None:
            lines.append(f"\n  Did you mean '{near}' where '{name}' is given?")
    return {
        "names": _listed(given.unexpected),
        "details": "".join(lines),
        "expected": _listed(expected) or "none",
    }


def _with_producers(given: Given, name: str) -> str:
    producers = (one for one, node in given.nodes.items() if name in node.outputs)
    return f"{name} <- {', '.join(producers)}"


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names))
