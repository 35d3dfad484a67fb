"""``hypergraph diff``: whether a generated file is what its graph compiles to now."""

from __future__ import annotations

import click

from hypergraph.compiler.cli.refusals import refusals


@click.command("diff")
@click.argument("words", nargs=-1, metavar="[TARGET] FILE")
@click.option("--quiet", is_flag=True, help="Print nothing; the exit code says it.")
@click.pass_context
def diff_command(context: click.Context, words: tuple[str, ...], quiet: bool) -> None:
    """Compare a generated file with what compiling its graph gives now.

    The header of the file says which graph that is, and with which options; a TARGET takes the
    place of the former. First comes what has changed in the graph, then how the text differs. The
    exit code is 0 if nothing does, 1 if something does, and 2 if that cannot be told.
    """
    if len(words) not in (1, 2):
        raise click.UsageError("name one file, or a target and a file.")
    with refusals():
        from hypergraph.compiler.compare import compared

        found = compared(words[-1], words[0] if len(words) == 2 else None)
    if not quiet:
        told = "\n".join(found.told())
        click.echo(told or f"{found.path} is what its graph compiles to now.")
    context.exit(1 if found.differs else 0)
