"""What every contender offers: a function per workload that builds what is then timed."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol, cast

from benchmarks.built import Built

PRODUCT = "hypergraph-compiler"


class Builders(Protocol):
    """The functions of a module in `benchmarks.contenders`.

    Each builds once what its argument asks for and returns what is timed: a function without
    parameters that runs it and returns the final value; for the async ones that is a coroutine
    function. `None` says that the library has no such thing.
    """

    def chain(self, length: int) -> Built | None:
        """Nodes from `x0` = 0 to `x<length>`, each adding one to what the one before produced."""

    def wide(self, width: int) -> Built | None:
        """Nodes that all add one to `x` = 0 and do not depend on each other."""

    def branch(self) -> Built | None:
        """A decision on `x` = 7, two branches of which one runs, and a join."""

    def loop(self, iterations: int) -> Built | None:
        """A decision and a body that takes one from `fuel`, until nothing is left."""

    def nested(self) -> Built | None:
        """Three levels of graphs in each other, with a node before and after the inner one."""

    def map_chain(self, items: list[int]) -> Built | None:
        """A chain of five over all items, keeping all five values; the last one is returned."""

    def async_chain(self, length: int) -> Built | None:
        """The chain, of coroutine functions."""

    def async_wide(self, width: int) -> Built | None:
        """Independent nodes that each let others run once, all in flight together."""

    def async_map(self, items: list[int], limit: int) -> Built | None:
        """One async node over all items, at most `limit` at a time; the last value is returned."""


@dataclass(frozen=True)
class Contender:
    """A module of `benchmarks.contenders`, imported when it is first needed.

    `title` heads its column, and `distribution` is what has to be installed for it.
    """

    name: str
    title: str
    distribution: str | None = None

    @property
    def builders(self) -> Builders:
        """The contender's module."""
        return cast(Builders, importlib.import_module(f"benchmarks.contenders.{self.name}"))

    @property
    def version(self) -> str | None:
        """The version of its distribution, if it is installed."""
        try:
            return version(self.distribution) if self.distribution else None
        except PackageNotFoundError:
            return None

    @property
    def is_library(self) -> bool:
        """Whether somebody else made it."""
        return self.distribution not in (None, PRODUCT)

    @property
    def present(self) -> bool:
        """Whether what it needs is there; the product is, where its benchmarks are."""
        return not self.is_library or self.version is not None

    def start(self, folder: Path) -> str:
        """What a process runs to get its first result, the end of a chain of ten, as `answer`.

        A module that knows better than to build the chain has a function `start` of its own, which
        may put files into the folder; that is on the path of the process.
        """
        own = getattr(self.builders, "start", None)
        if own is not None:
            return cast(str, own(folder))
        return f"from benchmarks.contenders.{self.name} import chain; answer = chain(10)()"


BASE = Contender("hand_written", "by hand")
CONTENDERS = (
    BASE,
    Contender("naive_loop", "naive loop"),
    Contender("product_runner", "runner", PRODUCT),
    Contender("product_module", "module", PRODUCT),
    Contender("product_standalone", "standalone"),
    Contender("langgraph", "langgraph", "langgraph"),
    Contender("hamilton", "hamilton", "apache-hamilton"),
    Contender("pipefunc", "pipefunc", "pipefunc"),
    Contender("pydantic_graph", "pydantic-graph", "pydantic-graph"),
    Contender("burr", "burr", "apache-burr"),
    Contender("dask", "dask.delayed", "dask"),
)


def present() -> tuple[Contender, ...]:
    """The contenders whose libraries are installed."""
    return tuple(contender for contender in CONTENDERS if contender.present)
