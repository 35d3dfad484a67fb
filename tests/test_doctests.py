"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest

import benchmarks
import examples
import hypergraph.compiler
import hypergraph.runtime
import tests.docs


def _modules() -> Iterator[str]:
    for package in (hypergraph.compiler, hypergraph.runtime, examples, benchmarks, tests.docs):
        yield package.__name__
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            # Contenders are written against libraries that need not be installed.
            if not module.name.startswith("benchmarks.contenders."):
                yield module.name


@pytest.mark.parametrize("name", list(_modules()))
def test_examples_in_docstrings_hold(name: str) -> None:
    failed, _ = doctest.testmod(import_module(name))
    assert failed == 0
