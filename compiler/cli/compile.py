"""``hypergraph compile``: a graph's program as a file, or on standard output."""

from __future__ import annotations

from typing import Any

import click

from hypergraph.compiler.cli.options import options_of, takes_options
from hypergraph.compiler.cli.refusals import refusals


@click.command("compile")
@click.argument("target")
@takes_options
@click.option("-o", "--output", metavar="FILE", help="Where to write; standard output without it.")
def compile_command(target: str, output: str | None, **given: Any) -> None:
    """Write the program of a graph.

    The file is written whole or not at all. It runs by itself (python FILE --help), and imports
    the functions of the graph from where they are.
    """
    with refusals():
        from hypergraph.compiler.artifact import compile_target
        from hypergraph.compiler.target import load_target

        artifact = compile_target(load_target(target), options_of(given), output)
        if output is None:
            click.echo(artifact.text, nl=False)
        else:
            artifact.write(output)
            click.echo(f"wrote {output}", err=True)
