"""The documentation every Python carries with it, cut into passages.

A passage is one docstring: of a module, of a public function or class, or of a method. The names
that a passage goes by are read from the live modules, so the answers fit the interpreter that
gives them.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

MODULES = (
    "argparse",
    "base64",
    "bisect",
    "calendar",
    "collections",
    "configparser",
    "contextlib",
    "copy",
    "csv",
    "datetime",
    "decimal",
    "difflib",
    "fnmatch",
    "functools",
    "getpass",
    "glob",
    "gzip",
    "hashlib",
    "heapq",
    "html",
    "io",
    "itertools",
    "json",
    "logging",
    "math",
    "os.path",
    "pathlib",
    "pprint",
    "queue",
    "random",
    "re",
    "secrets",
    "shelve",
    "shlex",
    "shutil",
    "statistics",
    "string",
    "subprocess",
    "tempfile",
    "textwrap",
    "threading",
    "time",
    "timeit",
    "traceback",
    "urllib.parse",
    "uuid",
    "zipfile",
)


class Passage(NamedTuple):
    """One docstring and where it is from."""

    name: str
    signature: str
    text: str


def passages_of(module_name: str) -> Iterator[Passage]:
    """The passages of one module: its own docstring first, then its members by name."""
    module = import_module(module_name)
    if module.__doc__:
        yield Passage(module_name, "", inspect.cleandoc(module.__doc__))
    for name in public_names(module):
        member = getattr(module, name, None)
        if inspect.isclass(member):
            yield from passages_of_class(f"{module_name}.{name}", member)
        elif inspect.isroutine(member):
            yield from passage_of(f"{module_name}.{name}", member)


def public_names(module: ModuleType) -> list[str]:
    """What the module says is public; failing that, what does not look private."""
    names = getattr(module, "__all__", None) or vars(module)
    return sorted(name for name in names if not name.startswith("_"))


def passages_of_class(name: str, owner: type) -> Iterator[Passage]:
    """The class itself, if it documents itself, and the methods it defines."""
    if "__doc__" in vars(owner):
        yield from passage_of(name, owner)
    for attribute in sorted(vars(owner)):
        method = getattr(owner, attribute, None)
        if not attribute.startswith("_") and inspect.isroutine(method):
            yield from passage_of(f"{name}.{attribute}", method)


def passage_of(name: str, member: Callable[..., Any]) -> Iterator[Passage]:
    """The passage of one function, class or method: none if it has no docstring."""
    text = inspect.getdoc(member)
    if text:
        yield Passage(name, parameters_of(member), text)


def parameters_of(member: Callable[..., Any]) -> str:
    """Parameter names in brackets; defaults are left out, some print as memory addresses."""
    try:
        signature = inspect.signature(member)
    except (TypeError, ValueError):
        return "(...)"
    bare = inspect.Parameter.empty
    shown = [
        parameter.replace(default=bare, annotation=bare)
        for name, parameter in signature.parameters.items()
        if name != "self"
    ]
    return str(signature.replace(parameters=shown, return_annotation=inspect.Signature.empty))
