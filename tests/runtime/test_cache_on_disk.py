"""Results kept in a directory (X126)."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hypergraph import DiskCache

ROOT = Path(__file__).parents[2]
LARGE = b"x" * 100_000


def warnings_of(caplog: pytest.LogCaptureFixture) -> list[str]:
    assert {(record.name, record.levelno) for record in caplog.records} <= {
        ("hypergraph.cache", logging.WARNING)
    }
    return [record.getMessage() for record in caplog.records]


def test_xe185_a_hit_across_instances_on_one_directory(tmp_path: Path) -> None:
    DiskCache(str(tmp_path)).set("a", {"x": [1]})
    assert DiskCache(str(tmp_path)).get("a") == (True, {"x": [1]})


def test_xe185_distinct_keys_are_distinct(tmp_path: Path) -> None:
    cache = DiskCache(str(tmp_path))
    cache.set("a", 1)
    cache.set("b", None)
    assert cache.get("a") == (True, 1)
    assert cache.get("b") == (True, None)
    assert cache.get("c") == (False, None)


def test_x126_entries_persist_across_processes(tmp_path: Path) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from hypergraph import DiskCache; "
        f"DiskCache({str(tmp_path)!r}).set('a', {{'x': 1}})"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
    assert DiskCache(str(tmp_path)).get("a") == (True, {"x": 1})


def test_x126_the_home_directory_is_expanded_and_keywords_are_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    DiskCache("~/kept", disk_min_file_size=10).set("a", "x" * 100)
    assert list((tmp_path / "kept").rglob("*.val")), "the value is large enough for a file"


def test_x126_without_the_package_construction_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "diskcache", None)
    with pytest.raises(ImportError, match=r"diskcache.*hypergraph\[cache\]"):
        DiskCache()


def test_x126_x150_an_output_that_cannot_be_pickled_is_not_stored(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache = DiskCache(str(tmp_path))
    cache.set("key-1", lambda: 0)
    assert cache.get("key-1") == (False, None)
    (text,) = warnings_of(caplog)
    assert "key-1" in text and "cannot be pickled" in text


@pytest.mark.parametrize("damage", [b"", b"zzz", LARGE])
def test_x126_a_damaged_entry_is_a_miss(
    damage: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache = DiskCache(str(tmp_path))
    cache.set("a", LARGE)
    (file,) = tmp_path.rglob("*.val")
    file.write_bytes(damage)
    assert cache.get("a") == (False, None)
    assert "damaged" in warnings_of(caplog)[0]
    cache.set("a", 1)
    assert cache.get("a") == (True, 1)


def test_x126_an_entry_of_someone_else_is_a_miss(tmp_path: Path) -> None:
    import diskcache

    with diskcache.Cache(str(tmp_path)) as theirs:
        theirs["a"] = "a text"
    assert DiskCache(str(tmp_path)).get("a") == (False, None)


def test_x126_a_directory_deleted_meanwhile_breaks_nothing(tmp_path: Path) -> None:
    cache = DiskCache(str(tmp_path / "kept"))
    cache.set("large", LARGE)
    shutil.rmtree(tmp_path / "kept")
    assert cache.get("large") == (False, None)
    cache.set("a", 1)
    assert cache.get("a") in [(True, 1), (False, None)]


def test_x126_a_corrupt_directory_is_a_miss_until_it_is_put_right(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache.db").write_bytes(b"not a database" * 500)
    cache = DiskCache(str(tmp_path))
    assert cache.get("a") == (False, None)
    cache.set("a", 1)
    assert all("cannot be used" in text for text in warnings_of(caplog)) and caplog.records
    (tmp_path / "cache.db").unlink()
    cache.set("a", 1)
    assert cache.get("a") == (True, 1)


def test_x126_a_closed_cache_opens_again_when_used(tmp_path: Path) -> None:
    cache = DiskCache(str(tmp_path))
    cache.set("a", 1)
    cache.close()
    cache.close()
    assert cache.get("a") == (True, 1)
