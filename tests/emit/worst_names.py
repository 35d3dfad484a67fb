"""A graph in which every name is also the name of something else."""

from __future__ import annotations

from hypergraph import END, Graph, ifelse, node, route


@node(output_name="report")
def report(source: int) -> int:
    """A value called like the node that gives it."""
    return source + 1


@node(output_name=("ABSENT", "Program", "program"))
def unpack(report: int) -> tuple[int, int, int]:
    """A node and values called like names of the runtime and of every generated module."""
    return report, report + 1, report + 2


@node(output_name="input")
def print(program: int, list: int) -> int:
    """A node, a parameter and a value called like builtins."""
    return program + list


@node(output_name="ﬁt")
def ligature(input: int) -> int:
    """A name that Python reads as `fit`."""
    return input * 10


@node(output_name="fit")
def fit(input: int) -> int:
    """The other one."""
    return input * 100


@ifelse("run", "map")
def big(fit: int) -> bool:
    """A gate, whose decision is kept in a variable that a value has the name of."""
    return fit > 1000


@node(output_name="big_said")
def run(fit: int) -> str:
    """A node called like a method that every module exports."""
    return f"big {fit}"


@node(output_name="big_said")
def map(fit: int) -> str:
    """Another one."""
    return f"small {fit}"


@node(output_name="_worst_names")
def module(big_said: str) -> str:
    """A value called like the import of this very module."""
    return big_said.upper()


@node(output_name="rounds")
def grow(rounds: int, max_iterations: int) -> int:
    """A loop around a value called like its counter, with an input called like its limit."""
    return min(rounds + 1, max_iterations)


@route(targets=["grow", END])
def again(rounds: int, max_iterations: int) -> str | type[END]:
    """The gate of that loop."""
    return END if rounds >= max_iterations else "grow"


@node(output_name="b")
def load(a: int) -> int:
    """A node of the inner graph; the outer one has a node and an input of the same name."""
    return a + 1


inner = Graph([load], name="load")
outer_load = node(lambda b: -b, "c").with_name("outer_load")

graph = Graph(
    [
        report.with_inputs(source="class"),
        unpack,
        print,
        ligature,
        fit,
        big,
        run,
        map,
        module,
        grow,
        again,
        inner.as_node(name="nested").with_inputs(a="load"),
        outer_load.with_name("load"),
    ],
    name="worst_names",
)
