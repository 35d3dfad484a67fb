"""Run tests with one fault switched on: ``python -m tests.mutants.switched NAME TESTS...``."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path

import pytest

from tests.mutants.catalogue import MUTANTS, Mutant


def mutated_source(mutant: Mutant) -> tuple[str, str]:
    """The path of the module and its text with the fault in it."""
    spec = importlib.util.find_spec(mutant.module)
    assert spec is not None and spec.origin is not None, mutant.module
    text = Path(spec.origin).read_text(encoding="utf-8")
    count = text.count(mutant.old)
    assert count == 1, f"{mutant.name}: its text stands {count} times in {mutant.module}"
    return spec.origin, text.replace(mutant.old, mutant.new)


def switch_on(mutant: Mutant) -> None:
    """Load the module with the fault before anything else has loaded it."""
    assert mutant.module not in sys.modules, f"{mutant.module} is loaded already"
    path, text = mutated_source(mutant)
    spec = importlib.util.find_spec(mutant.module)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[mutant.module] = module
    exec(compile(text, path, "exec"), vars(module))
    parent, _, name = mutant.module.rpartition(".")
    setattr(importlib.import_module(parent), name, module)


class FirstFailure:
    """Remembers which test failed, or could not even be collected, first."""

    def __init__(self) -> None:
        self.name = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failing test."""
        if report.failed and not self.name:
            self.name = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a module of tests that fails when it is imported."""
        if report.failed and not self.name:
            self.name = report.nodeid


def main(name: str, tests: list[str]) -> int:
    """Switch the fault on and run the tests up to the first failure, which is printed last."""
    (mutant,) = [one for one in MUTANTS if one.name == name]
    switch_on(mutant)
    seen = FirstFailure()
    options = ["-x", "-q", "-p", "no:cacheprovider", "-n", "0", "--hypothesis-profile=ci"]
    code = int(pytest.main([*options, *tests], plugins=[seen]))
    print(f"\nfirst failure: {seen.name}")
    return code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2:]))
