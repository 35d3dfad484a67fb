"""Whether a file still says what it said when its module was imported."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from types import CodeType
from typing import Any

from hypergraph.compiler.link.inline.live import node_function, unwrapped
from hypergraph.compiler.link.inline.owned import of_library
from hypergraph.compiler.link.inline.sources import Source


def is_stale(source: Source, name: str) -> bool:
    """Whether a function or class is not what compiling the file now would make of it."""
    module = sys.modules[source.module]
    # Other loaders may have changed the code on its way.
    loader = getattr(module.__spec__, "loader", None)
    if of_library(source.module) or type(loader) is not SourceFileLoader:
        return False
    value = vars(module).get(name)
    codes = (code for code in _codes_of(value, source) if code.co_filename == source.file)
    return any(source.compiled.get((code.co_name, code.co_firstlineno)) != code for code in codes)


def _codes_of(value: Any, source: Source) -> Iterator[CodeType]:
    """The code of a function, of a node's function, or of the methods of a class."""
    value = node_function(value) or value
    if not isinstance(value, type):
        code = getattr(unwrapped(value), "__code__", None)
        if isinstance(code, CodeType):
            yield code
    elif value.__module__ == source.module:
        for attribute in vars(value).values():
            code = getattr(unwrapped(attribute), "__code__", None)
            if isinstance(code, CodeType):
                yield code
