"""Any value as JSON text: what JSON cannot hold is shown by its ``repr``, and marked."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HUGE = 10**4000  # Python does not write much longer integers
DEEP = 100  # what is much deeper, json cannot write at all


def show(value: Any) -> None:
    """Print a value as JSON; in plain ASCII if it cannot be printed otherwise.

    >>> show({"n": 1, "seen": {2}})
    {
      "n": 1,
      "seen": {
        "repr": "{2}"
      }
    }
    """
    import json

    held = holdable(value)
    try:
        print(json.dumps(held, indent=2, ensure_ascii=False))
    except UnicodeEncodeError:
        print(json.dumps(held, indent=2))


def holdable(value: Any, inside: tuple[int, ...] = ()) -> Any:
    """The value with every part that JSON cannot hold replaced by ``{"repr": text}``.

    ``inside`` are the identities of the containers around it, which it may be among.

    >>> holdable([1.5, float("nan"), {1: "one"}])
    [1.5, {'repr': 'nan'}, {'repr': "{1: 'one'}"}]
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        return value if abs(value) < HUGE else _marked(value)  # nan is not
    if id(value) not in inside and len(inside) < DEEP:
        inside = (*inside, id(value))
        if isinstance(value, (list, tuple)):
            return [holdable(one, inside) for one in value]
        if isinstance(value, dict) and all(isinstance(key, str) for key in value):
            return {key: holdable(one, inside) for key, one in value.items()}
    return _marked(value)


def _marked(value: Any) -> dict[str, str]:
    try:
        return {"repr": repr(value)}
    except Exception as error:  # a repr is the user's code too
        return {"repr": f"<{type(value).__name__}, whose repr raises {type(error).__name__}>"}
