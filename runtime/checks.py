"""What is wrong with a call of a compiled program, in the order of section 6 (X11 to X31)."""

from __future__ import annotations

from hypergraph.runtime.errors import GraphConfigError, MissingInputError
from hypergraph.runtime.near import near_text, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from hypergraph.runtime.interface import Inputs

POLICIES = ("ignore", "warn", "error")
ERROR_HANDLING = ("raise", "continue")


def merged(values: Any, extra: dict[str, Any], reserved: Sequence[str] = ()) -> dict[str, Any]:
    """All inputs of a call; the caller's dict is left alone (X11, X12)."""
    for name in reserved:
        if name in extra:
            raise ValueError(f"{name!r} is one of the reserved runner options: pass it in values.")
    twice = [name for name in extra if name in (values or ())]
    if twice:
        raise ValueError(f"Inputs {twice} are given in both values and kwargs. Give each once.")
    return {**(values or {}), **extra}


def check_call(program: Any, supplied: Sequence[str], options: dict[str, Any], warn: Any) -> Any:
    """Check a call of a generated module; gives the outputs that it selects, if it does.

    ``program`` has an ``interface`` and ``outputs``, and ``check_answers`` and ``check_entries`` if
    its graph needs them. Unexpected names are a reason to ``warn`` even if an error follows, which
    they may explain.

    Raises what the checks of a run raise, and ``GraphConfigError`` for a call that is right but
    that the file was not compiled for.
    """
    known, policy, start = program.interface, options["on_internal_override"], options["entrypoint"]
    selected = selected_names(options["select"], program.outputs)
    check_word("on_internal_override", policy, POLICIES)
    if hasattr(program, "check_answers"):
        program.check_answers(known, supplied)
    unknown = sorted(name for name in supplied if name not in known.names)
    computed = [name for name in unknown if name in program.outputs]
    if computed:
        raise GraphConfigError(f"The program computes {computed}. To give them, use --partial.")
    text = f"Unexpected internal parameters {unknown}: not recognised in the active scope."
    text += f" Expected inputs: {sorted(known.names)}."
    if unknown and policy == "error":
        raise ValueError(text)
    if unknown and policy == "warn":
        warn(text)
    if hasattr(program, "check_entries"):
        program.check_entries(known, supplied, start)
    elif start is not None:
        raise ValueError(f"{start!r} is not a valid entry point: there are none.")
    missing = sorted(name for name in known.required if name not in supplied)
    if missing:
        raise MissingInputError(missing, list(supplied))
    check_word("on_missing", options["on_missing"], POLICIES)
    check_word("error_handling", options["error_handling"], ERROR_HANDLING)
    return selected


def selected_names(select: Any, outputs: Sequence[str]) -> tuple[str, ...] | None:
    """The outputs a ``select`` option names; ``None`` for all of them (X22, K33).

    Raises ``GraphConfigError`` for names that are no outputs.

    >>> selected_names("a", ["a", "b"]), selected_names("**", ["a", "b"])
    (('a',), None)
    """
    if select is None or select == "**":
        return None
    names = (select,) if isinstance(select, str) else tuple(select)
    unknown = [name for name in names if name not in outputs]
    if unknown:
        text = f"Invalid select: {unknown} are not outputs. Valid outputs: {list(outputs)}."
        raise GraphConfigError(text + near_text(unknown, outputs))
    return names


def check_word(option: str, value: Any, words: tuple[str, ...]) -> None:
    """Raise ``ValueError`` unless the value of an option is one of its words (X17)."""
    if value not in words:
        raise ValueError(f"Invalid {option}: {value!r}.\nHow to fix: use one of {quoted(words)}.")


def check_answers(known: Inputs, supplied: Sequence[str]) -> None:
    """Answers name an interrupt, and answer all that it asks for (K2, X106)."""
    graph_nodes = {key.partition(".")[0] for key in known.answers if "." in key}
    for name in supplied:
        head, dot, _ = name.partition(".")
        if dot and head in graph_nodes and name not in known.answers:
            raise ValueError(
                f"'{name}' names no output of an interrupt in '{head}'. "
                f"Keys that do: {list(known.answers)}." + near_text([name], known.answers)
            )
    for keys in known.together:
        given = [key for key in keys if key in supplied]
        if given and len(given) < len(keys):
            missing = [key for key in keys if key not in supplied]
            raise ValueError(
                f"An interrupt is answered in part: {given} given, {missing} missing.\n"
                "How to fix: pass a value under each of result.pause.response_keys."
            )


def check_entries(known: Inputs, supplied: Sequence[str], entrypoint: Any) -> None:
    """Each loop is entered in exactly one way (X29, K32)."""
    if entrypoint is not None and not any(entrypoint in loop for loop in known.loops):
        valid = [node for loop in known.loops for node in loop]
        raise ValueError(f"{entrypoint!r} is not a valid entry point. Valid: {valid}.")
    for loop in known.loops:
        missing = [name for name in loop.get(entrypoint, ()) if name not in supplied]
        if missing:
            needs = list(loop[entrypoint])
            raise ValueError(f"Entry point {entrypoint!r} needs {needs}. Missing: {missing}.")
        satisfied = {names for names in loop.values() if set(names) <= set(supplied)}
        ways = "\n".join(f"  {node} → {', '.join(names)}" for node, names in loop.items())
        if not satisfied:
            text = f"No entry point for cycle. Supply:\n{ways}"
            raise MissingInputError([], list(supplied), text)
        if len(satisfied) > 1 and entrypoint not in loop:
            raise ValueError(f"Ambiguous cycle entry: several are satisfied.\n{ways}")
