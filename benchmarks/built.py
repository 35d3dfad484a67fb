"""What a contender makes of a workload: a function that runs it and returns the final value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Built = Callable[[], Any]
