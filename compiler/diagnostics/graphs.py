"""Problems of graphs: wiring, build-time checks, derived and nested graphs (HG2xx)."""

from __future__ import annotations

from hypergraph.compiler.diagnostics.problems import Entry

NOT_A_NODE = Entry(
    "HG201",
    "not-a-node",
    "{element} is not {expected}",
    "A graph is built from node objects; functions and graphs have to be made into nodes first.",
    "decorate functions with @node, nest a graph with graph.as_node(), and pass a list of nodes.",
)
DUPLICATE_NODE_NAME = Entry(
    "HG202",
    "duplicate-node-name",
    "Duplicate node name: '{name}', for {first} and {second}",
    "Nodes of all kinds share one namespace, so that gates and edges can point at them by name.",
    "rename one of them with .with_name(...).",
)
EDGE_SHAPE = Entry(
    "HG203",
    "edge-shape",
    "An edge must be a 2-tuple or 3-tuple, not {edge}",
    "An edge says from where, to where and, if wanted, which names it carries.",
    "write (source, target) or (source, target, names) as a tuple.",
)
EDGE_SOURCE = Entry(
    "HG204",
    "edge-source",
    "Edge {edge} has the unknown source '{name}'. Nodes: {nodes}",
    "An edge joins two nodes of the same graph.",
    "name a node of this graph, or add the missing one to its nodes.",
)
EDGE_TARGET = Entry(
    "HG205",
    "edge-target",
    "Edge {edge} has the unknown target '{name}'. Nodes: {nodes}",
    "An edge joins two nodes of the same graph.",
    "name a node of this graph, or add the missing one to its nodes.",
)
EDGE_OUTPUT = Entry(
    "HG206",
    "edge-output",
    "'{name}' is not an output of '{node}'. Outputs: {known}",
    "An edge carries what its source produces.",
    "list outputs of the source only, or rename with .with_outputs(...).",
)
EDGE_INPUT = Entry(
    "HG207",
    "edge-input",
    "'{name}' is not an input of '{node}'. Inputs: {known}",
    "An edge carries what its target reads.",
    "list inputs of the target only, or rename with .with_inputs(...).",
)
CONTESTED_INFERRED = Entry(
    "HG208",
    "contested-output",
    "Multiple nodes produce '{name}': '{first}' and '{second}' may both run, in either order",
    "Which of two values a name has must not depend on chance: its producers have to exclude each "
    "other or have an order.",
    "put them on different branches of a gate, or order them: give one emit=... and the other "
    "wait_for=... with the same name; or rename one output with .with_outputs(...).",
)
CONTESTED_EXPLICIT = Entry(
    "HG209",
    "contested-output-explicit",
    "Multiple nodes produce '{name}': '{first}' and '{second}' may both run, in either order",
    "Which of two values a name has must not depend on chance: its producers have to exclude each "
    "other or have an order.",
    "add an edge that leads from one to the other, put them on different branches of a gate, or "
    "rename one output with .with_outputs(...).",
)
GRAPH_NAME = Entry(
    "HG210",
    "graph-name",
    "Invalid graph name {name}: it cannot contain '{character}'",
    "'.' and '/' separate the names of nested graphs in paths and keys.",
    "use another character, for example '-' or '_'.",
)
GRAPH_NAME_TYPE = Entry(
    "HG211",
    "graph-name-type",
    "Invalid graph name {name}: it must be a string",
    "The name appears in paths, messages and generated code.",
    "pass name as a string, or leave it out.",
)
RESERVED_NODE_NAME = Entry(
    "HG212",
    "reserved-node-name",
    "Invalid node name: 'END' is reserved",
    "END is what gates return to end their part of the graph.",
    "rename the node with .with_name(...).",
)
NODE_NAME_IDENTIFIER = Entry(
    "HG213",
    "node-name-identifier",
    "Invalid node name {name}: node names must be valid Python identifiers",
    "Nodes and values become variables of the compiled program.",
    "rename the node with .with_name(...); a lambda or partial needs an explicit name.",
)
NODE_NAME_KEYWORD = Entry(
    "HG214",
    "node-name-keyword",
    "Invalid node name {name}: it is a keyword of Python",
    "Nodes and values become variables of the compiled program.",
    "rename the node with .with_name(...).",
)
OUTPUT_NAME_IDENTIFIER = Entry(
    "HG215",
    "output-name-identifier",
    "Invalid output name {name} of node '{node}': output names must be valid Python identifiers",
    "Nodes and values become variables of the compiled program.",
    "choose another output_name or emit, or rename it with .with_outputs(...).",
)
OUTPUT_NAME_KEYWORD = Entry(
    "HG216",
    "output-name-keyword",
    "Invalid output name {name} of node '{node}': it is a keyword of Python",
    "Nodes and values become variables of the compiled program.",
    "choose another output_name or emit, or rename it with .with_outputs(...).",
)
NAME_COLLIDES = Entry(
    "HG217",
    "nested-name-collides",
    "The name of nested graph '{name}' collides with output '{name}' of node '{node}'",
    "Results of a run address nested graphs and values by name, in one namespace.",
    "give the nested graph another name: graph.as_node(name=...).",
)
DEFAULTS_MIXED = Entry(
    "HG218",
    "inconsistent-defaults",
    "Inconsistent defaults for '{name}': {having} with a default, {lacking} without default",
    "All consumers of a name read one value, so they must agree on what it is when nobody "
    "supplies it.",
    "give all of them the same default or none of them one, or bind the name on the graph.",
)
DEFAULTS_DIFFER = Entry(
    "HG219",
    "inconsistent-defaults",
    "Inconsistent defaults for '{name}': '{first}' has {value}, '{second}' has {other}",
    "All consumers of a name read one value, so they must agree on what it is when nobody "
    "supplies it.",
    "make the defaults equal, or rename one of the inputs with .with_inputs(...).",
)
UNKNOWN_TARGET = Entry(
    "HG220",
    "unknown-target",
    "Gate '{gate}' targets unknown node '{name}'. Nodes: {nodes}",
    "A gate chooses among nodes of its own graph.",
    "correct the target, or add the node to the graph.",
)
SELF_TARGET = Entry(
    "HG221",
    "self-target",
    "Gate '{gate}' cannot target itself",
    "A gate decides what runs next, and it cannot be its own next.",
    "target the node that starts the next round; the gate runs again when its inputs change.",
)
SHARED_TARGET_OUTPUT = Entry(
    "HG222",
    "shared-target-output",
    "Gate '{gate}' has multi_target=True and targets sharing output '{name}': {targets}",
    "Several targets may run after one decision, so each must produce names of its own.",
    "rename the outputs with .with_outputs(...), or choose one target at a time.",
)
MAPPED_INTERRUPT = Entry(
    "HG223",
    "mapped-interrupt",
    "Node '{node}' uses map_over on a graph with an InterruptNode: {interrupts}",
    "The items of a map cannot pause one by one to ask for input.",
    "leave out map_over, or move the interrupt out of the mapped graph.",
)
CACHED_GRAPH = Entry(
    "HG224",
    "cached-graph",
    "Node '{node}' is a nested graph with cache=True",
    "The nodes inside a nested graph are what is cached.",
    "set cache=True on nodes inside the graph.",
)
UNKNOWN_WAIT = Entry(
    "HG225",
    "unknown-wait",
    "Node '{node}' has wait_for='{name}', which no node produces. Outputs: {outputs}",
    "A node that waits for a name nobody produces would never run.",
    "wait for an output or emit name of a node in this graph; signals inside a nested graph stay "
    "inside.",
)
MISSING_TYPE = Entry(
    "HG226",
    "missing-type",
    "Missing type annotation: node '{node}' declares no type for its {side} '{name}', which goes "
    "from '{source}' to '{target}'",
    "strict_types=True compares the types on both ends of every edge.",
    "annotate the function (also check that all its annotations can be resolved), or build the "
    "graph with strict_types=False.",
)
TYPE_MISMATCH = Entry(
    "HG227",
    "type-mismatch",
    "Type mismatch for '{name}': '{source}' produces {given}, '{target}' expects {wanted}",
    "strict_types=True compares the types on both ends of every edge.",
    "change one of the two annotations, or convert the value in a node between them.",
)
UNRESOLVABLE_TYPE = Entry(
    "HG228",
    "unresolvable-type",
    "Unresolvable type hint {hint}: it was not compared",
    "A string or forward reference names something that its module does not have.",
    "import the name where the function is defined.",
)
BIND_EMIT = Entry(
    "HG229",
    "bind-emit",
    "Cannot bind '{name}': it is emit-only",
    "A signal orders nodes and carries no value.",
    "bind an input or a data output instead.",
)
BIND_UNKNOWN = Entry(
    "HG230",
    "bind-unknown",
    "Cannot bind '{name}': not a graph input or output. Valid names: {valid}",
    "Only names that occur in the graph, and that an earlier select or with_entrypoint left in "
    "reach, can be given a value.",
    "correct the name, or bind before narrowing the graph.",
)
BIND_STALE = Entry(
    "HG231",
    "bind-stale",
    "Binding '{name}' is no longer valid in the extended graph: unbind it first",
    "An added node turned the bound name into a signal, which carries no value.",
    "call .unbind(...) before .add_nodes(...), or rename the signal.",
)
SELECT_UNKNOWN = Entry(
    "HG232",
    "select-unknown",
    "Cannot select {names}: not graph outputs. Outputs: {valid}",
    "A selection names what a run returns.",
    "select names from graph.outputs.",
)
SELECT_REPEATED = Entry(
    "HG233",
    "select-repeated",
    "select() needs unique output names; repeated: {names}",
    "Each selected output is returned once.",
    "list every name once.",
)
SELECT_NOTHING = Entry(
    "HG234",
    "select-nothing",
    "select() needs at least one output name",
    "A graph without selected outputs would have nothing to compute.",
    "name the outputs to keep, or leave out the call.",
)
ENTRY_UNKNOWN = Entry(
    "HG235",
    "entry-unknown",
    "Unknown entry point '{name}'. Nodes: {nodes}",
    "An entry point is a node of the graph itself, not of a nested graph.",
    "name a node of this graph.",
)
ENTRY_GATE = Entry(
    "HG236",
    "entry-gate",
    "Entry point '{name}' is a gate",
    "A gate decides between nodes; a graph starts at a node that computes.",
    "enter at a target of the gate, or at a node before it.",
)
ENTRY_NOTHING = Entry(
    "HG237",
    "entry-nothing",
    "with_entrypoint() needs at least one node name",
    "A graph without an entry point would have nothing to run.",
    "name the nodes to start at, or leave out the call.",
)
ADD_TO_EXPLICIT = Entry(
    "HG238",
    "add-to-explicit",
    "Cannot use add_nodes on a graph that was built with edges=",
    "The listed edges say nothing about the nodes to add.",
    "build a new Graph with all nodes and all edges.",
)
NESTED_UNNAMED = Entry(
    "HG239",
    "nested-unnamed",
    "GraphNode requires a name",
    "A node is known to its graph by name.",
    "use Graph(..., name=...) or graph.as_node(name=...).",
)
NESTED_NAME = Entry(
    "HG240",
    "nested-name",
    "The name {name} of a nested graph contains '{character}'. Reserved characters: '.' and '/'",
    "'.' and '/' separate the names of nested graphs in paths and keys.",
    "use another character, for example '-' or '_'.",
)
MAP_NOTHING = Entry(
    "HG241",
    "map-nothing",
    "map_over() of '{node}' needs at least one parameter",
    "Mapping means one run for each item of at least one input.",
    "name the inputs that are lists of items.",
)
MAP_UNKNOWN = Entry(
    "HG242",
    "map-unknown",
    "Cannot map over '{name}': not an input of '{node}'. Inputs: {known}",
    "Mapped names are the current input names of the nested graph's node.",
    "correct the name; after with_inputs the new names apply.",
)
MAP_REPEATED = Entry(
    "HG243",
    "map-repeated",
    "map_over() of '{node}' repeats {names}",
    "Each mapped input is iterated once.",
    "list every name once.",
)
MAP_MODE = Entry(
    "HG244",
    "map-mode",
    "mode must be 'zip' or 'product', not {value}",
    "'zip' pairs the items of equally long lists, 'product' combines all with all.",
    "pass one of the two.",
)
MAP_ERROR_HANDLING = Entry(
    "HG245",
    "map-error-handling",
    "error_handling must be 'raise' or 'continue', not {value}",
    "'raise' stops at the first failed item, 'continue' keeps None in its place.",
    "pass one of the two.",
)
CLONE_TYPE = Entry(
    "HG246",
    "clone-type",
    "clone must be bool or list, not {value}",
    "True copies every input that is not mapped for each item; a list names those to copy.",
    "pass True, False or a list of input names.",
)
CLONE_ENTRY_TYPE = Entry(
    "HG247",
    "clone-entry-type",
    "clone list entries must be strings, not {value}",
    "A clone list names inputs.",
    "list input names.",
)
CLONE_MAPPED = Entry(
    "HG248",
    "clone-mapped",
    "Cannot clone mapped parameter '{name}' of '{node}'",
    "Every item gets its own element of a mapped input anyway.",
    "leave the name out of clone.",
)
CLONE_UNKNOWN = Entry(
    "HG249",
    "clone-unknown",
    "Cannot clone '{name}': not an input of '{node}'. Inputs: {known}",
    "Cloned names are the current input names of the nested graph's node.",
    "correct the name; after with_inputs the new names apply.",
)
UNKNOWN_DIRECTION = Entry(
    "HG250",
    "unknown-direction",
    "direction must be one of 'TD', 'TB', 'BT', 'LR' and 'RL', not {value}",
    "These are the directions that Mermaid knows.",
    "pass one of them.",
)
UNKNOWN_SHAPE = Entry(
    "HG251",
    "unknown-shape",
    "There is no shape {value} to colour. Shapes: {shapes}",
    "Colours are given by what a box stands for.",
    "use one of these shapes as key.",
)
UNKNOWN_COLOR = Entry(
    "HG252",
    "unknown-color",
    "{value}, given for {shape}, is no colour",
    "Colours are copied into the diagram, so only plain ones are taken.",
    "use a name such as 'gold' or a hexadecimal colour such as '#ffd700'.",
)
UNKNOWN_THEME = Entry(
    "HG253",
    "unknown-theme",
    "theme must be 'auto', 'light' or 'dark', not {value}",
    "'auto' follows the reader's own setting.",
    "pass one of the three.",
)
