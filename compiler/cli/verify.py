"""``hypergraph verify``: whether generated files are as they were generated."""

from __future__ import annotations

import click


@click.command("verify")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.pass_context
def verify_command(context: click.Context, files: tuple[str, ...]) -> None:
    """Look whether somebody has changed generated files.

    Nothing is imported and nothing is run: the last line of a generated file holds a hash of all
    lines above it. The exit code is 1 if a file has changed, and 2 if one cannot be read.
    """
    from hypergraph.runtime.verify import tell

    context.exit(tell(files))
