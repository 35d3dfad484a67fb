"""Ask for approval on the terminal: `python -m examples.approval.main SUBJECT FACT...`"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable

from examples.approval.pipeline import Draft, drafting, graph
from hypergraph import AsyncRunner, SyncRunner

HELP = "yes | title NEW TITLE | add A SENTENCE | drop NUMBER | replace THIS with THAT"


async def settle(draft: Draft, ask: Callable[[Draft], str]) -> str:
    """Run until nothing is left to ask; an answer starts a new run from the draft it is about."""
    runner = AsyncRunner()
    result = await runner.run(graph, draft=draft)
    while result.pause is not None:
        draft = result.pause.value
        result = await runner.run(graph, {"draft": draft, result.pause.response_key: ask(draft)})
    return str(result["notice"])


def ask_on_terminal(draft: Draft) -> str:
    """Show the draft and read one line."""
    print(f"\n{draft['title']} (revision {draft['revision']}, {draft['remark']})")
    for number, line in enumerate(draft["lines"], start=1):
        print(f"  {number}. {line}")
    return input(f"[{HELP}]\n> ")


def main(arguments: list[str]) -> int:
    """Draft from the arguments, settle it, print the notice; 2 for wrong usage, 1 for no answer."""
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    subject, *facts = arguments
    draft = SyncRunner().run(drafting, subject=subject, facts=facts)["draft"]
    try:
        notice = asyncio.run(settle(draft, ask_on_terminal))
    except EOFError:
        print("\nno answer, nothing published", file=sys.stderr)
        return 1
    print(f"\n{notice}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
