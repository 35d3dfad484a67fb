"""Deliberate faults, one at a time: what is changed where, and which tests should notice first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """A fault: in ``module`` the text ``old``, which stands there once, becomes ``new``."""

    name: str
    module: str
    old: str
    new: str
    tests: str


def _in_compiler(name: str, module: str, old: str, new: str, tests: str) -> Mutant:
    return Mutant(name, f"hypergraph.compiler.{module}", old, new, tests)


def _in_runtime(name: str, module: str, old: str, new: str, tests: str) -> Mutant:
    return Mutant(name, f"hypergraph.runtime.{module}", old, new, tests)


SCHEDULING = (
    _in_compiler(
        "a node that feeds itself is no loop",
        "schedule.regions",
        "len(ordered) > 1 or graph.has_edge(ordered[0], ordered[0])",
        "len(ordered) > 1",
        "tests/execution/test_loops.py",
    ),
    _in_compiler(
        "a generation in reverse order",
        "schedule.regions",
        "key=lambda region: position[region.members[0]]",
        "key=lambda region: -position[region.members[0]]",
        "tests/execution/test_acyclic.py",
    ),
    _in_compiler(
        "a missed guard",
        "schedule.guards",
        "knowledge.simplify([opened, *available])",
        "knowledge.simplify([*available])",
        "tests/execution/test_gates.py",
    ),
    _in_compiler(
        "a node that does not wait",
        "schedule.guards",
        "for slot in (*slots, *waits)]",
        "for slot in slots]",
        "tests/execution/test_signals.py",
    ),
    _in_compiler(
        "a gate that could not run closes its targets",
        "schedule.guards",
        "return opened if any(one != ALWAYS for one in available) else NEVER",
        "return NEVER",
        "tests/execution/test_gates.py",
    ),
    _in_compiler(
        "an inactive gate opens although it is closed itself",
        "schedule.guards",
        'bool(getattr(node, "default_open", True)) and not closed',
        'bool(getattr(node, "default_open", True))',
        "tests/execution/test_entry_points.py",
    ),
    _in_compiler(
        "a default in place of a value that may be missing",
        "schedule.guards",
        'if argument.fallback is None or presence == "maybe":',
        "if argument.fallback is None:",
        "tests/execution/test_gates.py",
    ),
    _in_compiler(
        "a default before a binding",
        "schedule.calls",
        "    if name in bound:\n",
        "    if name in bound and not node.has_default_for(name):\n",
        "tests/execution/test_inputs_given.py",
    ),
    _in_compiler(
        "a renamed input passed by its new name",
        "schedule.calls",
        "Argument(name, parameter.name, passing, slot, fallback)",
        "Argument(name, name, passing, slot, fallback)",
        "tests/execution/test_arguments.py",
    ),
    _in_compiler(
        "a keyword-only parameter passed by position",
        "schedule.calls",
        'inspect.Parameter.KEYWORD_ONLY: "keyword"',
        'inspect.Parameter.KEYWORD_ONLY: "position"',
        "tests/execution/test_arguments.py",
    ),
    _in_compiler(
        "a fallback that is forgotten",
        "schedule.calls",
        "fallback=None if node.fallback is None else _spell(node.fallback)",
        "fallback=None",
        "tests/execution/test_gates.py",
    ),
    _in_compiler(
        "an off-by-one loop bound",
        "emit.simple_loops",
        "range(1, {} + 1, {})",
        "range(1, {}, {})",
        "tests/execution/test_loops.py",
    ),
    _in_compiler(
        "turns that forget what is waited for",
        "schedule.turns",
        "and all((name, slot) in state.fresh for slot in member.waits)",
        "and True",
        "tests/agreement/test_differential.py",
    ),
    _in_compiler(
        "turns that go on after a value that did not change",
        "schedule.turns",
        "if any(_ready(members, other) for other in _deviations(members, state, members[name])):",
        "if False:",
        "tests/execution/test_loops.py",
    ),
)

EMISSION = (
    _in_compiler(
        "a swapped branch",
        "emit.steps",
        'scope.gates[gate], guard.target).text == "True"',
        'scope.gates[gate], guard.target).text != "True"',
        "tests/execution/test_gates.py",
    ),
    _in_compiler(
        "an else in place of the last test",
        "emit.steps",
        "return targets == set(scope.gates[gate].outcomes())",
        "return True",
        "tests/execution/test_gates.py",
    ),
    _in_compiler(
        "a stale value reused",
        "emit.rounds",
        "            stale = overwritten & written\n",
        "            stale = set[Slot]()\n",
        "tests/execution/test_loops.py",
    ),
    _in_compiler(
        "a lost signal",
        "emit.rounds",
        "    for signal in call.signals:\n        if signal in inside.tracked:\n",
        "    for signal in ():\n        if signal in inside.tracked:\n",
        "tests/execution/test_loops.py",
    ),
    _in_compiler(
        "a gate in a loop that forgets whom it chose outside",
        "emit.rounds",
        "if gate == call.node and call.gate is not None:",
        "if False and call.gate is not None:",
        "tests/execution/test_loops.py",
    ),
    _in_compiler(
        "an answer that is taken in every round",
        "emit.rounds",
        "    for slot in call.answers:\n",
        "    for slot in ():\n",
        "tests/execution/test_interrupts_resuming.py",
    ),
    _in_compiler(
        "a signal that counts as fresh for ever",
        "emit.readiness",
        'code("{} > {}", inside.version(slot)',
        'code("{} >= {}", inside.version(slot)',
        "tests/execution/test_loops.py",
    ),
    _in_compiler(
        "a member that does not let its gate go first",
        "emit.readiness",
        "for gate in member.gates if gate in ready]\n        write",
        "for gate in () if gate in ready]\n        write",
        "tests/execution/test_loops.py",
    ),
    _in_compiler(
        "a waiting member that does not let producers go first",
        "emit.readiness",
        "if other is not member and _writes_any(other.call, member.waits)",
        "if False and _writes_any(other.call, member.waits)",
        "tests/execution/test_loops.py",
    ),
    _in_compiler(
        "an unescaped docstring",
        "emit.module",
        """.replace('\"\"\"', '\"\"\\\\"')""",
        "",
        "tests/emit",
    ),
    _in_compiler(
        "a comment that ends where the user says",
        "emit.fragments",
        'return "".join(char if is_shown(char) else ascii(char)[1:-1] for char in words)',
        "return words",
        "tests/emit",
    ),
    _in_compiler(
        "an unsorted import",
        "emit.imports",
        "key=lambda name: (not name.isupper(), not name[0].isupper(), name))",
        "key=len)",
        "tests/artifact/test_golden.py",
    ),
    _in_compiler(
        "a mapping that combines instead of pairing",
        "emit.maps",
        'function = "each" if mapping.mode == "zip" else "combined"',
        'function = "combined"',
        "tests/execution/test_mapped_graphs.py",
    ),
    _in_compiler(
        "a clone that is none",
        "emit.maps",
        'inner[argument.input] = code("cloned({}, {})", value, literal(argument.input))',
        'inner[argument.input] = code("{}", value)',
        "tests/execution/test_mapped_graphs.py",
    ),
    _in_compiler(
        "a name that hides another",
        "emit.namespace",
        "                if wish not in used:\n",
        "                if True:\n",
        "tests/emit",
    ),
)

RUNNING = (
    _in_runtime(
        "every value counts as changed",
        "rounds",
        "        if old != new:\n",
        "        if True:\n",
        "tests/execution/test_loops.py",
    ),
    _in_runtime(
        "values that cannot be compared count as unchanged",
        "rounds",
        "        return old is not new\n",
        "        return False\n",
        "tests/execution/test_loops.py",
    ),
    _in_runtime(
        "a mutable default shared between runs",
        "defaults",
        "        return deepcopy(value)\n",
        "        return value\n",
        "tests/execution/test_inputs_given.py",
    ),
    _in_runtime(
        "a choice of several that is not checked",
        "decisions",
        "        if one not in targets:\n",
        "        if False:\n",
        "tests/execution/test_gates.py",
    ),
    _in_runtime(
        "a map that pairs instead of combining",
        "expand",
        'if map_mode == "product" or not names:',
        "if not names:",
        "tests/execution/test_map.py",
    ),
    _in_runtime(
        "a map that copies only when told to copy all",
        "expand",
        "return tuple(dict.fromkeys(clone or ()))",
        "return ()",
        "tests/execution/test_map.py",
    ),
    _in_runtime(
        "more results than outputs let through",
        "unpacking",
        "if len(result) != count:",
        "if len(result) < count:",
        "tests/execution/test_node_results.py",
    ),
    _in_runtime(
        "a task left running",
        "overlap",
        "        await finish(tasks, cancel=True)\n        raise\n",
        "        raise\n",
        "tests/execution/test_async_failures.py",
    ),
    _in_runtime(
        "the last error instead of the first",
        "overlap",
        "first = error if first is None else first",
        "first = error if error is not None else first",
        "tests/execution/test_async_failures.py",
    ),
    _in_runtime(
        "a sibling's success lost",
        "overlap",
        "values.append(ABSENT if task is None or error is not None else task.result())",
        "values.append(ABSENT if task is None or first is not None else task.result())",
        "tests/execution/test_async_failures.py",
    ),
    _in_runtime(
        "a limit that limits nothing",
        "limits",
        "    if limit is None or _HOLDING.get():\n",
        "    if True:\n",
        "tests/execution/test_async_limits.py",
    ),
    _in_runtime(
        "a missing output that is never missed",
        "outcomes",
        'if missing and on_missing != "ignore":',
        "if False:",
        "tests/execution/test_selection.py",
    ),
    _in_runtime(
        "values that nobody produced among the results",
        "outcomes",
        "for name, value in found.items() if type(value) is not Nothing}",
        "for name, value in found.items()}",
        "tests/execution/test_failures.py",
    ),
    _in_runtime(
        "a seal that nobody checks",
        "verify",
        'return rest == sha256(body).hexdigest().encode() + b"\\n"',
        "return True",
        "tests/artifact/test_verify.py",
    ),
)

MUTANTS = (*SCHEDULING, *EMISSION, *RUNNING)
