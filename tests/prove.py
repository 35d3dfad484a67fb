"""``python -m tests.prove``: the engines against the reference, for as long as one likes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from hypergraph.compiler.target import load_target
from tests.docs.redraw import replaced

from .differential.proof import Budget, cases_of, drawn_cases, proved, report

PAGE = Path(__file__).parents[1] / "docs" / "proof.md"


def keep(text: str) -> None:
    """Put a report into the page about proofs."""
    content = f"```text\n{text}\n```\n"
    PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), "proof", content), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare and print; returns 1 if any engine disagreed with the reference, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.prove", description=__doc__)
    parser.add_argument("--minutes", type=float, help="how long to go on")
    parser.add_argument("--cases", type=int, help="how many cases to compare; by default 500")
    parser.add_argument("--seed", type=int, default=0, help="another number draws other cases")
    parser.add_argument("--target", help="compare stand-ins for this graph instead of drawn graphs")
    parser.add_argument("--keep", action="store_true", help="put it into docs/proof.md")
    given = parser.parse_args(arguments)
    seconds = None if given.minutes is None else 60 * given.minutes
    cases = 500 if given.cases is None and seconds is None else given.cases
    strategy = cases_of(load_target(given.target).graph) if given.target else drawn_cases()
    proof = proved(strategy, Budget(seconds, cases, given.seed))
    print(report(proof))
    if given.keep:
        keep(report(proof))
    return 0 if proof.holds else 1


if __name__ == "__main__":
    raise SystemExit(main())
