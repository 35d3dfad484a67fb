"""Before anything is sent: what workers lack, and what is not as it is here."""

from __future__ import annotations

import json
import sys
from concurrent.futures import Executor
from typing import Any

import pytest

from hypergraph import Graph, SyncRunner, WorkerMismatch, node
from hypergraph.runtime.scale.boot import chunk_call
from hypergraph.runtime.scale.probe import check_reply, probe_of
from hypergraph.runtime.scale.shipment import Shipment

HERE = {"pytest": pytest.__version__}
PROGRAM = Shipment(
    "rag",
    "import pytest\n_hg_chunk = bytes.upper\n",
    imports=("pytest",),
    requires=tuple(HERE.items()),
)


def answer(pool: Executor, shipment: Shipment) -> dict[str, Any]:
    """What a worker says of itself."""
    call: Any = probe_of(shipment, "once")
    found: dict[str, Any] = json.loads(pool.submit(*call).result(timeout=60))
    return found


def test_a_worker_tells_what_it_is(processes: Executor) -> None:
    assert answer(processes, PROGRAM) == {
        "python": list(sys.version_info[:3]),
        "digest": PROGRAM.digest,
        "missing": [],
        "versions": HERE,
        "error": "",
    }


def test_the_program_is_kept_under_its_digest(threads: Executor) -> None:
    answer(threads, PROGRAM)
    kept = sys.modules[f"_hg_{PROGRAM.digest}"]
    call: Any = chunk_call(PROGRAM.module, PROGRAM.source, b"abc", "once")
    assert threads.submit(*call).result() == b"ABC"
    assert sys.modules[PROGRAM.module] is kept


def test_an_answer_that_fits_is_passed(processes: Executor) -> None:
    check_reply(json.dumps(answer(processes, PROGRAM)).encode(), PROGRAM)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"versions": {"pytest": "1.0"}}, rf"pytest {pytest.__version__} here, 1\.0 there"),
        ({"versions": {"pytest": None}}, rf"pytest {pytest.__version__} here, none there"),
        ({"python": [3, 9, 1]}, r"Python 3\.\d+\.\d+ here, 3\.9\.1 there"),
        ({"missing": ["numpy", "app"]}, "module 'numpy' is missing there\n  module 'app' is"),
        ({"error": "OSError: no key"}, "the program does not load there: OSError: no key"),
        ({"digest": "0"}, "the program does not load there: another arrived"),
    ],
)
def test_what_does_not_fit_is_told(threads: Executor, other: dict[str, Any], told: str) -> None:
    reply = {**answer(threads, PROGRAM), **other}
    with pytest.raises(WorkerMismatch, match=told) as raised:
        check_reply(json.dumps(reply).encode(), PROGRAM)
    assert raised.value.missing == tuple(other.get("missing", ()))


def test_both_versions_are_at_hand(threads: Executor) -> None:
    reply = {**answer(threads, PROGRAM), "versions": {"pytest": "1.0"}}
    with pytest.raises(WorkerMismatch) as raised:
        check_reply(json.dumps(reply).encode(), PROGRAM)
    assert raised.value.versions == {"pytest": (pytest.__version__, "1.0")}


def test_another_python_that_cannot_read_the_program_is_named(threads: Executor) -> None:
    reply = {**answer(threads, PROGRAM), "python": [3, 99, 2], "error": "SyntaxError: type"}
    with pytest.raises(WorkerMismatch, match=r"Python 3\.\d+\.\d+ here, 3\.99\.2 there"):
        check_reply(json.dumps(reply).encode(), PROGRAM)


@node(output_name="n")
def uses_nothing_there_is(x: int) -> int:
    """Import what no worker has."""
    import no_such_module  # type: ignore[import-not-found]

    return int(no_such_module.n)


def test_a_map_that_workers_lack_modules_for_is_refused(processes: Executor) -> None:
    graph = Graph([uses_nothing_there_is], name="lacking")
    with pytest.raises(WorkerMismatch, match="module 'no_such_module' is missing there") as raised:
        SyncRunner().map(graph, x=[1], map_over="x", executor=processes)
    assert raised.value.missing == ("no_such_module",)
