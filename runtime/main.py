"""The command line of a program: values in, outputs as JSON out."""

from __future__ import annotations

import json
import os
import sys

from hypergraph.runtime.errors import GraphConfigError, IncompatibleRunnerError, MissingInputError
from hypergraph.runtime.near import near_text
from hypergraph.runtime.results import RunStatus
from hypergraph.runtime.shapes import UNSET, Request
from hypergraph.runtime.showing import as_json
from hypergraph.runtime.verify import tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence
    from typing import Any

    from hypergraph.runtime.program import Program
    from hypergraph.runtime.results import PauseInfo, RunResult

COMPLETED, FAILED, MISUSED, PAUSED = range(4)


class Misuse(Exception):
    """The command line, or a value on it, is wrong; the message says how."""


def main(program: Program, argv: Sequence[str] | None = None) -> int:
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
        options = _parser(program).parse_args(argv)
    except SystemExit as stop:  # argparse has printed the help, or what is wrong
        return MISUSED if stop.code else COMPLETED
    if options.verify:
        return tell([program.entry.__code__.co_filename])
    try:
        values = _values(options.values, options.inputs)
        select = UNSET if options.select is None else _names(options.select)
        _check(program, values, select)
    except (Misuse, ValueError, GraphConfigError, MissingInputError, IncompatibleRunnerError) as no:
        print(f"{program.name}: {no}", file=sys.stderr)
        return MISUSED
    result = _run(program, values, select)
    if options.result:
        _print(_full(result))
    elif result.completed:
        _print(dict(result.items()))
    return _conclude(program, result, options.result)


def _parser(program: Program) -> ArgumentParser:
    from argparse import ArgumentParser, RawDescriptionHelpFormatter

    parser = ArgumentParser(
        prog=program.name,
        description=_description(program),
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "inputs",
        nargs="*",
        metavar="name=value",
        help="an input; the value is read as JSON if it is JSON, else as text",
    )
    parser.add_argument(
        "--values",
        metavar="JSON | @FILE | -",
        help="inputs as a JSON object: written here, in a file, or on standard input",
    )
    parser.add_argument("--select", metavar="NAMES", help="only these outputs: a,b,c")
    parser.add_argument(
        "--result",
        action="store_true",
        help="print status, values, error, pause and run id instead of the outputs alone",
    )
    parser.add_argument(
        "--verify",
        action="store_true",
        help="run nothing; say whether this file is as it was generated",
    )
    return parser


def _description(program: Program) -> str:
    known = program.interface
    lines = [
        f"required inputs: {', '.join(known.required) or 'none'}",
        f"optional inputs: {', '.join(known.optional) or 'none'}",
    ]
    for loop in known.loops:
        ways = dict.fromkeys(", ".join(names) for names in loop.values())
        lines.append(f"to start a loop: {' | '.join(ways)}")
    if known.answers:
        lines.append(f"answers: {', '.join(known.answers)}")
    lines.append(f"outputs: {', '.join(program.outputs) or 'none'}")
    text = "\n".join(lines)
    return text.replace("%", "%%") if "%(prog)" in text else text


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
    try:
        return json.loads(text, parse_constant=_not_json)
    except (ValueError, RecursionError):
        return text


def _read_values(option: str) -> dict[str, Any]:
    text = option
    if option == "-":
        text = sys.stdin.read()
    elif option.startswith("@"):
        try:
            with open(option[1:], encoding="utf-8") as file:
                text = file.read()
        except (OSError, UnicodeDecodeError) as error:
            raise Misuse(f"--values: cannot read {option[1:]!r}: {_reason(error)}.") from error
    try:
        values = json.loads(text, parse_constant=_not_json)
    except (ValueError, RecursionError) as error:
        raise Misuse(
            f"--values is not JSON: {error}.\n"
            "How to fix: pass an object such as '{\"name\": 1}', or use name=value."
        ) from error
    if not isinstance(values, dict):
        raise Misuse(f"--values must be a JSON object, not {text.strip()[:40]}.")
    return values


def _not_json(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)


def _names(option: str) -> str | tuple[str, ...]:
    if option == "**":
        return option
    return tuple(name for name in map(str.strip, option.split(",")) if name)


def _check(program: Program, values: dict[str, Any], select: Any) -> None:
    """Everything that is wrong with a call whatever its values are."""
    known = program.interface
    seeds = [name for loop in known.loops for names in loop.values() for name in names]
    taken = list(dict.fromkeys([*known.required, *known.optional, *seeds, *known.answers]))
    unknown = [name for name in values if name not in taken and name not in program.outputs]
    if unknown:
        raise Misuse(
            f"There is no input {', '.join(map(repr, unknown))}. "
            f"Inputs: {', '.join(taken) or 'none'}." + near_text(unknown, taken)
        )
    program.shape_for(Request(tuple(values), select=select))


def _run(program: Program, values: dict[str, Any], select: Any) -> RunResult:
    run = program.run(values, select=select, error_handling="continue")
    if program.mode == "async":
        import asyncio

        run = asyncio.run(run)
    result: RunResult = run
    return result


def _full(result: RunResult) -> dict[str, Any]:
    error = result.error
    told = None if error is None else {"type": type(error).__name__, "message": str(error)}
    return {
        "status": result.status.value,
        "values": dict(result.items()),
        "error": told,
        "pause": None if result.pause is None else _pause(result.pause),
        "run_id": result.run_id,
    }


def _pause(pause: PauseInfo) -> dict[str, Any]:
    """What is asked, what about, and under which keys the answers are passed to the next run."""
    shown = {"value": pause.value} if pause.values is None else {"values": pause.values}
    return {"node": pause.node_name, **shown, "resume_with": pause.response_keys}


def _conclude(program: Program, result: RunResult, full: bool) -> int:
    """What a run that did not complete says besides its result."""
    if result.status is RunStatus.FAILED and result.error is not None:
        _print_traceback(result.error)
        return FAILED
    if result.pause is not None:
        if not full:
            _print({"pause": _pause(result.pause)})
        keys = " ".join(f"{key}=..." for key in result.pause.response_keys.values())
        print(
            f"{program.name}: paused at {result.pause.node_name}; run again with {keys}",
            file=sys.stderr,
        )
        return PAUSED
    return COMPLETED


def _print(value: dict[str, Any]) -> None:
    print(as_json(value, sys.stdout.encoding))


def _print_traceback(error: BaseException) -> None:
    """The traceback from the program on; how the program was started is of no interest."""
    from traceback import print_exception

    ours = os.path.dirname(__file__)
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith(ours):
        trace = trace.tb_next
    print_exception(type(error), error, trace or error.__traceback__)
