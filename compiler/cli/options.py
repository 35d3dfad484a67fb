"""The options of a program, on the command lines of the commands that compile one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field
from typing import Any

import click

from hypergraph.compiler.options import Options, option_fields, spelled

Command = Callable[..., Any]


def takes_options(command: Command) -> Command:
    """Give a command every field of ``Options``; it gets them as keywords for ``options_of``."""
    for one in reversed(list(option_fields())):
        command = _click_option(one)(command)
    return command


def options_of(given: dict[str, Any]) -> Options:
    """The options among the parameters of a command; they are taken out of ``given``."""
    return Options(**{one.name: given.pop(one.name) for one in option_fields()})


def _click_option(one: Field[Any]) -> Callable[[Command], Command]:
    facts = one.metadata
    settings: dict[str, Any] = {"help": facts["help"], "metavar": facts["metavar"] or None}
    if isinstance(one.default, bool):
        settings["is_flag"] = True
    elif isinstance(one.default, tuple):
        settings["multiple"] = True
    if facts["choices"]:
        settings["type"] = click.Choice(facts["choices"])
    return click.option(f"--{spelled(one)}", one.name, default=one.default, **settings)
