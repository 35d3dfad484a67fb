"""Any value as JSON text: what JSON cannot hold is shown by its ``repr``, and marked."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MANY_BITS = 10_000  # Python does not write much longer integers


def as_json(value: Any, encoding: str | None = "utf-8") -> str:
    """The JSON text of a value; plain ASCII if it could not be printed in ``encoding`` otherwise.

    >>> print(as_json({"n": 1, "seen": {2}}))
    {
      "n": 1,
      "seen": {
        "repr": "{2}"
      }
    }
    """
    import json

    held = holdable(value)
    text = json.dumps(held, indent=2, ensure_ascii=False)
    try:
        text.encode(encoding or "ascii")
    except UnicodeEncodeError:
        return json.dumps(held, indent=2)
    return text


def holdable(value: Any) -> Any:
    """The value with every part that JSON cannot hold replaced by ``{"repr": text}``.

    >>> holdable([1.5, float("nan"), {1: "one"}])
    [1.5, {'repr': 'nan'}, {'repr': "{1: 'one'}"}]
    """
    try:
        return _held(value, ())
    except RecursionError:
        return _marked(value)


def _held(value: Any, inside: tuple[int, ...]) -> Any:
    """``inside`` are the identities of the containers around the value, which may be among them."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if value.bit_length() < MANY_BITS else _marked(value)
    if isinstance(value, float):
        return value if value - value == 0 else _marked(value)  # it is not for inf and nan
    if id(value) in inside:
        return _marked(value)
    inside = (*inside, id(value))
    if isinstance(value, (list, tuple)):
        return [_held(one, inside) for one in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: _held(one, inside) for key, one in value.items()}
    return _marked(value)


def _marked(value: Any) -> dict[str, str]:
    try:
        return {"repr": repr(value)}
    except Exception as error:  # a repr is the user's code too
        return {"repr": f"<{type(value).__name__}, whose repr raises {type(error).__name__}>"}
