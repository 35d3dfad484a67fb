"""Templates: they hold layout, and refuse to print anything that is not a fragment."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypergraph.compiler.emit.fragments import text_of

if TYPE_CHECKING:
    import jinja2


@cache
def environment() -> jinja2.Environment:
    """The environment of all templates: everything they print passes through ``text_of``.

    >>> environment().from_string("{{ words }}").render(words="import os")
    Traceback (most recent call last):
    ...
    TypeError: only fragments become code, not str
    """
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_read),
        finalize=text_of,
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render(template: str, **blocks: Any) -> str:
    """A template of ours, filled with fragments.

    Raises ``TypeError`` for a block that is anything else, plain strings included, and
    ``jinja2.UndefinedError`` for one that is missing.
    """
    return environment().get_template(template).render(**blocks)


def _read(name: str) -> str:
    from importlib.resources import files

    return files("hypergraph.templates").joinpath(name).read_text(encoding="utf-8")
