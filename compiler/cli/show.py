"""``hypergraph show``: what a graph's program will do, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hypergraph.compiler.cli.refusals import refusals

if TYPE_CHECKING:
    from hypergraph.compiler.plan import Mode


@click.command("show")
@click.argument("target")
@click.option(
    "--mode",
    type=click.Choice(["sync", "async"]),
    help="By default async if a node is async or an interrupt, else sync.",
)
@click.option("--json", "as_json", is_flag=True, help="The whole plan, as JSON.")
@click.option("--mermaid", is_flag=True, help="The graph, as a Mermaid diagram.")
@click.option("--depth", default=0, metavar="N", help="Levels of nested graphs to draw open.")
def show_command(target: str, mode: Mode | None, as_json: bool, mermaid: bool, depth: int) -> None:
    """Print the plan of a graph, or what a generated file does.

    That is what runs in which superstep; then the same for each graph inside it. TARGET is a graph
    or a file that was generated; of a file it is read from the code, and nothing is run.
    """
    if ":" not in target and target.endswith(".py"):
        if mode or as_json or mermaid or depth:
            raise click.UsageError("a generated file has no options: what it does is fixed.")
        with refusals():
            from hypergraph.compiler.outline.describe import outline_description
            from hypergraph.compiler.outline.files import read_artifact

            click.echo(outline_description(read_artifact(target)))
        return
    if as_json and mermaid:
        raise click.UsageError("--json shows the plan and --mermaid the graph: choose one.")
    with refusals():
        from hypergraph.compiler.held_plans import file_plan
        from hypergraph.compiler.mode import mode_for
        from hypergraph.compiler.plan_text import plan_json, program_description
        from hypergraph.compiler.target import load_target

        graph = load_target(target).graph
        if mermaid:
            click.echo(graph.to_mermaid(depth=depth))
            return
        plan = file_plan(graph, mode_for(graph, mode))
        click.echo(plan_json(plan) if as_json else program_description(plan))
