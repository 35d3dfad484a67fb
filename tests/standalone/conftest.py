"""The folder that tests of files that stand alone work in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.artifact.workplace import Workplace, workplace


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    """A folder of a user."""
    with workplace(tmp_path) as folder:
        yield folder
