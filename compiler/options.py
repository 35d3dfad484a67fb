"""The options of a program: everything that can be asked of the compiler besides the graph.

A field of ``Options`` is all that a new option needs to be on the command line, in
``pyproject.toml`` and in the header of what is generated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hypergraph.compiler.plan import Mode


def _for_users(told: str, choices: tuple[str, ...] = (), metavar: str = "") -> dict[str, Any]:
    """What users are told about a field, and what they may write."""
    return {"help": told, "choices": choices, "metavar": metavar}


@dataclass(frozen=True)
class Options:
    """What a program is compiled with; two programs of one graph differ in nothing else.

    A field whose default is ``False`` is a flag, one with a tuple may be given several times, and
    one with ``None`` has ``choices``.

    >>> Options(mode="async").words()
    ['--mode', 'async']
    >>> Options(mode="async").described()
    'mode async'
    """

    mode: Mode | None = field(
        default=None,
        metadata=_for_users(
            "By default async if a node is async or an interrupt, else sync.",
            choices=("sync", "async"),
        ),
    )
    partial: bool = field(
        default=False,
        metadata=_for_users("Add a function that takes any subset of inputs and computed values."),
    )
    events: bool = field(
        default=False,
        metadata=_for_users("Add a function that tells processors of events what happens."),
    )
    cache: bool = field(
        default=False,
        metadata=_for_users("Add a function that looks up what nodes declared cache=True gave."),
    )
    limit: bool = field(
        default=False,
        metadata=_for_users("Let max_concurrency hold back calls that overlap within one run."),
    )

    standalone: bool = field(
        default=False,
        metadata=_for_users(
            "Put everything into the file: it needs neither this package nor yours."
        ),
    )
    inline: tuple[str, ...] = field(
        default=(),
        metadata=_for_users("Of a standalone file: take code from this package.", (), "PACKAGE"),
    )
    keep: tuple[str, ...] = field(
        default=(),
        metadata=_for_users("Of a standalone file: import this package.", (), "PACKAGE"),
    )
    no_main: bool = field(
        default=False,
        metadata=_for_users("Of a standalone file: leave out its command line."),
    )

    def words(self) -> list[str]:
        """The options as they are written on a command line; defaults are left out."""
        return [word for one in option_fields() for word in _words(one, getattr(self, one.name))]

    def described(self) -> str:
        """The options in a line for a person: ``mode sync, standalone, inline mylib``."""
        told = []
        for one in option_fields():
            value = getattr(self, one.name)
            if value is True:
                told.append(spelled(one))
            elif value != one.default:
                listed = value if isinstance(value, tuple) else (value,)
                told.append(f"{spelled(one)} {' '.join(listed)}")
        return ", ".join(told)


def option_fields() -> Iterator[Field[Any]]:
    """The options, in the order in which they are always told."""
    yield from fields(Options)


def spelled(one: Field[Any]) -> str:
    """The name of an option as users write it, without dashes before it."""
    return one.name.replace("_", "-")


def _words(one: Field[Any], value: Any) -> Iterator[str]:
    if value is True:
        yield f"--{spelled(one)}"
    elif value != one.default:
        for text in value if isinstance(value, tuple) else (value,):
            yield from (f"--{spelled(one)}", text)
