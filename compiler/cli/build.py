"""``hypergraph build``: all programs that a project lists."""

from __future__ import annotations

import click

from hypergraph.compiler.cli.refusals import refusals

DONE = {"changed": "wrote", "missing": "wrote", "left over": "removed"}
FOUND = {
    "changed": "is not what its graph compiles to; hypergraph diff shows how",
    "missing": "is missing",
    "left over": "is listed no longer",
}


@click.command("build")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if something would be.")
@click.pass_context
def build_command(context: click.Context, check: bool) -> None:
    """Write the programs that pyproject.toml lists.

    \b
    [[tool.hypergraph.programs]]
    graph = "package.module:graph"
    output = "path/of/the/program.py"

    Every option of hypergraph compile can stand there, too. With owned = ["path/*_program.py"]
    under [tool.hypergraph], generated files that match and are listed no longer are removed.
    """
    with refusals():
        from pathlib import Path

        from hypergraph.compiler.build import bring_up_to_date, outputs_of
        from hypergraph.compiler.project import project_at

        project = project_at(Path.cwd())
        outputs = outputs_of(project)
        if not check:
            bring_up_to_date(project, outputs)
    late = [one for one in outputs if one.state != "up to date"]
    for one in late:
        click.echo(f"{one.path} {FOUND[one.state]}" if check else f"{DONE[one.state]} {one.path}")
    click.echo(f"{len(outputs) - len(late)} of {len(outputs)} were up to date")
    context.exit(1 if check and late else 0)
