"""Graphs that are sent to workers, with functions that go wrong there in all ways."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypergraph import Graph, node


class TwoFaced(Exception):
    """What it is made with is not what it is pickled with."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(f"{code}: {why}")


@dataclass(frozen=True)
class Reading:
    """Something that the graph makes itself."""

    celsius: float


@node(output_name="reading")
def measure(number: int) -> Reading:
    if number % 7 == 3:
        raise ValueError(f"no sensor {number}")
    if number == 11:
        raise TwoFaced(number, "out of order")
    return Reading(number / 2)


@node(output_name="fahrenheit")
def convert(reading: Reading, offset: float) -> float:
    return reading.celsius * 1.8 + offset


readings = Graph([measure, convert], name="readings")


@node(output_name="kept")
def keep(number: int) -> Any:
    return threading.Lock() if number == 2 else number


locks = Graph([keep], name="locks")


@node(output_name="square")
def square(number: int) -> int:
    return number * number


squares = Graph([square], name="squares")


@node(output_name="done")
def work_slowly(number: int, seconds: float) -> tuple[int, int]:
    time.sleep(seconds)
    return number, os.getpid()


slow = Graph([work_slowly], name="slow")


@node(output_name="survived")
def die_at(number: int, poison: int, once: str) -> int:
    """Kill the own worker at one number: always, or only if the file ``once`` is not there yet."""
    if number == poison and not (once and Path(once).exists()):
        if once:
            Path(once).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


deadly = Graph([die_at], name="deadly")
