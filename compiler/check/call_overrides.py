"""Values given for what nodes compute, and names that nobody asks for (X25-X27)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from hypergraph.compiler.check.call_names import Given, consumed_outputs
from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.places import declared_at
from hypergraph.compiler.diagnostics import inputs as catalogue
from hypergraph.compiler.diagnostics.problems import closest, problem, told


def check_conflicts(given: Given) -> None:
    """Raise one ``ValueError`` with every node that is both replaced and able to run (X27)."""
    conflicts = dict(_conflicts(given))
    if conflicts:
        raise problem(
            ValueError,
            catalogue.CONFLICT,
            where=[*(declared_at(node) for node in conflicts), *given.where] if given.where else (),
            conflicts="\n".join(conflicts.values()),
        )


def _conflicts(given: Given) -> Iterator[tuple[HyperNode, str]]:
    within = (
        link
        for link in given.graph.wiring.full
        if link.source in given.nodes and link.target in given.nodes
    )
    consumed = consumed_outputs(within)
    for node in given.nodes.values():
        injected = given.internal.intersection(node.outputs) - given.seeded
        if not injected:
            continue
        lacking = [name for name in node.inputs if not _has_value(given, node, name)]
        left_out = consumed[node.name] - injected - given.seeded - given.provided
        if not lacking:
            yield node, _computed_as_well(given, node, injected)
        elif left_out:
            yield node, (
                f"Cannot accept partial inject outputs of '{node.name}': {_listed(injected)} "
                f"given, {_listed(left_out)} missing"
            )


def _has_value(given: Given, node: HyperNode, name: str) -> bool:
    return name in given.provided or node.has_default_for(name)


def _computed_as_well(given: Given, node: HyperNode, injected: Collection[str]) -> str:
    seeded = given.provided.intersection(node.inputs)
    if seeded:
        reason = f"its inputs {_listed(seeded)} are given"
    elif node.inputs:
        reason = f"it can run on the defaults of {_listed(node.inputs)}"
    else:
        reason = "it needs no inputs"
    return (
        f"Cannot mix compute and inject: node '{node.name}' would compute {_listed(injected)}, "
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
    expected = sorted(given.scope.spec.all)
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
    producers = (node.name for node in given.nodes.values() if name in node.outputs)
    return f"{name} <- {', '.join(producers)}"


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names))
