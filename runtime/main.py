"""The command line of a program: values in, outputs as JSON out."""

from __future__ import annotations

import sys

from hypergraph.runtime.errors import GraphConfigError, IncompatibleRunnerError, MissingInputError
from hypergraph.runtime.near import near_text
from hypergraph.runtime.showing import as_json
from hypergraph.runtime.verify import tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

COMPLETED, FAILED, MISUSED, PAUSED = range(4)
USAGE = """[name=value ...] [--values JSON | @FILE | -] [--select NAMES] [--result] [--verify]

name=value  an input; the value is read as JSON if it is JSON, else as text
--values    inputs as a JSON object: written here, in a file, or on standard input
--select    only these outputs: a,b,c
--result    print status, values, error, pause and run id instead of the outputs alone
--verify    run nothing; say whether this file is as it was generated
"""


class Misuse(Exception):
    """The command line, or a value on it, is wrong; the message says how."""


def main(program: Any, argv: Sequence[str] | None = None) -> int:
    """Run a program once and print its outputs; returns the exit code.

    That is 0 when the run completed, 1 when it failed, 2 for wrong usage or inputs, 3 when it
    paused. With ``--verify`` nothing is run, and it is 0 if the file is as it was generated.

    >>> from hypergraph.runtime.interface import Inputs
    >>> from hypergraph.runtime.program import Program
    >>> def double(x):
    ...     y = 2 * x
    ...     return (y,)
    >>> main(Program(double, inputs=Inputs(required=("x",)), outputs=("y",)), ["x=4"])
    {
      "y": 8
    }
    0
    """
    try:
        options, inputs = _read(list(sys.argv[1:] if argv is None else argv))
        if "--help" in options:
            print(f"usage: {program.name} {USAGE}\n{_description(program)}")
            return COMPLETED
        if "--verify" in options:
            return tell([program.entry.__code__.co_filename])
        values = _values(options.get("--values"), inputs)
        _check_names(program, values)
        result = _run(program, values, _names(options.get("--select")))
    except (Misuse, ValueError, GraphConfigError, MissingInputError, IncompatibleRunnerError) as no:
        print(f"{program.name}: {no}", file=sys.stderr)
        return MISUSED
    if "--result" in options:
        _print(_full(result))
    elif result.completed:
        _print(dict(result.items()))
    return _conclude(program, result, "--result" in options)


def _read(words: list[str]) -> tuple[dict[str, str], list[str]]:
    """The options of a command line with their values, and its other words."""
    options: dict[str, str] = {}
    inputs = []
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if name in ("--values", "--select"):
            if not equals and not words:
                raise Misuse(f"{name} needs a value.")
            options[name] = value if equals else words.pop(0)
        elif word in ("--help", "-h", "--result", "--verify"):
            options["--help" if word == "-h" else word] = ""
        elif word.startswith("-"):
            raise Misuse(
                f"There is no option {word!r}; inputs are given as name=value. See --help."
            )
        else:
            inputs.append(word)
    return options, inputs


def _description(program: Any) -> str:
    known = program.interface
    loops = [" | ".join({", ".join(names): 0 for names in loop.values()}) for loop in known.loops]
    facts = {
        "required inputs": ", ".join(known.required) or "none",
        "optional inputs": ", ".join(known.optional) or "none",
        "to start a loop": "; ".join(loops),
        "answers": ", ".join(known.answers),
        "outputs": ", ".join(program.outputs) or "none",
    }
    return "\n".join(f"{name}: {told}" for name, told in facts.items() if told)


def _values(option: str | None, assignments: Sequence[str]) -> dict[str, Any]:
    """All inputs of the command line; each is given once."""
    values = {} if option is None else _read_values(option)
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not (name and equals):
            raise Misuse(f"{assignment!r} is not of the form name=value.")
        if name in values:
            raise Misuse(f"Input {name!r} is given more than once.")
        values[name] = _value(text)
    return values


def _value(text: str) -> Any:
    """What a value on the command line means: JSON if it is that, else the text itself."""
    import json

    try:
        return json.loads(text, parse_constant=_not_json)
    except (ValueError, RecursionError):
        return text


def _read_values(option: str) -> dict[str, Any]:
    import json

    text = option
    if option == "-":
        text = sys.stdin.read()
    elif option.startswith("@"):
        try:
            with open(option[1:], encoding="utf-8") as file:
                text = file.read()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or error
            raise Misuse(f"--values: cannot read {option[1:]!r}: {reason}.") from error
    try:
        values = json.loads(text, parse_constant=_not_json)
    except (ValueError, RecursionError) as error:
        hint = "How to fix: pass an object such as '{\"name\": 1}', or use name=value."
        raise Misuse(f"--values is not JSON: {error}.\n{hint}") from error
    if not isinstance(values, dict):
        raise Misuse(f"--values must be a JSON object, not {text.strip()[:40]}.")
    return values


def _not_json(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


def _names(option: str | None) -> str | tuple[str, ...] | None:
    if option is None or option == "**":
        return option
    return tuple(name for name in map(str.strip, option.split(",")) if name)


def _check_names(program: Any, values: dict[str, Any]) -> None:
    taken = program.interface.names
    unknown = [name for name in values if name not in taken and name not in program.outputs]
    if unknown:
        text = f"There is no input {', '.join(map(repr, unknown))}."
        text += f" Inputs: {', '.join(taken) or 'none'}."
        raise Misuse(text + near_text(unknown, taken))


def _run(program: Any, values: dict[str, Any], select: Any) -> Any:
    """The result of a run; what its checks refuse is raised all the same (X18)."""
    run = program.run(values, select=select, error_handling="continue")
    if program.mode == "async":
        import asyncio

        run = asyncio.run(run)
    return run


def _full(result: Any) -> dict[str, Any]:
    error = result.error
    told = None if error is None else {"type": type(error).__name__, "message": str(error)}
    return {
        "status": result.status.value,
        "values": dict(result.items()),
        "error": told,
        "pause": None if result.pause is None else _pause(result.pause),
        "run_id": result.run_id,
    }


def _pause(pause: Any) -> dict[str, Any]:
    """What is asked, what about, and under which keys the answers are passed to the next run."""
    shown = {"value": pause.value} if pause.values is None else {"values": pause.values}
    return {"node": pause.node_name, **shown, "resume_with": pause.response_keys}


def _conclude(program: Any, result: Any, full: bool) -> int:
    """What a run that did not complete says besides its result."""
    if result.error is not None:
        _print_traceback(program, result.error)
        return FAILED
    if result.pause is not None:
        if not full:
            _print({"pause": _pause(result.pause)})
        keys = " ".join(f"{key}=..." for key in result.pause.response_keys.values())
        told = f"{program.name}: paused at {result.pause.node_name}; run again with {keys}"
        print(told, file=sys.stderr)
        return PAUSED
    return COMPLETED


def _print(value: dict[str, Any]) -> None:
    print(as_json(value, sys.stdout.encoding))


def _print_traceback(program: Any, error: BaseException) -> None:
    """The traceback from the program on; how the program was started is of no interest."""
    from traceback import print_exception

    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code is not program.entry.__code__:
        trace = trace.tb_next
    print_exception(type(error), error, trace or error.__traceback__)
