"""From the plans of a graph to the text of a file that stands alone."""

from __future__ import annotations

from collections.abc import Mapping

from hypergraph.compiler.diagnostics.together import Finding
from hypergraph.compiler.emit.header import Header
from hypergraph.compiler.emit.held import Held
from hypergraph.compiler.emit.interface import Interface
from hypergraph.compiler.emit.namespace import Key
from hypergraph.compiler.emit.standalone import Alone, standalone_text
from hypergraph.compiler.link.inline.inlining import Inlined, inline
from hypergraph.compiler.link.inline.live import Wanted
from hypergraph.compiler.link.inline.owned import own_code
from hypergraph.compiler.link.live import Path
from hypergraph.compiler.link.standalone import Constant, Default, Found
from hypergraph.compiler.link.types import types_of
from hypergraph.compiler.options import Options
from hypergraph.compiler.target import Target


def text_alone(
    target: Target,
    options: Options,
    held: Mapping[str, Held],
    found: Mapping[Key, Found],
    interface: Interface,
    header: Header,
    places: Mapping[Path, str],
) -> str:
    """The file, with everything in it that was found.

    Raises ``CompileError`` that names all that cannot be taken out of its module, and why.
    """
    refused = [one for one in found.values() if isinstance(one, Finding)]
    own = own_code(target.module, options.inline, options.keep)

    def taken_out(wanted: Mapping[Wanted, str], taken: frozenset[str]) -> Inlined:
        return inline(wanted, own, taken, refused, target.root)

    return standalone_text(
        Alone(
            held,
            interface,
            header,
            places,
            {key: one for key, one in found.items() if isinstance(one, Wanted)},
            {key: one for key, one in found.items() if isinstance(one, (Constant, Default))},
            types_of(target.graph, [one.plan for one in held.values()]),
            own.has,
            taken_out,
            not options.no_main,
        )
    )
