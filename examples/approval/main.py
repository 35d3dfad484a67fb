"""Ask for approval on the terminal: `python -m examples.approval.main SUBJECT FACT...`

Without an answer it tells how to go on from the draft that waits for one.
"""

from __future__ import annotations

import asyncio
import json
import shlex
import sys
from collections.abc import Callable

from examples.approval.pipeline import Draft, drafting, graph
from hypergraph import AsyncRunner, SyncRunner

HELP = "yes | title NEW TITLE | add A SENTENCE | drop NUMBER | replace THIS with THAT"


class Unanswered(Exception):
    """There is no answer for now; the draft waits for one."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.draft = draft


def settle(draft: Draft, ask: Callable[[Draft], str]) -> str:
    """Run until nothing is left to ask; an answer starts a new run from the draft it is about.

    Nobody is asked while a run goes on, so there may be any time, and any process, in between.
    """
    runner = AsyncRunner()
    result = asyncio.run(runner.run(graph, draft=draft))
    while result.pause is not None:
        draft = result.pause.value
        answer = {result.pause.response_key: ask(draft)}
        result = asyncio.run(runner.run(graph, {"draft": draft, **answer}))
    return str(result["notice"])


def ask_on_terminal(draft: Draft) -> str:
    """Show the draft and read one line."""
    print(f"\n{draft['title']} (revision {draft['revision']}, {draft['remark']})")
    for number, line in enumerate(draft["lines"], start=1):
        print(f"  {number}. {line}")
    try:
        return input(f"[{HELP}]\n> ")
    except (EOFError, KeyboardInterrupt) as error:
        raise Unanswered(draft) from error


def main(arguments: list[str]) -> int:
    """Draft from the arguments, settle it, print the notice; 2 for wrong usage, 1 for no answer."""
    if not arguments or (len(arguments) == 1 and not arguments[0].startswith("{")):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        notice = settle(first_draft(*arguments), ask_on_terminal)
    except Unanswered as unanswered:
        draft = shlex.quote(json.dumps(unanswered.draft))
        print("\nno answer, nothing published; to go on from here:", file=sys.stderr)
        print(f"python -m examples.approval.main {draft}", file=sys.stderr)
        return 1
    print(f"\n{notice}")
    return 0


def first_draft(subject: str, *facts: str) -> Draft:
    """What is asked about first: a draft that was left waiting, or one of the facts."""
    if not facts:
        waiting: Draft = json.loads(subject)
        return waiting
    drafted: Draft = SyncRunner().run(drafting, subject=subject, facts=list(facts))["draft"]
    return drafted


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
