"""Problems of generated files that are kept in a project: HG471 to HG489."""

from __future__ import annotations

from hypergraph.compiler.diagnostics.problems import Entry

NO_PROJECT = Entry(
    "HG471",
    "no-project",
    "There is no pyproject.toml in {folder}, nor in a folder above",
    "The programs of a project are listed in its pyproject.toml, under [tool.hypergraph].",
    "start from the project's folder, or compile one graph with hypergraph compile.",
)
UNREADABLE_PROJECT = Entry(
    "HG472",
    "unreadable-project",
    "Cannot read {file}: {error}",
    "It is read as TOML, in UTF-8.",
    "mend the file where the message says.",
)
NO_PROGRAMS = Entry(
    "HG473",
    "no-programs",
    "{file} lists no programs",
    "Each program that hypergraph build writes has a table of its own.",
    "add [[tool.hypergraph.programs]] with a graph = 'package.module:graph' and an output = "
    "'path/of/the/program.py'.",
)
MISWRITTEN_PROJECT = Entry(
    "HG474",
    "miswritten-project",
    "{file}: {key} must be {wanted}, not {found}",
    "The tables under [tool.hypergraph] say which programs there are, and with which options.",
    "correct what the message names.",
)
UNKNOWN_KEY = Entry(
    "HG475",
    "unknown-key",
    "{file}: {table} has no {key}. What may stand there: {known}",
    "A key that is not known would be left out silently.",
    "correct the key, or take it out.",
)
SHARED_OUTPUT = Entry(
    "HG476",
    "shared-output",
    "{output} is the output of two programs: of {one} and of {other}",
    "The one that is written last would replace the other.",
    "give each program an output of its own.",
)
OUTSIDE_PROJECT = Entry(
    "HG477",
    "outside-project",
    "{path} is not inside the project's folder {folder}",
    "Files that are kept up to date belong to the project, and so have a path inside it.",
    "write a path that is relative to the folder of pyproject.toml and leads into it.",
)
EDITED_LEFTOVER = Entry(
    "HG478",
    "edited-leftover",
    "{path} is no longer listed, but is not removed: {reason}",
    "Only generated files that nobody has changed are removed.",
    "delete the file, or list it again in pyproject.toml.",
)
NO_SUCH_FILE = Entry(
    "HG479",
    "no-such-artifact",
    "Cannot read {path}: {reason}",
    "A generated file is compared with what compiling its graph gives now.",
    "correct the path, or generate the file with hypergraph compile.",
)
NO_HEADER = Entry(
    "HG480",
    "no-header",
    "{path} does not say how it was made: {reason}",
    "The first lines of a generated file hold the command that makes it again.",
    "name the graph as well: hypergraph diff package.module:graph FILE; or compile it again.",
)
