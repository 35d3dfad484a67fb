"""What compiled programs run on: standard library only.

The names in ``exports`` are what generated modules import from here, after ``preflight``.
"""

from __future__ import annotations

import sys
from importlib import import_module

from hypergraph.runtime.exports import EXPORTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# To be raised when generated modules stop fitting: what they import from here, and how they use it.
EPOCH = 1


def preflight(name: str, *, runtime: int) -> None:
    """What a generated module does before it imports anything of the user's.

    ``runtime`` is the epoch of the runtime that the module was generated for; ``ImportError`` is
    raised if the installed one is of another. Started as a script with ``--verify``, the module
    does nothing but say whether it is as it was generated.
    """
    if runtime != EPOCH:
        from hypergraph.runtime.misfit import misfit

        raise misfit(runtime, EPOCH, sys._getframe(1).f_globals.get("__file__"))
    if name == "__main__" and "--verify" in sys.argv[1:]:
        from hypergraph.runtime.verify import tell

        raise SystemExit(tell(sys.argv[:1]))


def __getattr__(name: str) -> Any:
    if name not in EXPORTS:
        raise AttributeError(f"module 'hypergraph.runtime' has no attribute {name!r}")
    value = getattr(import_module(f"hypergraph.runtime.{EXPORTS[name]}"), name)
    globals()[name] = value
    return value
