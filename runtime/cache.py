"""Where results of nodes are kept between calls (X119, X120, X124 to X126)."""

from __future__ import annotations

import logging
import pickle
import sqlite3
import weakref
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, runtime_checkable

logger = logging.getLogger("hypergraph.cache")

# Fixed, so that entries on disk outlive a change of interpreter.
_PROTOCOL = 5
_DIGEST = sha256().digest_size
_SQLITE = b"SQLite format 3\0"


@runtime_checkable
class CacheBackend(Protocol):
    """What a runner needs of a cache; any object with these two methods will do (X124)."""

    def get(self, key: str) -> tuple[bool, Any]:
        """Whether there is an entry for ``key``, and its value (``None`` when there is none)."""

    def set(self, key: str, value: Any) -> None:
        """Keep ``value`` for ``key``."""


def compute_cache_key(definition_hash: str, inputs: Mapping[str, Any]) -> str:
    """The key of calling a node of that definition with those inputs, 64 hex digits (X119).

    Inputs that cannot be pickled give ``""``, and a warning in the log: such a call is not cached
    (X120). The order of ``inputs`` makes no difference.

    >>> compute_cache_key("h", {"a": 1, "b": 2}) == compute_cache_key("h", {"b": 2, "a": 1})
    True
    """
    text = _delimited(definition_hash)
    try:
        # One pickle per value: whether two inputs are the same object is no part of the key.
        for name in sorted(inputs) if len(inputs) > 1 else inputs:
            text += _delimited(name) + pickle.dumps(inputs[name], _PROTOCOL)
    except Exception as error:
        logger.warning(
            "Inputs %s cannot be pickled, so the call is not cached (%s: %s)",
            ", ".join(sorted(inputs)),
            type(error).__name__,
            str(error),
        )
        return ""
    return sha256(text).hexdigest()


@lru_cache(maxsize=1024)
def _delimited(name: str) -> bytes:
    """A name with its length in front; pickles say themselves where they end."""
    encoded = name.encode("utf-8", "surrogatepass")
    return b"%d:%s" % (len(encoded), encoded)


class InMemoryCache:
    """Keeps results in this process, the most recently used ones if ``max_size`` is given (X125).

    Values are kept and handed out as the very objects that were stored. A node downstream that
    changes such an object in place changes the entry too, and every later hit sees the change
    (K28): nodes that are cached, and those that read from them, return new objects.

    One cache may be used by several threads.

    >>> cache = InMemoryCache(max_size=1)
    >>> cache.set("a", 1); cache.set("b", 2)
    >>> cache.get("a"), cache.get("b")
    ((False, None), (True, 2))
    """

    def __init__(self, max_size: int | None = None) -> None:
        self._max_size = max_size
        self._entries: OrderedDict[str, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> tuple[bool, Any]:
        """Whether ``key`` is there, and its value; a hit is the most recent use."""
        with self._lock:
            if key not in self._entries:
                return False, None
            self._entries.move_to_end(key)
            return True, self._entries[key]

    def set(self, key: str, value: Any) -> None:
        """Keep ``value`` as the most recently used entry, dropping the least recent if full."""
        with self._lock:
            self._entries[key] = value
            self._entries.move_to_end(key)
            if self._max_size is not None and len(self._entries) > self._max_size:
                self._entries.popitem(last=False)


class DiskCache:
    """Keeps results in a directory, for later processes too (X126).

    ``~`` in ``cache_dir`` is expanded and ``kwargs`` go to ``diskcache.Cache``. Entries are
    pickles: use a directory that only people you trust can write to. A value that cannot be
    pickled is not stored. Entries that are damaged, and directories that vanish or cannot be read
    while in use, are misses. Each of these leaves a warning in the log.

    Raises ``ImportError`` if the package ``diskcache`` is not installed.
    """

    def __init__(self, cache_dir: str = "~/.cache/hypergraph", **kwargs: Any) -> None:
        try:
            import diskcache
        except ImportError:
            raise ImportError(
                "DiskCache needs the package diskcache. "
                "Install it with: pip install 'hypergraph[cache]'"
            ) from None
        self._directory = Path(cache_dir).expanduser()
        self._open_store: Callable[[], Any] = partial(
            diskcache.Cache, str(self._directory), **kwargs
        )
        self._store: Any = None
        try:
            self._opened()
        except sqlite3.Error as error:
            self._given_up("open", error)

    def get(self, key: str) -> tuple[bool, Any]:
        """Whether there is a sound entry for ``key``, and its value."""
        try:
            entry = self._opened().get(key)
        except Exception as error:
            self._given_up("read", error)
            return False, None
        if entry is None:
            return False, None
        try:
            return True, pickle.loads(_sound(entry))
        except Exception as error:
            logger.warning("Entry %s is damaged and counts as missing: %s", key, str(error))
            return False, None

    def set(self, key: str, value: Any) -> None:
        """Keep ``value``, if it can be pickled and the directory written."""
        try:
            data = pickle.dumps(value, _PROTOCOL)
        except Exception as error:
            logger.warning(
                "The output for key %s cannot be pickled, so it is not stored (%s: %s)",
                key,
                type(error).__name__,
                str(error),
            )
            return
        try:
            self._opened().set(key, sha256(data).digest() + data)
        except Exception as error:
            self._given_up("write", error)

    def close(self) -> None:
        """Close the files of the cache; using it again opens them again."""
        if self._store is not None:
            self._close_store()
            self._store = None

    def _opened(self) -> Any:
        if self._store is None:
            _refuse_other_files(self._directory / "cache.db")
            self._store = self._open_store()
            self._close_store = weakref.finalize(self, self._store.close)
        return self._store

    def _given_up(self, action: str, error: Exception) -> None:
        logger.warning(
            "The cache directory cannot be used to %s, going on without (%s: %s)",
            action,
            type(error).__name__,
            str(error),
        )
        # The next use opens the directory anew: it may have been put right, or made again.
        self.close()


def _refuse_other_files(database: Path) -> None:
    # Opening such a file fails as well, but leaves behind a connection that nobody can close.
    if database.is_file():
        with database.open("rb") as file:
            start = file.read(len(_SQLITE))
        if start not in (b"", _SQLITE):
            raise sqlite3.DatabaseError(f"{database} is not a database")


def _sound(entry: Any) -> bytes:
    digest, data = entry[:_DIGEST], entry[_DIGEST:]
    if not isinstance(data, bytes) or sha256(data).digest() != digest:
        raise ValueError("its checksum does not match its content")
    return data
