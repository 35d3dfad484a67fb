"""Survey a folder and watch it being done: `python -m examples.survey.main FOLDER [PATTERN]`

Bars show how far it is. What was measured is kept in `survey_cache`, so that a second survey is a
quick one, and `survey.html` is a picture of both over time. Pass `**/*.py` to enter folders.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from examples.survey.survey_program import program
from hypergraph import (
    AsyncRunner,
    CacheHitEvent,
    DiskCache,
    EventProcessor,
    NodeEndEvent,
    RichProgressProcessor,
    TextProgressProcessor,
    TimelineProcessor,
    TypedEventProcessor,
)


class Counter(TypedEventProcessor):
    """How many files were measured, and how many were known already."""

    def __init__(self) -> None:
        self.done = self.known = 0

    def on_node_end(self, event: NodeEndEvent) -> None:
        self.done += event.node_name == "measure"

    def on_cache_hit(self, event: CacheHitEvent) -> None:
        self.known += 1


def progress() -> EventProcessor:
    """Bars if `rich` is there to draw them, else lines."""
    try:
        return RichProgressProcessor()
    except ImportError:
        return TextProgressProcessor()


async def survey(
    folder: str, pattern: str, cache: Any, timeline: TimelineProcessor, shown: EventProcessor
) -> tuple[str, Counter]:
    """The table of a folder, and what it took; at most eight files are in hand at a time."""
    counter = Counter()
    result = await AsyncRunner(cache).run(
        program,
        folder=folder,
        pattern=pattern,
        max_concurrency=8,
        event_processors=[shown, timeline, counter],
    )
    return str(result["table"]), counter


def main(arguments: list[str]) -> int:
    """Survey the folder twice, print its table and what each survey took; 2 for wrong usage."""
    if len(arguments) not in (1, 2) or not Path(arguments[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    folder, pattern = arguments[0], arguments[1] if len(arguments) == 2 else "*.py"
    cache, timeline = DiskCache("survey_cache"), TimelineProcessor("survey.html")
    for time in ("first", "again"):
        table, counter = asyncio.run(survey(folder, pattern, cache, timeline, progress()))
        if time == "first":
            print(table)
        measured = counter.done - counter.known
        print(f"{time}: {measured} measured, {counter.known} known; see survey.html")
    cache.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
