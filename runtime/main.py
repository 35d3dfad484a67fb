"""The command line of a program: values in, outputs as JSON out."""

from __future__ import annotations

import sys

from hypergraph.runtime.errors import GraphConfigError, MissingInputError
from hypergraph.runtime.near import near_text, quoted
from hypergraph.runtime.outcomes import entry_trace
from hypergraph.runtime.showing import show
from hypergraph.runtime.verify import verified

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

CODES = {"completed": 0, "failed": 1, "paused": 3}
USAGE = """[name=value ...] [--values JSON | @FILE | -] [--select NAMES] [--result] [--verify]

name=value  an input; the value is read as JSON if it is JSON, else as text
--values    inputs as a JSON object: written here, in a file, or on standard input
--select    only these outputs: a,b,c
--result    print status, values, error, pause and run id instead of the outputs alone
--verify    run nothing; say whether this file is as it was generated
"""


def main(program: Any, argv: Sequence[str] | None = None, asked: Any = None) -> int:
    """Run a program once and print its outputs; returns the exit code.

    That is 0 when the run completed, 1 when it failed, 2 for wrong usage or inputs, 3 when it
    paused. With ``--verify`` nothing is run, and it is 0 if the file is as it was generated.
    ``asked`` tells users about a pause, and gives what is to be printed of it.

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
        options, values = _read(list(sys.argv[1:] if argv is None else argv))
        if "--help" in options:
            print(f"usage: {program.name} {USAGE}\n{_description(program)}")
            return 0
        if "--verify" in options:
            return verified(program.entry.__code__.co_filename)
        _check_names(program, values)
        result = _run(program, values, options.get("--select"))
    except (OSError, ValueError, GraphConfigError, MissingInputError) as error:
        print(f"{program.name}: {error}", file=sys.stderr)
        return 2
    pause = None if result.pause is None else asked(program.name, result.pause)
    if "--result" in options:
        show(_full(result, pause))
    elif result.completed or pause:
        show({"pause": pause} if pause else dict(result.items()))
    if result.error is not None:  # how the program was started is of no interest in its traceback
        from traceback import print_exception

        trace = entry_trace(result.error, program.entry) or result.error.__traceback__
        print_exception(type(result.error), result.error, trace)
    return CODES[result.status.value]


def _read(words: list[str]) -> tuple[dict[str, str], dict[str, Any]]:
    """The options of a command line, and the inputs on it, each of which is given once."""
    options: dict[str, str] = {}
    inputs: list[tuple[str, Any]] = []
    while words:
        word = words.pop(0)
        name, equals, text = word.partition("=")
        if name in ("--values", "--select"):
            if not equals and not words:
                raise ValueError(f"{name} needs a value.")
            options[name] = text if equals else words.pop(0)
        elif word in ("--help", "-h", "--result", "--verify"):
            options["--help" if word == "-h" else word] = ""
        elif word.startswith("-"):
            raise ValueError(f"There is no option {word!r}; inputs are name=value. See --help.")
        elif not (name and equals):
            raise ValueError(f"{word!r} is not of the form name=value.")
        else:
            inputs.append((name, _value(text)))
    values = _values(options["--values"]) if "--values" in options else {}
    for name, value in inputs:
        if name in values:
            raise ValueError(f"Input {name!r} is given more than once.")
        values[name] = value
    return options, values


def _values(option: str) -> dict[str, Any]:
    """The inputs that are written, in a file, or on standard input."""
    import json

    try:
        if option == "-":
            option = sys.stdin.read()
        elif option.startswith("@"):
            with open(option[1:], encoding="utf-8") as file:
                option = file.read()
        values = json.loads(option, parse_constant=int)
    except (OSError, ValueError, RecursionError) as error:
        raise ValueError(f"--values cannot be read: {error}.") from error
    if not isinstance(values, dict):
        raise ValueError("--values must be a JSON object such as '{\"name\": 1}'.")
    return values


def _value(text: str) -> Any:
    """What a value on the command line means: JSON if it is that, else the text itself."""
    import json

    try:
        return json.loads(text, parse_constant=int)  # which refuses NaN and Infinity
    except (ValueError, RecursionError):
        return text


def _description(program: Any) -> str:
    known = program.interface
    ways = [" | ".join({", ".join(names): 0 for names in loop.values()}) for loop in known.loops]
    facts = {
        "required inputs": known.required,
        "optional inputs": known.optional,
        "to start a loop": ways,
        "answers": known.answers,
        "outputs": program.outputs,
    }
    return "\n".join(f"{fact}: {', '.join(names)}" for fact, names in facts.items() if names)


def _check_names(program: Any, values: dict[str, Any]) -> None:
    inputs = program.interface.names
    unknown = [name for name in values if name not in inputs and name not in program.outputs]
    if unknown:
        text = f"There is no input {quoted(unknown)}. Inputs: {quoted(inputs)}."
        raise ValueError(text + near_text(unknown, inputs))


def _run(program: Any, values: dict[str, Any], select: str | None) -> Any:
    """The result of a run; what its checks refuse is raised all the same (X18)."""
    names: Any = select
    if select is not None and select != "**":
        names = [name for name in map(str.strip, select.split(",")) if name]
    run = program.run(values, select=names, error_handling="continue")
    if program.mode == "async":
        import asyncio

        return asyncio.run(run)
    return run


def _full(result: Any, pause: Any) -> dict[str, Any]:
    error = result.error
    told = None if error is None else {"type": type(error).__name__, "message": str(error)}
    values = {"status": result.status.value, "values": dict(result.items())}
    return {**values, "error": told, "pause": pause, "run_id": result.run_id}
