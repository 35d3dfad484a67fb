"""The docstring of a generated module: the plan in words, whatever the names in it are."""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest

from hypergraph import Graph, node
from hypergraph.compiler.emit.checks import blackened
from hypergraph.compiler.emit.module import docstring_of
from hypergraph.compiler.held_plans import file_plan
from hypergraph.compiler.plan import Plan
from tests.emit.hostile import BREAKOUTS


def plan_of(graph: Graph) -> Plan:
    return file_plan(graph, "sync")


PLAN = plan_of(Graph([node(lambda x, by=2: x * by, "y").with_name("multiply")], name="times"))


def value_of(plan: Plan) -> str:
    (statement,) = ast.parse(docstring_of(plan).text).body
    assert isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return str(statement.value.value)


def test_it_is_the_description_of_the_plan() -> None:
    assert value_of(PLAN) == "times(x, by=2) -> y\n\nsuperstep 1  multiply\n"


def test_nested_graphs_follow_the_outermost_one() -> None:
    inner = Graph([node(lambda x: x, "y").with_name("same")], name="inner")
    middle = Graph([inner.as_node()], name="middle")
    lines = value_of(plan_of(Graph([middle.as_node()], name="outer"))).splitlines()
    assert [line.partition("(")[0] for line in lines if "(" in line] == ["outer", "middle", "inner"]


def test_long_lines_go_on_below_what_they_began_with() -> None:
    names = [f"step_{number}" for number in range(20)]
    nodes = [node(lambda x: x, f"{name}_result").with_name(name) for name in names]
    lines = value_of(plan_of(Graph(list(nodes), name="wide"))).splitlines()
    assert all(len(line) <= 100 for line in lines)
    (start,) = [index for index, line in enumerate(lines) if line.startswith("superstep 1")]
    assert lines[start + 1].startswith(" " * 13 + "step_")
    assert lines[1].startswith("    step_")


@pytest.mark.parametrize("words", BREAKOUTS, ids=range(len(BREAKOUTS)))
def test_any_name_stays_inside_it_and_black_leaves_it_alone(words: str) -> None:
    plan = replace(PLAN, name=words)
    lines = value_of(plan).split("\n")
    assert all(line.isprintable() for line in lines)
    assert lines[-3:] == ["", "superstep 1  multiply", ""]
    text = docstring_of(plan).text + "\n\nx = 1\n"
    assert ast.dump(ast.parse(blackened(text, "times"))) == ast.dump(ast.parse(text))


def test_a_graph_of_nothing_has_one_line() -> None:
    assert docstring_of(plan_of(Graph([], name="nothing"))).text == '"""nothing()"""'
