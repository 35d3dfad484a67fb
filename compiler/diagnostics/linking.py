"""Why code cannot be taken into a standalone file: HG420 to HG439."""

from __future__ import annotations

from hypergraph.compiler.diagnostics.problems import Entry

CLOSURE = Entry(
    "HG420",
    "closure",
    "{what} is made inside a function{names}",
    "A standalone file holds definitions, and this one exists only while another function runs.",
    "define it at the top of a module, and pass what it uses as inputs of the node.",
)
LAMBDA = Entry(
    "HG421",
    "lambda",
    "{what} is a lambda",
    "A standalone file holds definitions with names, and a lambda has none to be found by.",
    "write it as a def at the top of a module.",
)
NO_FILE = Entry(
    "HG422",
    "no-file",
    "{what} is not in a file: {reason}",
    "The text of a standalone file is taken from the files of the modules it needs.",
    "put it into a module that is a Python file.",
)
NOT_A_DEFINITION = Entry(
    "HG423",
    "not-a-definition",
    "{what} is {kind}",
    "A standalone file holds definitions. This is an object of a running program, with state that "
    "no text has.",
    "write a def at the top of a module that makes the object, or is given it, and calls it.",
)
CHANGED_STATE = Entry(
    "HG424",
    "changed-state",
    "{name} of module {module} is changed while the program runs",
    "A standalone file would have a copy of its own, so its changes and those that the rest of the "
    "program makes would not be seen by each other.",
    "pass it as an input of the node, bind it, or keep the module imported with --keep.",
)
STAR_IMPORT = Entry(
    "HG425",
    "star-import",
    "{name} may come from a star import of module {module}",
    "Which names such an import brings is only known when it runs.",
    "import the names that are used, one by one.",
)
CONDITIONAL = Entry(
    "HG426",
    "conditional",
    "{name} of module {module} is defined under a condition",
    "What it is depends on where the module is imported, and a standalone file is the same "
    "everywhere. Only imports of other packages, and literals in their place, may depend on it.",
    "define it once, and decide inside it.",
)
UNNAMED_OBJECT = Entry(
    "HG427",
    "unnamed-object",
    "What {parameter} is bound to has no name at the top of a module: {value}",
    "A standalone file makes its objects the way their modules do, by the statement that defines "
    "their name.",
    "assign it to a name at the top of a module, or bind it when the program is run.",
)
REASSIGNED = Entry(
    "HG428",
    "reassigned",
    "{name} of module {module} is assigned more than once",
    "A standalone file has one definition for each name, so it must be plain which one is meant.",
    "give every definition a name of its own.",
)
STALE_SOURCE = Entry(
    "HG429",
    "stale-source",
    "The file of {what} has changed since it was imported",
    "The graph was built from what the file said then, and the text would be taken from what it "
    "says now.",
    "start again, so that the module is imported as it is.",
)
NEEDS_LIBRARY = Entry(
    "HG430",
    "needs-library",
    "{name} is {kind}, and that needs hypergraph when the program runs",
    "A standalone file runs with Python alone: it has no graphs, nodes or runners.",
    "do not use it inside the functions of nodes, or compile without --standalone.",
)
MODULE_AS_OBJECT = Entry(
    "HG431",
    "module-as-object",
    "Module {module} is used as an object",
    "Only the definitions of an inlined module are taken, so there is no module left to hand over.",
    "use the names in it, as in module.function(...), or keep it imported with --keep.",
)
TIED_TO_MODULE = Entry(
    "HG432",
    "tied-to-module",
    "{name} means another thing in a standalone file",
    "It tells about the module or file that it stands in, and the code is moved to another one.",
    "pass what is needed as an input of the node, or keep the module imported with --keep.",
)
UNDEFINED = Entry(
    "HG433",
    "undefined",
    "{name} is not defined in module {module}",
    "Every name that the program needs must be defined by a statement at the top of the module.",
    "define it, import it, or correct the name.",
)
UNREADABLE = Entry(
    "HG434",
    "unreadable",
    "The source of module {module} cannot be read: {reason}",
    "The text of a standalone file is taken from the files of the modules it needs.",
    "make it a Python file that can be imported, or keep it imported with --keep.",
)
UNCLEAR_DECORATORS = Entry(
    "HG435",
    "unclear-decorators",
    "It is not clear which decorator makes {name} a node",
    "A standalone file has the function without the decorators of hypergraph, but with all others.",
    "decorate it with those of hypergraph directly, or make the node with node(function).",
)
ANNOTATIONS_READ = Entry(
    "HG436",
    "annotations-read",
    "Module {module} reads annotations as objects",
    "In a standalone file all annotations are text, as under from __future__ import annotations.",
    "read them with typing.get_type_hints, which knows both.",
)
