"""What tests share: the marker for slow ones, how hypothesis runs, and folders to work in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.artifact.workplace import Workplace, workplace

settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.register_profile("default", deadline=None)
settings.register_profile("long", deadline=None, print_blob=True)
settings.load_profile("default")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes seconds; left out where only quick tests run")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    """A folder of a user."""
    with workplace(tmp_path) as folder:
        yield folder


@pytest.fixture
def no_canary(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Payloads that run leave a file in the working directory."""
    folder = tmp_path_factory.mktemp("mine")
    monkeypatch.chdir(folder)
    yield
    assert list(folder.iterdir()) == []
