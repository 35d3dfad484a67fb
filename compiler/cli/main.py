"""The ``hypergraph`` command; each of its commands has a file of its own beside this one."""

from __future__ import annotations

from collections.abc import Sequence

import click

from hypergraph.compiler.cli.build import build_command
from hypergraph.compiler.cli.check import check_command
from hypergraph.compiler.cli.compile import compile_command
from hypergraph.compiler.cli.diff import diff_command
from hypergraph.compiler.cli.explain import explain_command
from hypergraph.compiler.cli.prove import prove_command
from hypergraph.compiler.cli.show import show_command
from hypergraph.compiler.cli.verify import verify_command


def _print_version(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("hypergraph-compiler")
        except PackageNotFoundError:
            number = "(not installed)"
        click.echo(f"hypergraph {number}")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Print the version and stop.",
)
def cli() -> None:
    """Compile graphs of plain Python functions into flat, readable Python modules.

    A TARGET is package.module:graph or path/to/file.py:graph.
    """


COMMANDS = (
    compile_command,
    build_command,
    diff_command,
    verify_command,
    show_command,
    check_command,
    prove_command,
    explain_command,
)
for command in COMMANDS:
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code, 2 for everything that the user can put right."""
    try:
        cli.main(arguments, prog_name="hypergraph")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    return 0
