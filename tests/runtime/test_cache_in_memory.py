"""Results kept in this process (X124, X125, K28)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from hypergraph import CacheBackend, InMemoryCache


def test_x124_any_object_with_get_and_set_is_a_backend() -> None:
    class Mine:
        def get(self, key: str) -> tuple[bool, object]:
            return False, None

        def set(self, key: str, value: object) -> None: ...

    mine: CacheBackend = Mine()
    assert isinstance(mine, CacheBackend) and isinstance(InMemoryCache(), CacheBackend)
    assert not isinstance({}, CacheBackend)


def test_x125_an_absent_key_is_a_miss() -> None:
    assert InMemoryCache().get("a") == (False, None)


def test_x125_a_stored_none_is_a_hit() -> None:
    cache = InMemoryCache()
    cache.set("a", None)
    assert cache.get("a") == (True, None)


def test_x125_without_a_size_everything_is_kept() -> None:
    cache = InMemoryCache()
    for number in range(1000):
        cache.set(str(number), number)
    assert cache.get("0") == (True, 0)


def test_xe183_size_zero_never_hits() -> None:
    cache = InMemoryCache(max_size=0)
    cache.set("a", 1)
    assert cache.get("a") == (False, None)


def test_xe183_size_one_keeps_only_the_latest_key() -> None:
    cache = InMemoryCache(max_size=1)
    cache.set("a", 1)
    cache.set("b", 2)
    assert cache.get("a") == (False, None) and cache.get("b") == (True, 2)


def test_xe183_a_get_protects_its_key_from_the_next_eviction() -> None:
    cache = InMemoryCache(max_size=2)
    cache.set("a", 1)
    cache.set("b", 2)
    cache.get("a")
    cache.set("c", 3)
    assert cache.get("a") == (True, 1) and cache.get("b") == (False, None)


def test_x125_setting_again_is_a_use_too() -> None:
    cache = InMemoryCache(max_size=2)
    cache.set("a", 1)
    cache.set("b", 2)
    cache.set("a", 10)
    cache.set("c", 3)
    assert cache.get("a") == (True, 10) and cache.get("b") == (False, None)


def test_k28_values_are_kept_and_handed_out_by_reference_as_documented() -> None:
    value = [1]
    cache = InMemoryCache()
    cache.set("a", value)
    assert cache.get("a")[1] is value
    assert "K28" in (InMemoryCache.__doc__ or "")


def test_xe186_four_threads_may_use_one_cache() -> None:
    cache = InMemoryCache(max_size=8)

    def work(seed: int) -> int:
        hits = 0
        for step in range(3000):
            key = str((seed * 7 + step * 3) % 20)
            cache.set(key, key)
            found, value = cache.get(str(step % 20))
            assert value == (str(step % 20) if found else None)
            hits += found
        return hits

    call: Callable[[int], int] = work
    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(call, range(4))) > 0
