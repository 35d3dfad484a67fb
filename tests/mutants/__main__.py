"""``python -m tests.mutants``: switch every fault on in turn, and see that the tests notice.

With names as arguments only those faults. What is found goes into the table in ``docs/mutants.md``.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.mutants.catalogue import MUTANTS, Mutant

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "mutants.md"
WORKERS = 2
MORE = ("tests/execution", "tests/corpus", "tests/emit", "tests/agreement/test_differential.py")
HEAD = """# Deliberate faults

Each fault is switched on alone, and the tests are run until one fails. A fault that no test notices
would be a hole in the tests. `python -m tests.mutants` makes this table; the tests check that every
fault still applies to the source.

| fault | in | noticed by |
|---|---|---|
"""


def killer_of(mutant: Mutant) -> str:
    """The first test that fails with the fault switched on; nothing if none does."""
    for tests in ([mutant.tests], list(MORE)):
        command = [sys.executable, "-m", "tests.mutants.switched", mutant.name, *tests]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        found = re.search(r"^first failure: (\S.*)$", done.stdout, re.MULTILINE)
        if found:
            return found[1]
        if done.returncode not in (0, 5):
            raise RuntimeError(f"{mutant.name}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return ""


def told() -> dict[str, str]:
    """What the page says by now: the faults and the tests that noticed them."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    return dict(re.findall(r"^\| (.+?) \| `.+?` \| `(.+?)` \|$", page, re.MULTILINE))


def table(killers: dict[str, str]) -> str:
    """The page: every fault and the test that noticed it."""
    rows = [
        f"| {one.name} | `{one.module.removeprefix('hypergraph.')}` | {_told(killers[one.name])} |"
        for one in MUTANTS
        if one.name in killers
    ]
    return HEAD + "\n".join(rows) + "\n"


def _told(killer: str) -> str:
    name = killer.partition("[")[0].replace("|", "")
    return f"`{name}`" if name else "**nobody**"


def main(names: Sequence[str]) -> int:
    """Try the faults and print who noticed; returns 1 if one went unnoticed."""
    chosen = [one for one in MUTANTS if not names or one.name in names]
    killers: dict[str, str] = {}
    with ThreadPoolExecutor(WORKERS) as pool:
        for mutant, killer in zip(chosen, pool.map(killer_of, chosen), strict=True):
            killers[mutant.name] = killer
            print(f"{mutant.name}: {killer or 'NOBODY NOTICED'}", flush=True)
            PAGE.write_text(table({**told(), **killers}), encoding="utf-8")
    print(f"{sum(map(bool, killers.values()))} of {len(chosen)} noticed")
    return 0 if all(killers.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
