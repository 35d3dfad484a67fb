"""What is wrong with a call of a compiled program, in the order of section 6 (X11 to X31)."""

from __future__ import annotations

from hypergraph.runtime.errors import GraphConfigError, MissingInputError
from hypergraph.runtime.near import near_text, quoted
from hypergraph.runtime.warnings import warn_caller

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    Check = Callable[[Any, Sequence[str], Any], None]

POLICIES = ("ignore", "warn", "error")
ERROR_HANDLING = ("raise", "continue")


def merged(
    values: Mapping[str, Any] | None, extra: dict[str, Any], reserved: Sequence[str] = ()
) -> dict[str, Any]:
    """All inputs of a call; the caller's dict is left alone (X11, X12)."""
    taken = [name for name in extra if name in reserved]
    if taken:
        raise ValueError(
            f"Inputs {taken} are reserved runner options that this runner or method does not have. "
            "How to fix: pass an input of that name inside the values dict."
        )
    twice = [name for name in extra if name in (values or ())]
    if twice:
        raise ValueError(f"Inputs {twice} are given in both values and kwargs. Give each once.")
    return {**(values or {}), **extra}


def checked(
    known: Any,
    outputs: tuple[str, ...],
    supplied: Sequence[str],
    options: Mapping[str, Any],
    check_answers: Check | None = None,
    check_entries: Check | None = None,
) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """The outputs that a call of a generated module selects, if any, and what to warn about.

    ``known`` are the inputs of the program; programs with interrupts and with loops need a check
    of their own each. Raises what the checks of a run raise, and ``GraphConfigError`` for a call
    that is right but that the file was not compiled for.
    """
    selected = selected_names(options["select"], outputs)
    check_word("on_internal_override", options["on_internal_override"], POLICIES)
    if check_answers is not None:
        check_answers(known, supplied, None)
    injected = [name for name in supplied if name not in known.names and name in outputs]
    if injected:
        raise GraphConfigError(
            f"This program does not take {injected}: it computes them.\n"
            "How to fix: compile it with --partial, or give a runner the graph itself."
        )
    unknown = sorted(name for name in supplied if name not in known.names)
    text = (
        f"Unexpected internal parameters {unknown}: not recognised in the active scope. "
        f"Expected inputs: {sorted(known.names)}."
    )
    if unknown and options["on_internal_override"] == "error":
        raise ValueError(text)
    warnings = (text,) if unknown and options["on_internal_override"] == "warn" else ()
    try:
        if check_entries is not None:
            check_entries(known, supplied, options["entrypoint"])
        elif options["entrypoint"] is not None:
            raise ValueError(f"{options['entrypoint']!r} is not a valid entry point. Valid: [].")
        _check_required(known.required, supplied, unknown)
        check_word("on_missing", options["on_missing"], POLICIES)
        check_word("error_handling", options["error_handling"], ERROR_HANDLING)
    except Exception:
        for text in warnings:  # A mistyped name explains what is missing, whatever becomes of it.
            warn_caller(text)
        raise
    return selected, warnings


def selected_names(select: Any, outputs: Sequence[str]) -> tuple[str, ...] | None:
    """The outputs a ``select`` option names; ``None`` for all of them (X22, K33).

    Raises ``GraphConfigError`` for names that are no outputs.

    >>> selected_names("a", ["a", "b"]), selected_names("**", ["a", "b"])
    (('a',), None)
    """
    names = listed_names(select)
    unknown = [name for name in names or () if name not in outputs]
    if unknown:
        near = near_text(unknown, outputs)
        raise GraphConfigError(
            f"Invalid select: {unknown} are not outputs. Valid outputs: {list(outputs)}.{near}"
        )
    return names


def listed_names(select: Any) -> tuple[str, ...] | None:
    """The names a ``select`` option lists; ``None`` for all outputs (X22, K33).

    >>> listed_names("a"), listed_names(["a", "b"]), listed_names("**")
    (('a',), ('a', 'b'), None)
    """
    if select is None or select == "**":
        return None
    return (select,) if isinstance(select, str) else tuple(select)


def check_word(option: str, value: Any, words: tuple[str, ...]) -> None:
    """Raise ``ValueError`` unless the value of an option is one of its words (X17)."""
    if value not in words:
        raise ValueError(f"Invalid {option}: {value!r}.\nHow to fix: use one of {quoted(words)}.")


def _check_required(required: Iterable[str], supplied: Sequence[str], unknown: list[str]) -> None:
    missing = sorted(name for name in required if name not in supplied)
    if missing:
        provided = f" Provided: {quoted(supplied)}." if supplied else ""
        raise MissingInputError(
            missing,
            list(supplied),
            f"Missing required inputs: {quoted(missing)}.{provided}{near_text(missing, unknown)}\n"
            "How to fix: pass them, or bind them: graph.bind(...) returns a new graph.",
        )


def check_answers(known: Any, supplied: Sequence[str], _: Any) -> None:
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


def check_entries(known: Any, supplied: Sequence[str], entrypoint: Any) -> None:
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
