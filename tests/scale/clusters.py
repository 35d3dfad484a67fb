"""Dask clusters: one on this machine, and one whose workers have nothing of this project."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

PATIENCE = 60


@contextmanager
def local_cluster() -> Iterator[Any]:
    """A client of two worker processes on this machine; a task may take one worker with it."""
    import dask
    from distributed import Client, LocalCluster

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=":0",
            silence_logs=50,
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


@contextmanager
def bare_cluster(folder: Path) -> Iterator[Any]:
    """A client of a scheduler and two workers that know Dask and not this project.

    A task with which a worker dies is not tried again. They run without the packages of this
    environment; what Dask needs is linked into a folder.
    """
    from distributed import Client

    _link("distributed", folder / "packages")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(folder / "packages"),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
    }
    address = folder / "scheduler.json"
    known = ["--scheduler-file", str(address), "--dashboard-address", ":0"]
    with (
        _process(["scheduler", "--host", "127.0.0.1", "--port", "0", *known], folder, environment),
        _process(["worker", "--nworkers", "2", "--nthreads", "1", *known], folder, environment),
    ):
        _wait_for(address)
        with Client(scheduler_file=str(address), timeout=PATIENCE) as client:
            client.wait_for_workers(2, timeout=PATIENCE)
            yield client


@contextmanager
def _process(command: list[str], folder: Path, environment: dict[str, str]) -> Iterator[None]:
    with (folder / f"{command[0]}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-S", "-m", "dask", *command],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _wait_for(file: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not file.exists():
        assert time.monotonic() < until, f"no {file.name} after {PATIENCE} s"
        time.sleep(0.05)


def _link(name: str, folder: Path) -> None:
    """Link what a distribution consists of, and all it needs, into a folder of their own."""
    folder.mkdir()
    for each in _needed(name, {}).values():
        for top in {file.parts[0] for file in each.files or () if file.parts[0] != ".."}:
            link = folder / top
            if top != "__pycache__" and not link.exists():
                link.symlink_to(os.path.abspath(str(each.locate_file(top))))


def _needed(name: str, found: dict[str, Distribution]) -> dict[str, Distribution]:
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key not in found:
        try:
            found[key] = distribution(name)
        except PackageNotFoundError:  # it is for other systems or versions
            return found
        for required in found[key].requires or ():
            named = re.match(r"[\w.-]+", required)
            if named and "extra ==" not in required:
                _needed(named[0], found)
    return found
