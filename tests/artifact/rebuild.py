"""Write every committed program anew: ``python -m tests.artifact.rebuild``.

That is ``hypergraph build`` without removing anything. Run it when a change of the emitter is
meant, and read what it changed in the diff, line by line.
"""

from __future__ import annotations

from hypergraph.compiler.build import bring_up_to_date, outputs_of
from hypergraph.compiler.project import project_at
from tests.artifact.workplace import ROOT

PROJECT = project_at(ROOT)


def main() -> None:
    """Build the project, and say which programs changed."""
    outputs = outputs_of(PROJECT)
    unlisted = [one.path for one in outputs if one.artifact is None]
    if unlisted:
        raise SystemExit(f"not listed in pyproject.toml under [tool.hypergraph]: {unlisted}")
    bring_up_to_date(PROJECT, outputs)
    for one in outputs:
        if one.state != "up to date":
            print(f"{one.state}: {one.path}")


if __name__ == "__main__":
    main()
