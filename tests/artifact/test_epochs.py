"""Epochs: what is emitted, and what programs import, changes only with the number that says so.

``RELEASED`` holds what each epoch that was released looks like. At a release, the digests that
``python -m tests.artifact.test_epochs`` prints are written down there.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Mapping

from hypergraph import runtime
from hypergraph.compiler.artifact import compile_target
from hypergraph.compiler.emit.header import EMITTER
from hypergraph.compiler.options import Options
from hypergraph.compiler.target import load_target
from hypergraph.runtime import EPOCH
from hypergraph.runtime.exports import EXPORTS
from tests.artifact.fixed_graphs import GRAPHS
from tests.artifact.workplace import ROOT

RELEASED_EMITTERS: dict[int, str] = {}
RELEASED_RUNTIMES: dict[int, str] = {}
KINDS = (
    Options(),
    Options(mode="async"),
    Options(events=True, cache=True),
    Options(partial=True),
    Options(standalone=True),
)


def digest_of_texts() -> str:
    """What the emitter writes today, for a fixed set of graphs."""
    texts = []
    for name in GRAPHS:
        target = load_target(f"tests/artifact/fixed_graphs.py:{name}", ROOT)
        for options in KINDS:
            texts.append(compile_target(target, options, None).text)
    assert len(set(texts)) > len(GRAPHS)
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def digest_of_runtime() -> str:
    """What programs may import, and how it is called."""
    told = []
    for name in sorted(EXPORTS):
        value = getattr(runtime, name)
        told.append(f"{name}{inspect.signature(value)}" if callable(value) else name)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def complaint(what: str, epoch: int, digest: str, released: Mapping[int, str]) -> str | None:
    """What is wrong with an epoch, and what to do; ``None`` if nothing is."""
    expected = max(released, default=0) + 1
    if released.get(epoch, digest) != digest:
        return f"{what} has changed since epoch {epoch} was released: raise it to {expected}"
    if epoch not in (expected, max(released, default=expected)):
        return f"{what} is at epoch {epoch}, but the one after the last release is {expected}"
    return None


def test_the_emitter_writes_what_its_epoch_wrote_when_it_was_released() -> None:
    """If this fails, raise ``EMITTER`` in compiler/emit/header.py."""
    assert complaint("EMITTER", EMITTER, digest_of_texts(), RELEASED_EMITTERS) is None


def test_programs_find_in_the_runtime_what_its_epoch_had_when_it_was_released() -> None:
    """If this fails, raise ``EPOCH`` in runtime/__init__.py, unless older programs still run."""
    assert complaint("EPOCH", EPOCH, digest_of_runtime(), RELEASED_RUNTIMES) is None


def test_a_change_after_a_release_is_a_complaint() -> None:
    released = {1: "one", 2: "two"}
    assert complaint("EMITTER", 2, "two", released) is None
    assert complaint("EMITTER", 3, "three", released) is None
    changed = complaint("EMITTER", 2, "other", released)
    assert changed == "EMITTER has changed since epoch 2 was released: raise it to 3"
    assert "is at epoch 4" in str(complaint("EMITTER", 4, "other", released))
    assert "is at epoch 0" in str(complaint("EMITTER", 0, "other", {}))


if __name__ == "__main__":
    print(f"RELEASED_EMITTERS[{EMITTER}] = {digest_of_texts()!r}")
    print(f"RELEASED_RUNTIMES[{EPOCH}] = {digest_of_runtime()!r}")
