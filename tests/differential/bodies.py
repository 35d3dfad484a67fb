"""What the functions of drawn graphs do: pure digests of their arguments, and a trace of calls.

Values that may go round in a loop stop growing at ``CEILING``, so that every loop in which each
name has one producer comes to rest.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any
from zlib import crc32

from hypergraph import END

CEILING = 3
Trace = list[tuple[str, tuple[tuple[str, str], ...]]]


class NodeFailure(Exception):
    """What a failing node raises."""


def note(trace: Trace, function: str, arguments: dict[str, Any]) -> None:
    """Record a call with its arguments as they are now."""
    trace.append((function, tuple(sorted((name, repr(v)) for name, v in arguments.items()))))


def number_of(arguments: dict[str, Any]) -> int:
    """A number that depends on all the arguments and on nothing else."""
    return crc32(repr(sorted(arguments.items(), key=lambda item: item[0])).encode())


def level_of(arguments: dict[str, Any]) -> int:
    """The highest integer among the arguments."""
    return max((v for v in arguments.values() if isinstance(v, int)), default=0)


def lists_in(arguments: dict[str, Any]) -> Iterator[list[Any]]:
    """The arguments that are lists."""
    return (value for value in arguments.values() if isinstance(value, list))


# ------------------------------------------------------------------ function nodes


def digest(name: str, count: int, arguments: dict[str, Any]) -> Any:
    """A short text for each output."""
    number = number_of(arguments) % 10000
    texts = tuple(f"{name}.{i}:{number}" for i in range(count))
    return texts[0] if count == 1 else texts


def level(name: str, count: int, arguments: dict[str, Any]) -> Any:
    """One more than the highest integer, up to the ceiling."""
    result = min(CEILING, level_of(arguments) + 1)
    return result if count == 1 else (result,) * count


def down(name: str, count: int, arguments: dict[str, Any]) -> Any:
    """One less than the highest integer, down to nought."""
    result = max(0, level_of(arguments) - 1)
    return result if count == 1 else (result,) * count


def spin(name: str, count: int, arguments: dict[str, Any]) -> Any:
    """Always something new: a loop of it ends by its gate or by the limit."""
    result = level_of(arguments) + 1
    return result if count == 1 else (result,) * count


def falsy(name: str, count: int, arguments: dict[str, Any]) -> Any:
    """One of the values that are easily taken for none."""
    some: list[Any] = [None, 0, "", [], {}, False, 0.0, ()]
    results = [some[(number_of(arguments) + i) % len(some)] for i in range(count)]
    return results[0] if count == 1 else results


def items(name: str, count: int, arguments: dict[str, Any], length: int = 2) -> Any:
    """A list for each output."""
    number = number_of(arguments) % 1000
    return [number % 3 + i for i in range(length)] if count == 1 else [[number, 0]] * count


def echo(name: str, count: int, arguments: dict[str, Any]) -> Any:
    """The first argument itself, so that nothing changes."""
    first = next(iter(arguments.values()), None)
    return first if count == 1 else (first,) * count


def push(name: str, count: int, arguments: dict[str, Any]) -> Any:
    """Append to the first list in place, and return the very list."""
    target = next(lists_in(arguments), [])
    target.append(len(target))
    return target if count == 1 else (target,) * count


def collect(name: str, count: int, arguments: dict[str, Any]) -> Any:
    """A new list with one item more, up to a length."""
    grown = [*next(lists_in(arguments), []), level_of(arguments)][:CEILING]
    return grown if count == 1 else (grown,) * count


def keyed(name: str, count: int, arguments: dict[str, Any]) -> Any:
    """A dict, whose keys go to the outputs."""
    return {f"{name}{i}": i for i in range(count)}


def miscounted(name: str, count: int, arguments: dict[str, Any]) -> Any:
    """One value more than there are outputs."""
    return tuple(range(count + 1))


def fail(name: str, count: int, arguments: dict[str, Any], one_in: int = 1) -> Any:
    """Raise, always or for some arguments."""
    if number_of(arguments) % one_in == 0:
        raise NodeFailure(name, number_of(arguments) % 1000)
    return digest(name, count, arguments)


def parts(count: int, result: Any) -> list[Any]:
    """What a generator yields: each output, or the result twice where there is only one."""
    return list(result) if count > 1 else [result] * 2


# ------------------------------------------------------------------ gates


def pick(name: str, arguments: dict[str, Any], decisions: list[Any]) -> Any:
    """One of the decisions, by the arguments."""
    return decisions[number_of(arguments) % len(decisions)]


def below(name: str, arguments: dict[str, Any], limit: int, then: Any, otherwise: Any) -> Any:
    """One decision while the highest integer is below a limit, then another."""
    return then if level_of(arguments) < limit else otherwise


# ------------------------------------------------------------------ interrupts


def ask(name: str, count: int, arguments: dict[str, Any], one_in: int = 1) -> Any:
    """Ask the caller, always or for some arguments; else answer."""
    if one_in and number_of(arguments) % one_in == 0:
        return None
    return digest(name, count, arguments)


class Pass:
    """Something to await that gives other tasks a turn, in an event loop or without one."""

    def __await__(self) -> Generator[None, None, None]:
        yield


async def turns(seed: int, name: str, arguments: dict[str, Any]) -> None:
    """Give way a number of times, which the seed decides for every call (so that orders vary)."""
    for _ in range(crc32(f"{seed} {name} {number_of(arguments)}".encode()) % 5):
        await Pass()


__all__ = ["END", "NodeFailure", "Trace"]
