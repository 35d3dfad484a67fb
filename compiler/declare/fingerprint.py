"""The hash of a graph's definition (G118)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from hypergraph.compiler.declare.node import HyperNode
from hypergraph.compiler.declare.wiring import Wiring


def fingerprint(nodes: Mapping[str, HyperNode], wiring: Wiring) -> str:
    """SHA-256 over names and hashes of ``nodes`` and over who is linked to whom by which names.

    It is taken from the full wiring, which does not depend on the order of the nodes.
    """
    links: dict[tuple[str, str], set[str]] = {}
    for link in wiring.full:
        links.setdefault((link.source, link.target), set()).update(link.names)
    facts = {
        "nodes": sorted((name, node.definition_hash) for name, node in nodes.items()),
        "links": sorted((*pair, *sorted(names)) for pair, names in links.items()),
    }
    return hashlib.sha256(json.dumps(facts).encode("ascii")).hexdigest()
