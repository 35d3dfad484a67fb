"""The names that generated modules import from ``hypergraph.runtime``, and where they live."""

from __future__ import annotations

_HOMES = {
    "decisions": "invalid_target not_a_bool several",
    "defaults": "fresh",
    "items": "cloned combined each",
    "program": "Inputs Program",
    "pauses": "Pause paused",
    "rounds": "differs endless",
    "sentinels": "ABSENT END OPEN SIGNAL",
    "together": "settled together",
    "unpacking": "unpack",
    "warnings": "warn_caller",
}

EXPORTS = {name: module for module, names in _HOMES.items() for name in names.split()}
