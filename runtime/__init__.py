"""What compiled programs run on: standard library only.

The names in ``exports`` are what generated modules import from here.
"""

from __future__ import annotations

from importlib import import_module

from hypergraph.runtime.exports import EXPORTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def __getattr__(name: str) -> Any:
    if name not in EXPORTS:
        raise AttributeError(f"module 'hypergraph.runtime' has no attribute {name!r}")
    value = getattr(import_module(f"hypergraph.runtime.{EXPORTS[name]}"), name)
    globals()[name] = value
    return value
