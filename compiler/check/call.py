from dataclasses import dataclass
@dataclass(frozen=True)
class CheckedCall:
    supplied: tuple[str, ...]
    outputs: tuple[str, ...]
    wanted: tuple[str, ...]
    warnings: tuple[str, ...]
    alternatives: bool
def check_call(graph, request, mode):
    from hypergraph.runtime.shapes import selected_names
    names = selected_names(request.select, graph.outputs)
    outs = graph.selected or graph.outputs if names is None else names
    return CheckedCall(request.supplied, outs, names or (), (), False)
