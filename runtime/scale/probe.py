"""Before the first chunk is sent: can the workers run the program, and would it be the same one?"""

from __future__ import annotations

import json
import sys
from typing import Any

from hypergraph.runtime.scale.boot import probe_call
from hypergraph.runtime.scale.errors import WorkerMismatch
from hypergraph.runtime.scale.shipment import Shipment

OLDEST = (3, 10)


def probe_of(shipment: Shipment, token: Any) -> tuple[Any, ...]:
    """What to submit; one worker answers for all."""
    names = tuple(name for name, _ in shipment.requires)
    return probe_call(shipment.module, shipment.source, shipment.imports, names, token)


def check_reply(reply: bytes, shipment: Shipment) -> None:
    """Raise ``WorkerMismatch`` that names all that keeps the workers from running the program.

    >>> rag = Shipment("rag", "import numpy")
    >>> reply = {"missing": ["numpy"], "versions": {}, "error": "", "python": [3, 11, 7]}
    >>> check_reply(json.dumps({**reply, "digest": rag.digest}).encode(), rag)
    Traceback (most recent call last):
    ...
    hypergraph.runtime.scale.errors.WorkerMismatch: The workers cannot run 'rag'.
      module 'numpy' is missing there
    How to fix: make the workers' environment that of the driver.
    """
    report = json.loads(reply)
    there = tuple(report["python"])
    lines = [f"module '{name}' is missing there" for name in report["missing"]]
    found = report["versions"]
    versions = {
        name: (here, str(found.get(name) or "none"))
        for name, here in shipment.requires
        if found.get(name) != here
    }
    lines += [f"{name} {here} here, {other} there" for name, (here, other) in versions.items()]
    if there < OLDEST or (report["error"].startswith("SyntaxError") and there[:2] != _here()[:2]):
        pair = (_spelled(_here()), _spelled(there))
        versions = {**versions, "Python": pair}
        lines.append(f"Python {pair[0]} here, {pair[1]} there")
    if report["error"] or report["digest"] != shipment.digest:
        lines.append(f"the program does not load there: {report['error'] or 'another arrived'}")
    if lines:
        raise WorkerMismatch(_told(shipment, lines), report["missing"], versions)


def _told(shipment: Shipment, lines: list[str]) -> str:
    text = "\n".join([f"The workers cannot run '{shipment.name}'.", *(f"  {one}" for one in lines)])
    text += "\nHow to fix: make the workers' environment that of the driver."
    if shipment.reason:
        text += "\nThe modules of the graph are imported there, as its code cannot be sent:\n"
        text += "\n".join(f"  {line}" for line in shipment.reason.splitlines())
    return text


def _here() -> tuple[int, ...]:
    return tuple(sys.version_info[:3])


def _spelled(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
