"""What can be wrong with the declaration of a node: HG101 to HG199."""

from __future__ import annotations

from hypergraph.compiler.diagnostics.problems import Entry

ABSTRACT_NODE = Entry(
    "HG101",
    "abstract-node",
    "HyperNode cannot be instantiated",
    "HyperNode is what all kinds of nodes have in common; it does nothing by itself.",
    "Use @node, @route, @ifelse, @interrupt or Graph.as_node(), or subclass HyperNode.",
)
NOT_A_FUNCTION = Entry(
    "HG102",
    "not-a-function",
    "{kind} needs a function, not {given}",
    "A node is made from something that can be called.",
    "Pass the function first; the name of what it returns goes into output_name=.",
)
NO_SIGNATURE = Entry(
    "HG103",
    "no-signature",
    "The parameters of {function} cannot be found out",
    "The inputs of a node are the parameters of its function, and some built-in functions do not "
    "tell theirs.",
    "Wrap it in a function of your own that names its parameters.",
)
NAMELESS_FUNCTION = Entry(
    "HG104",
    "nameless-function",
    "{function} has no __name__ to name the node after",
    "A node is named after its function; a functools.partial or a callable object has no name.",
    'Give the node one, as in FunctionNode(function, name="…").',
)
NOT_NAMES = Entry(
    "HG105",
    "not-names",
    "{option} must be a string or a tuple of strings, not {given}",
    "Outputs and signals are known by their names.",
    'Write "a" or ("a", "b").',
)
REPEATED_NAMES = Entry(
    "HG106",
    "repeated-names",
    "Node '{node}' lists a name more than once in its {option}: {names}",
    "Each output of a node needs a name of its own, or one value would replace the other.",
    "Give each a different name.",
)
EMIT_IS_OUTPUT = Entry(
    "HG107",
    "emit-is-output",
    "Node '{node}': emit names overlap with output names: {names}",
    "A name carries either a value or a signal.",
    "Rename the signal, or wait for the output itself: wait_for accepts any output.",
)
WAITS_FOR_INPUT = Entry(
    "HG108",
    "waits-for-input",
    "Node '{node}': wait_for names overlap with input parameters: {names}",
    "A node waits for its inputs anyway.",
    "Remove the names from wait_for, or rename the inputs.",
)
EMITS_WHAT_IT_AWAITS = Entry(
    "HG109",
    "emits-what-it-awaits",
    "Node '{node}': emit and wait_for share names: {names}",
    "The node would wait for itself and never run.",
    "Use different signals.",
)
RETURN_WITHOUT_OUTPUT = Entry(
    "HG110",
    "return-without-output",
    "Function '{function}' has return type {hint}, but its node has no output_name: "
    "what it returns is dropped",
    "A value is passed on under the name of an output.",
    'Add output_name="…", or annotate the function with -> None.',
)
NO_DEFAULT = Entry(
    "HG111",
    "no-default",
    "No default for '{param}' in node '{node}'",
    "Only an input whose parameter has a default value has one.",
    "Ask has_default_for() first.",
)
UNKNOWN_NAME = Entry(
    "HG120",
    "unknown-name",
    "'{name}' not found. Current {kind}: {current}",
    "A rename refers to the names that the node has now.",
    "Use one of the current names.",
)
STALE_NAME = Entry(
    "HG121",
    "stale-name",
    "'{name}' was renamed: {chain}. Current {kind}: {current}",
    "A rename refers to the names that the node has now, not to those it used to have.",
    "Use one of the current names.",
)
RENAME_DUPLICATES = Entry(
    "HG122",
    "rename-duplicates",
    "The rename would leave duplicate {kind}: {names}",
    "Each input, and each output, of a node needs a name of its own.",
    "Choose names that are not in use.",
)
UNKNOWN_RENAME_INPUTS = Entry(
    "HG123",
    "unknown-rename-inputs",
    "Cannot rename unknown inputs: {unknown}. The inputs are: {valid}",
    "The keys of rename_inputs are parameters of the function.",
    "Write rename_inputs as {parameter: new name}.",
)
RENAME_TO_NON_STRING = Entry(
    "HG124",
    "rename-to-non-string",
    "Cannot rename '{old}' to {new}: a name must be a string",
    "Values are passed on under names.",
    "Write the new name as a string.",
)
ASYNC_GATE = Entry(
    "HG130",
    "async-gate",
    "Gate function '{function}' cannot be async",
    "A gate decides between two steps, without waiting for anything.",
    "Await what the decision needs in a node, and let the gate look at that node's output.",
)
GENERATOR_GATE = Entry(
    "HG131",
    "generator-gate",
    "Gate function '{function}' cannot be a generator",
    "A gate makes one decision; it returns it.",
    "Return the decision instead of yielding it.",
)
TARGETS_NOT_A_LIST = Entry(
    "HG132",
    "targets-not-a-list",
    "The targets of '{function}' must be a list, a tuple or a dict, not {given}",
    "A gate chooses between several nodes, in a fixed order.",
    'Write targets=["a", "b"], or targets={"a": "when a", "b": "when b"}.',
)
TARGET_NOT_A_NAME = Entry(
    "HG133",
    "target-not-a-name",
    "Gate '{function}' lists {given} as a target; a target is a node's name or END",
    "Nodes are renamed and replaced; a gate refers to them by name.",
    "Write the name of the node as a string.",
)
NO_TARGETS = Entry(
    "HG134",
    "no-targets",
    "Gate '{function}' needs at least one target",
    "A gate without targets decides nothing.",
    "List the nodes it chooses from, or END.",
)
END_AS_STRING = Entry(
    "HG135",
    "end-as-string",
    "Gate '{function}' lists 'END' as a string target",
    "The end of a graph is the sentinel END, which is no string and no node.",
    "Write END without quotes: from hypergraph import END.",
)
FALLBACK_WITH_MULTI_TARGET = Entry(
    "HG136",
    "fallback-with-multi-target",
    "Gate '{function}' cannot have both fallback and multi_target",
    "A gate with several targets returns a list; an empty list says that none was chosen.",
    "Return [the fallback] from the function, or drop multi_target.",
)
SAME_TARGETS = Entry(
    "HG137",
    "same-targets",
    "Gate '{function}' has the same target for both branches: "
    "when_true={when_true}, when_false={when_false}",
    "Both answers would lead to the same node.",
    "Choose two targets, or remove the gate.",
)
BARE_DECORATOR = Entry(
    "HG138",
    "bare-decorator",
    "@{decorator} was given {given} and not its arguments",
    "Only @node can stand alone: a gate needs its targets and an interrupt its outputs.",
    'Write @route(["a", "b"]), @ifelse("a", "b") or @interrupt("answer") above the function.',
)
INTERRUPT_WITHOUT_OUTPUT = Entry(
    "HG140",
    "interrupt-without-output",
    "Interrupt '{function}' has no output_name",
    "The answer to an interrupt is passed on under the name of its output.",
    'Add output_name="…".',
)
