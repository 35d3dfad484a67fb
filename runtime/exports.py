"""The names that generated modules import from ``hypergraph.runtime``, and where they live."""

from __future__ import annotations

_HOMES = {
    "decisions": "decided invalid_target not_a_bool real_bool several",
    "defaults": "fresh",
    "expand": "cloned",
    "items": "columns combined each filled",
    "interface": "Inputs",
    "variants": "Partial Watched",
    "program": "Program",
    "pauses": "Pause",
    "rounds": "differs endless",
    "sentinels": "ABSENT END OPEN SIGNAL",
    "asking": "asked inside",
    "lanes": "beside",
    "limits": "held",
    "overlap": "collected mapped settled together unpacked",
    "unpacking": "unpack",
    "warnings": "warn_caller",
}

EXPORTS = {name: module for module, names in _HOMES.items() for name in names.split()}

ASYNC_HOMES = frozenset({"asking", "lanes", "limits", "overlap"})
