"""The graph in which every name is also the name of something else: the program is right."""

from __future__ import annotations

import ast
import symtable
from pathlib import Path

from hypergraph import Graph, SyncRunner, compile_graph, node
from hypergraph.compiler.emit.reserved import BUILTINS, MODULE_NAMES, RUNTIME_NAMES
from tests.emit.worst_names import graph

TEXT = (Path(__file__).parent / "worst_names_program.py").read_text(encoding="utf-8")
INPUTS = {"class": 1, "list": 2, "load": 3, "rounds": 0, "max_iterations": 4}


def test_the_file_and_the_graph_give_the_same() -> None:
    result = compile_graph(graph).program().run(INPUTS)
    assert result.values == SyncRunner().run(graph, INPUTS).values
    assert dict(result.values) == {
        "report": 2,
        "ABSENT": 2,
        "Program": 3,
        "program": 4,
        "input": 6,
        "ﬁt": 60,
        "fit": 600,
        "big_said": "small 600",
        "_worst_names": "SMALL 600",
        "rounds": 4,
        "b": 4,
        "c": -4,
    }


def test_values_of_a_failed_run_have_their_own_names() -> None:
    values = {**INPUTS, "list": "not a number"}
    result = compile_graph(graph).program().run(values, error_handling="continue")
    assert isinstance(result.error, TypeError)
    assert dict(result.values) == {
        "report": 2,
        "ABSENT": 2,
        "Program": 3,
        "program": 4,
        "rounds": 4,
        "b": 4,
        "c": -4,
    }


def test_nothing_reserved_is_assigned_to() -> None:
    module = ast.parse(TEXT)
    written = {
        one.id
        for one in ast.walk(module)
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
    }
    parameters = {one.arg for one in ast.walk(module) if isinstance(one, ast.arg)}
    own = {"program", "run", "map"}
    assert not (written | parameters) & (BUILTINS | MODULE_NAMES | RUNTIME_NAMES) - own


def test_no_variable_hides_a_name_of_the_module() -> None:
    table = symtable.symtable(TEXT, "worst_names_program.py", "exec")
    module = set(table.get_identifiers())
    for function in table.get_children():
        assert isinstance(function, symtable.Function)
        hidden = set(function.get_locals()) & module
        assert not hidden, function.get_name()


@node(output_name="far_away")
def unrelated(elsewhere: int) -> int:
    return elsewhere


def test_another_node_changes_one_hunk_of_the_entry_and_what_lists_names() -> None:
    """A name depends on what it names: no line but the new ones differs in the functions."""

    def entry(one: Graph) -> list[str]:
        source = one.compiled().source
        return source[source.index(f"def {one.name}") :].splitlines()[1:-1]

    before = entry(graph)
    for nodes in ([*graph.nodes.values(), unrelated], [unrelated, *graph.nodes.values()]):
        after = entry(Graph(list(nodes), name="worst_names"))
        (new,) = [line for line in after if "unrelated" in line and "#" not in line]
        assert new == "    far_away = unrelated(elsewhere)"
        kept = [line for line in after if line != new]
        start = kept.index("    )") if "    )" in kept else len(kept)
        kept = [line for line in kept[:start] if "return" not in line and "far_away" not in line]
        assert kept == [line for line in before[: len(kept)] if "return" not in line]
