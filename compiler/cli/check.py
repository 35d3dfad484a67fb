"""``hypergraph check``: what looks wrong in a graph that is valid."""

from __future__ import annotations

import json

import click

from hypergraph.compiler.cli.refusals import refusals


@click.command("check")
@click.argument("target")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="A paragraph for each finding, or a list of objects.",
)
@click.pass_context
def check_command(context: click.Context, target: str, form: str) -> None:
    """Look for what can never run, never end or never be used.

    The exit code is 1 if there are warnings, and 0 if there is nothing or only information.
    """
    with refusals():
        from hypergraph.compiler.check.findings import findings_of
        from hypergraph.compiler.target import load_target

        found = findings_of(load_target(target).graph)
    if form == "json":
        click.echo(json.dumps([one.facts() for one in found], indent=2))
    else:
        click.echo("\n\n".join(one.text() for one in found) or "Nothing to report.")
    context.exit(1 if any(one.level == "warning" for one in found) else 0)
