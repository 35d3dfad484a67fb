"""Problems of targets, linking and artifacts: HG401 to HG499."""

from __future__ import annotations

from hypergraph.compiler.diagnostics.problems import Entry


class CompileError(Exception):
    """What was asked for cannot be found, linked or written; ``code`` says which problem it is."""


MALFORMED_TARGET = Entry(
    "HG401",
    "malformed-target",
    "{target} is not a target",
    "A target says where a graph is: a module, or a file, and the graph's name in it.",
    "write package.module:graph or path/to/file.py:graph.",
)
UNKNOWN_FILE = Entry(
    "HG402",
    "unknown-file",
    "There is no file {file}",
    "The part of the target before the colon ends in .py or has a slash, so it is the path of a "
    "file, seen from the working directory.",
    "correct the path, or write package.module:graph.",
)
UNKNOWN_MODULE = Entry(
    "HG403",
    "unknown-module",
    "There is no module {module}",
    "The module is looked for in the working directory and on sys.path.",
    "correct the name, start from the folder that holds it, or write path/to/file.py:graph.",
)
FAILING_MODULE = Entry(
    "HG404",
    "failing-module",
    "Module {module} cannot be imported: {error}",
    "The graph is built when its module is imported, and that ended with an error.",
    "make the module importable; python -c 'import ...' shows the whole traceback.",
)
UNKNOWN_ATTRIBUTE = Entry(
    "HG405",
    "unknown-attribute",
    "Module {module} has no {attribute}. Graphs in it: {graphs}",
    "The part of the target after the colon is the graph's name at the top of its module.",
    "name one of the module's graphs after the colon.",
)
NOT_A_GRAPH = Entry(
    "HG406",
    "not-a-graph",
    "{target} is {what}, not a Graph. Graphs in the module: {graphs}",
    "Only a Graph can be compiled.",
    "name a Graph after the colon; put nodes into one with Graph([...]).",
)
MODULE_NAME_TAKEN = Entry(
    "HG407",
    "module-name-taken",
    "{file} would be imported as {module}, but that is {other}",
    "A program imports the graph's module by name, and that name finds another module.",
    "rename the file, or move it into a package.",
)
UNNAMED_GRAPH = Entry(
    "HG408",
    "unnamed-graph",
    "Graph {graph} has no name at the top of a module",
    "The program that is written imports the functions and bindings of the graph from the modules "
    "they are in, so it must be possible to find the graph again.",
    "assign the graph to a name at the top of its module and compile 'package.module:name'.",
)
NO_MODULE_TO_IMPORT = Entry(
    "HG409",
    "no-module-to-import",
    "{what} is in {module}, which a program cannot import: {reason}",
    "The program that is written imports what it runs by the name of its module.",
    "move it into a module of its own, a file that can be imported, and compile the graph there.",
)
NEEDS_ASYNC = Entry(
    "HG410",
    "needs-async",
    "Graph {graph} cannot be compiled in mode sync: node {node} {reason}",
    "A sync program has no event loop to await in, and nobody to ask.",
    "compile it with --mode async, the default for such graphs.",
)
UNWRITABLE = Entry(
    "HG411",
    "unwritable",
    "Cannot write {path}: {reason}",
    "The file is written next to its place first and then moved there, so that no reader ever "
    "sees a part of it; what was there before is untouched.",
    "check that the folder exists and that you may write in it.",
)
BROKEN_MODULE = Entry(
    "HG412",
    "broken-module",
    "The module generated for {name} failed its own check ({stage}): {error}",
    "Every generated module is parsed, compiled, formatted twice and compared with itself before "
    "anybody sees it. This is a mistake of the compiler, not of the graph.",
    "report it together with the graph; running the graph without compiling it may still work.",
)
UNIMPORTABLE_FILE = Entry(
    "HG413",
    "unimportable-file",
    "{file} cannot be imported: {part} has a dot in it",
    "Dots separate the parts of a module's name.",
    "rename the file or folder.",
)
UNKNOWN_MODE = Entry(
    "HG414",
    "unknown-mode",
    "There is no mode {mode}",
    "A program is either sync or async.",
    "use 'sync' or 'async'.",
)
UNREACHABLE = Entry(
    "HG415",
    "unreachable",
    "{what} cannot be found again: {path} is another object",
    "The program that is written looks every object up in the modules it imports.",
    "give it a name at the top of a module.",
)
