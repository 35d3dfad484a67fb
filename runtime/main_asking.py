"""The command line of a program that may pause."""

from __future__ import annotations

import sys

from hypergraph.runtime.main import main

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


def main_asking(program: Any, argv: Sequence[str] | None = None) -> int:
    """Run a program once; if it pauses, print what it asks and how to answer (X105)."""
    return main(program, argv, asked)


def asked(name: str, pause: Any) -> dict[str, Any]:
    """What is asked, what about, and under which keys the answers are passed to the next run."""
    keys = " ".join(f"{key}=..." for key in pause.response_keys.values())
    print(f"{name}: paused at {pause.node_name}; run again with {keys}", file=sys.stderr)
    shown = {"value": pause.value} if pause.values is None else {"values": pause.values}
    return {"node": pause.node_name, **shown, "resume_with": pause.response_keys}
