"""What all tests share: the marker for slow ones and how hypothesis runs."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.register_profile("default", deadline=None)
settings.register_profile("long", deadline=None, print_blob=True)
settings.load_profile("default")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes seconds; left out where only quick tests run")
