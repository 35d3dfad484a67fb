"""What the figures were taken with: the interpreter, the machine, and the libraries."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.contender import Contender


def described(contenders: Sequence[Contender]) -> dict[str, Any]:
    """Versions and machine, for readers of the figures."""
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} on {platform.machine()}",
        "processor": processor(),
        "cores": os.cpu_count(),
        "libraries": {
            contender.distribution: contender.version
            for contender in contenders
            if contender.distribution and contender.version
        },
    }


def processor() -> str:
    """The model of the processor, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor()
