"""Why calls are refused that supply or ask for what does not fit: HG304 to HG313."""

from __future__ import annotations

from hypergraph.runtime.problems import Entry

SELECT = Entry(
    "HG304",
    "select",
    "Invalid select: {names} not among the outputs. Valid outputs: {valid}",
    "Only outputs of the graph can be returned.",
    "correct the name, or add the node that produces it.",
)
ANSWER_UNKNOWN = Entry(
    "HG305",
    "answer-unknown",
    "'{key}' names no output of an interrupt in '{node}'. Keys that do: {valid}",
    "A key that starts with the name of a graph node and a dot answers an interrupt inside of it.",
    "pass the answer under result.pause.response_key.",
)
ANSWER_INCOMPLETE = Entry(
    "HG306",
    "answer-incomplete",
    "Interrupt '{node}' is answered in part: {given} given, {missing} missing",
    "An interrupt asks for all of its outputs at once, and is asked again unless all are there.",
    "pass a value under each of result.pause.response_keys.",
)
CONFLICT = Entry(
    "HG307",
    "compute-and-inject",
    "{conflicts}",
    "A value may stand in for a node that cannot run, and then for all that others need of it; "
    "otherwise it would depend on chance which value counts.",
    "for each node give either its inputs, or all of its outputs that others need.",
)
UNEXPECTED = Entry(
    "HG308",
    "unexpected-inputs",
    "Unexpected internal parameters: {names}{details}\nExpected inputs: {expected}",
    "A name that nobody asks for is often mistyped, or replaces what a node would compute.",
    "correct or drop the names; on_internal_override='ignore' accepts them silently.",
)
ENTRY_UNKNOWN = Entry(
    "HG309",
    "entry-unknown",
    "'{entry}' is not a valid entry point. Valid: {valid}",
    "entrypoint= says at which node a loop is entered.",
    "name a node at which a loop can be entered, or leave entrypoint out.",
)
ENTRY_INCOMPLETE = Entry(
    "HG310",
    "entry-incomplete",
    "Entry point '{entry}' needs {needed}. Missing: {missing}",
    "A loop starts at a node once everything that the loop itself feeds that node is seeded.",
    "pass the missing seeds.",
)
ENTRY_NONE = Entry(
    "HG311",
    "entry-none",
    "No entry point for cycle: none of these has all of its seeds\n{ways}",
    "A loop feeds itself, so its first round needs values from outside.",
    "pass all names of one line, or bind them: graph.bind(...) returns a new graph.",
)
ENTRY_AMBIGUOUS = Entry(
    "HG312",
    "entry-ambiguous",
    "Ambiguous cycle entry: seeds are given for several\n{ways}",
    "Where a loop starts decides what its first round sees.",
    "pass the names of one line only, or choose with entrypoint=...",
)
MISSING = Entry(
    "HG313",
    "missing-inputs",
    "Missing required inputs: {missing}{provided}{ways}{hint}",
    "Nothing produces these names, and they have neither a default nor a binding.",
    "pass them, or bind them: graph.bind(...) returns a new graph.",
)
