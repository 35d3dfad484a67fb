"""What a command says when it cannot do what it was asked: one message, and exit code 2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click


class Refusal(click.ClickException):
    """Something that the user can put right."""

    exit_code = 2


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the compiler's complaints into messages; mistakes of ours keep their tracebacks."""
    from hypergraph.compiler.diagnostics.artifacts import CompileError

    try:
        yield
    except CompileError as error:
        raise Refusal(str(error)) from error
