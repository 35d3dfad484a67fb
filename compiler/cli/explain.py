"""``hypergraph explain``: what a problem's code means."""

from __future__ import annotations

import click

from hypergraph.compiler.cli.refusals import Refusal


@click.command("explain")
@click.argument("code", required=False)
def explain_command(code: str | None) -> None:
    """Explain a problem by its CODE; without one, list all."""
    from hypergraph.compiler.diagnostics.catalogue import CATALOGUE, explain

    if code is None:
        click.echo("\n".join(f"{entry.code}  {entry.name}" for entry in CATALOGUE.values()))
        return
    try:
        click.echo(explain(code))
    except KeyError as error:
        raise Refusal(str(error)) from error
