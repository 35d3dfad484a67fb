"""Short texts of values of any size, for ``repr`` of a result (X4)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from hypergraph.runtime.results import RunResult

_MEMBERS = 6
_TEXT = 120
_KEY = 80
_OTHER = 240
_RESULT = 4000


def result_text(result: RunResult) -> str:
    """The one-line ``repr`` of a result, at most 4000 characters long (X4)."""
    text = (
        f"RunResult(status={getattr(result.status, 'value', result.status)}, "
        f"values={compact(result.values)}, run_id={result.run_id!r}, "
        f"workflow_id={result.workflow_id!r}, error={compact(result.error)}, "
        f"pause={compact(result.pause)})"
    )
    return _cut(text, _RESULT)


def compact(value: Any, depth: int = 0, within: tuple[int, ...] = ()) -> str:
    """A short text for ``value``: large containers are counted, long texts cut (X4).

    ``depth`` counts the containers around the value, and ``within`` holds their identities.
    Nothing is raised, whatever the value's own methods do.

    >>> print(compact({"rows": list(range(5000)), "name": "x" * 200})[:49])
    {'rows': <list len=5000 preview=[0, 1, 2, 3, 4, 5
    >>> loop = []
    >>> loop.append(loop)
    >>> compact(loop)
    '[<recursive list>]'
    """
    return _guarded(value, lambda: _compact(value, depth, within))


def _compact(value: Any, depth: int, within: tuple[int, ...]) -> str:
    if isinstance(value, str):
        return _string(value)
    if value is None or isinstance(value, (int, float)):
        return repr(value)
    if depth >= 2 or isinstance(value, bytes):
        return _other(value)
    show = _container(value)
    if show is None:
        return _array(value) or _other(value)
    if id(value) in within:
        return f"<recursive {type(value).__name__}>"
    inside = (*within, id(value))
    return show(value, lambda member: compact(member, depth + 1, inside))


def _container(value: Any) -> Callable[[Any, Callable[[Any], str]], str] | None:
    if not isinstance(value, type) and hasattr(type(value), "__dataclass_fields__"):
        return _dataclass
    if isinstance(value, dict):
        return _dict
    if isinstance(value, (list, tuple, set, frozenset)):
        return _sequence
    return None


def _string(value: str) -> str:
    if len(value) <= _TEXT:
        return repr(value)
    return f"{value[: _TEXT - 3] + '...'!r} (len={len(value)})"


def _dataclass(value: Any, member: Callable[[Any], str]) -> str:
    shown = [name for name, field in type(value).__dataclass_fields__.items() if field.repr]
    fields = {name: getattr(value, name) for name in shown if hasattr(value, name)}
    return f"<{type(value).__name__} {_dict(fields, member)}>"


def _dict(value: dict[Any, Any], member: Callable[[Any], str]) -> str:
    pairs = _first(value.items())
    shown = [f"{_key(key)}: {member(item)}" for key, item in pairs]
    if len(value) > len(pairs):
        shown.append(f"... (+{len(value) - len(pairs)} more)")
    return f"{{{', '.join(shown)}}}"


def _key(key: Any) -> str:
    return _guarded(key, lambda: _cut(_line(repr(key)), _KEY))


def _sequence(value: Any, member: Callable[[Any], str]) -> str:
    shown = ", ".join([member(item) for item in _first(value)])
    if len(value) > _MEMBERS:
        return f"<{type(value).__name__} len={len(value)} preview=[{shown}, ...]>"
    if isinstance(value, list):
        return f"[{shown}]"
    if isinstance(value, tuple):
        return f"({shown},)" if len(value) == 1 else f"({shown})"
    if isinstance(value, frozenset):
        return f"frozenset({{{shown}}})" if shown else "frozenset()"
    return f"{{{shown}}}" if shown else "set()"


def _array(value: Any) -> str | None:
    shape = getattr(value, "shape", None)
    if shape is None or not hasattr(value, "dtype"):
        return None
    return _cut(_line(f"<{type(value).__name__} shape={shape} dtype={value.dtype}>"), _OTHER)


def _other(value: Any) -> str:
    return _cut(_line(repr(value)), _OTHER)


def _guarded(value: Any, show: Callable[[], str]) -> str:
    try:
        return show()
    except Exception as error:
        try:
            reason = _line(str(error))
        except Exception:
            reason = type(error).__name__
        return _cut(f"<unreprable {type(value).__name__}: {reason}>", _OTHER)


def _first(members: Iterable[Any]) -> list[Any]:
    return [member for member, _ in zip(members, range(_MEMBERS), strict=False)]


def _line(text: str) -> str:
    return " ".join(text.splitlines())


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 3] + "..."
