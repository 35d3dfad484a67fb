"""``hypergraph prove``: all the ways to run a graph, compared without calling its functions."""

from __future__ import annotations

from importlib.util import find_spec

import click

from hypergraph.compiler.cli.refusals import refusals


@click.command("prove")
@click.argument("target")
@click.option("--minutes", type=float, help="How long to go on.")
@click.option("--cases", type=int, help="How many cases to compare; 200 if no time is given.")
@click.option("--seed", type=int, default=0, help="Another number draws other cases.")
@click.pass_context
def prove_command(
    context: click.Context, target: str, minutes: float | None, cases: int | None, seed: int
) -> None:
    """Run stand-ins for a graph in every way there is, and compare with the specification.

    A stand-in is the graph with other functions, which digest what they are given; gates decide,
    nodes fail and interrupts ask at random. None of the graph's own functions is called. The exit
    code is 0 if all agree and 1 if not.
    """
    with refusals():
        from hypergraph.compiler.diagnostics import artifacts as catalogue
        from hypergraph.compiler.diagnostics.artifacts import CompileError
        from hypergraph.compiler.diagnostics.problems import problem
        from hypergraph.compiler.target import load_target

        if find_spec("hypothesis") is None:
            raise problem(
                CompileError, catalogue.NEEDS_EXTRA, what="hypergraph prove", extra="prove"
            )
        graph = load_target(target).graph
        from hypergraph.differential.proof import Budget, cases_of, proved, report

        if cases is None and minutes is None:
            cases = 200
        seconds = None if minutes is None else 60 * minutes
        proof = proved(cases_of(graph), Budget(seconds, cases, seed))
    click.echo(report(proof))
    context.exit(0 if proof.holds else 1)
