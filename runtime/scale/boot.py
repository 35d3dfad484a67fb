"""How a program comes to a worker: builtin functions evaluate a few fixed lines with its text.

Nothing that travels is pickled by the name of a module of ours, so none is needed where it arrives.
"""

from __future__ import annotations

from typing import Any

TEXT = """
import linecache, sys, threading, types

def load(name, source):
    module = sys.modules.setdefault(name, types.ModuleType(name))
    with vars(module).setdefault("_hg_lock", threading.RLock()):
        if "_hg_chunk" not in vars(module):
            file = f"<{name}>"
            linecache.cache[file] = (len(source), None, source.splitlines(True), file)
            exec(compile(source, file, "exec", dont_inherit=True), vars(module))
    return module

def boot(name, source, blob):
    return load(name, source)._hg_chunk(blob)
"""
EXPRESSION = "(exec(BOOT, names := {}), names['boot'](*args))[1]"

PROBE = """
import sys

def probe(name, source, modules, distributions):
    from hashlib import sha256
    from importlib import metadata, util
    from json import dumps
    missing, versions, error = [], {}, ""
    for module in modules:
        try:
            known = module in sys.modules or util.find_spec(module) is not None
        except (ImportError, ValueError):
            known = False
        missing += [] if known else [module]
    for one in distributions:
        try:
            versions[one] = metadata.version(one)
        except metadata.PackageNotFoundError:
            versions[one] = None
    try:
        loaded = not missing and sys.version_info >= (3, 10) and load(name, source)
    except BaseException as raised:
        error = f"{type(raised).__name__}: {raised}"
    digest = sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    found = {"missing": missing, "versions": versions, "error": error, "digest": digest}
    return dumps({**found, "python": list(sys.version_info[:3])}).encode()
"""
PROBING = "(exec(BOOT, names := {}), exec(PROBE, names), names['probe'](*args))[2]"


def chunk_call(name: str, source: str, blob: bytes, token: Any) -> tuple[Any, ...]:
    """What to submit for a chunk; the ``token`` makes it unlike any other for engines that look."""
    return eval, EXPRESSION, {"BOOT": TEXT, "args": (name, source, blob), "token": token}


def probe_call(
    name: str, source: str, modules: tuple[str, ...], distributions: tuple[str, ...], token: Any
) -> tuple[Any, ...]:
    """What to submit to learn what a worker lacks."""
    given = {"BOOT": TEXT, "PROBE": PROBE, "token": token}
    return eval, PROBING, {**given, "args": (name, source, modules, distributions)}
