"""What ``hypergraph check`` finds in graphs that are valid, and still look wrong."""

from __future__ import annotations

from hypergraph.compiler.diagnostics.problems import Entry

NEVER_RUNS = Entry(
    "HG501",
    "never-runs",
    "Node '{node}' can never run: nothing that runs before it gives {names}",
    "A node runs once everything it reads and waits for is there. What it lacks comes from itself, "
    "or from nodes that can never run either, and no caller is asked for it.",
    "break the circle, for example with a default or .bind(...) for what is read, or without a "
    "wait_for; or take the node out.",
)
CLOSED_FOR_GOOD = Entry(
    "HG502",
    "closed-for-good",
    "Node '{node}' can never run: no gate that targets it ever decides ({gates})",
    "A target of gates runs when one of them opens it. A gate that can never run decides nothing, "
    "and with default_open=False it keeps its targets closed.",
    "see to it that the gate gets what it reads, name its nodes in .with_entrypoint(...) as well, "
    "or leave default_open at True.",
)
ENDLESS_LOOP = Entry(
    "HG503",
    "endless-loop",
    "No gate can leave the loop of {members}",
    "The nodes of a loop run again whenever what they read has changed. Without a gate that can "
    "decide against them they only stop when values stop changing, or at max_iterations.",
    "add a gate over one of these nodes that may also choose END, or a node outside of the loop.",
)
USELESS_INPUT = Entry(
    "HG504",
    "useless-input",
    "Input '{name}' is only read by what can never run: {readers}",
    "A caller is asked for a value that makes no difference.",
    "make the nodes that read it able to run, or take them out.",
)
KEYLESS_CACHE = Entry(
    "HG505",
    "keyless-cache",
    "Node '{node}' is cached, but what it gets for '{name}' has no cache key: {error}",
    "The key of a cached call is made by pickling its inputs. Without a key the node runs every "
    "time, as if it were not cached.",
    "give it something that can be pickled and build the object inside of the function, or drop "
    "cache=True.",
)
UNUSED_VALUE = Entry(
    "HG506",
    "unused-value",
    "Nobody reads or selects '{name}', which '{node}' produces",
    "The graph selects its outputs, and this value is not among them; nor does a node read it.",
    "select it as well, or take it out if the node does nothing else.",
)
UNDECLARED_FLOW = Entry(
    "HG507",
    "undeclared-flow",
    "No edge brings '{name}' to '{node}', which still gets it from {sources}",
    "The edges carry this name, only not to this node; it is then fed by all producers of the "
    "name, as it would be without declared edges.",
    "declare the edge that is meant, or rename the input with .with_inputs(...) if the value is to "
    "come from the caller.",
)
