"""``hypergraph compile``: a graph's program as a file, or on standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hypergraph.compiler.cli.refusals import refusals

if TYPE_CHECKING:
    from hypergraph.compiler.plan import Mode


@click.command("compile")
@click.argument("target")
@click.option(
    "--mode",
    type=click.Choice(["sync", "async"]),
    help="By default async if a node is async or an interrupt, else sync.",
)
@click.option("-o", "--output", metavar="FILE", help="Where to write; standard output without it.")
def compile_command(target: str, mode: Mode | None, output: str | None) -> None:
    """Write the program of a graph.

    The file is written whole or not at all. It runs by itself (python FILE --help), and imports
    the functions of the graph from where they are.
    """
    with refusals():
        from hypergraph.compiler.artifact import compile_graph

        artifact = compile_graph(target, mode=mode, output=output)
        if output is None:
            click.echo(artifact.text, nl=False)
        else:
            artifact.write(output)
            click.echo(f"wrote {output}", err=True)
