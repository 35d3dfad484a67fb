"""What is said when a generated module and the installed runtime do not fit each other."""

from __future__ import annotations

import os

REBUILD = "#   rebuild  "


def misfit(wanted: int, installed: int, file: str | None) -> ImportError:
    """The error that tells which of the two is older, and what to do.

    >>> print(misfit(1, 2, None))
    This program was generated for runtime epoch 1, but the installed hypergraph has epoch 2.
    How to fix: rebuild the program with the installed hypergraph: hypergraph compile ...
    """
    name = "This program" if file is None else os.path.basename(file)
    update = "update hypergraph, or " if wanted > installed else ""
    return ImportError(
        f"{name} was generated for runtime epoch {wanted}, "
        f"but the installed hypergraph has epoch {installed}.\n"
        f"How to fix: {update}rebuild the program with the installed hypergraph: {rebuild(file)}"
    )


def rebuild(file: str | None) -> str:
    """The command that makes a generated file again, as its header tells it."""
    try:
        with open(file or "", encoding="utf-8") as lines:
            for line in lines:
                if not line.startswith("#"):
                    break
                if line.startswith(REBUILD):
                    return line[len(REBUILD) :].strip()
    except (OSError, UnicodeDecodeError):
        pass
    return "hypergraph compile ..."
