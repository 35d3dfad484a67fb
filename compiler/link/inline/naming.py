"""What everything is called in the file: as in its module, unless that would clash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hypergraph.compiler.emit.reserved import BUILTINS
from hypergraph.compiler.link.inline.live import Wanted
from hypergraph.compiler.link.inline.meanings import Defined, Imported, Meaning
from hypergraph.compiler.link.inline.owned import of_runtime
from hypergraph.compiler.link.inline.reach import Reach
from hypergraph.compiler.link.inline.resolve import Resolved
from hypergraph.compiler.link.inline.trees import dotted

Symbol = Defined | Imported

# The file itself assigns it.
_OF_THE_FILE = frozenset({"TYPE_CHECKING", "annotations"})


@dataclass(frozen=True)
class Names:
    """The name of every symbol, and further names of those that the program calls by several."""

    of: Mapping[Symbol, str]
    also: tuple[tuple[str, str], ...]


def named(
    reach: Reach,
    roots: Mapping[Wanted, Meaning],
    wanted: Mapping[Wanted, str],
    taken: frozenset[str],
) -> Names:
    """A name for everything that is needed.

    The program has chosen the names of its roots. Of two other symbols that wish for one name an
    import comes before a definition, the user's definitions before the runtime's, and then the
    module that comes first in the alphabet; the other is called after its module as well. No name
    is given that would be taken for a local variable where it is used.
    """
    names: dict[Symbol, str] = {}
    also: list[tuple[str, str]] = []
    for one, name in sorted(wanted.items(), key=lambda item: item[1]):
        symbol = roots[one]
        if isinstance(symbol, (Defined, Imported)) and names.setdefault(symbol, name) != name:
            also.append((name, names[symbol]))
    used = {*taken, *wanted.values(), *BUILTINS, *_OF_THE_FILE}
    places = _places(reach)
    for symbol in sorted(_symbols(reach) - set(names), key=_rank):
        fitting = (
            wish
            for wish in wishes(symbol)
            if wish not in used and not _is_hidden(wish, places.get(symbol, ()))
        )
        names[symbol] = next(fitting)
        used.add(names[symbol])
    return Names(names, tuple(also))


def wishes(symbol: Symbol) -> Iterator[str]:
    """The names that would do for a symbol, the best first.

    >>> from itertools import islice
    >>> list(islice(wishes(Imported("yaml.api", "_load", "_load")), 4))
    ['_load', '_api_load', '_yaml_api_load', '_load_2']
    >>> list(islice(wishes(Imported("yaml", None, "yaml")), 3))
    ['yaml', 'yaml_module', 'yaml_2']
    """
    module = symbol.module if isinstance(symbol, Imported) else symbol.unit.module
    name = symbol.local if isinstance(symbol, Imported) else symbol.name
    yield name
    if isinstance(symbol, Imported) and symbol.name is None:
        yield f"{name}_module"
    else:
        tail = module.rpartition(".")[2]
        for prefix in dict.fromkeys((tail, module.replace(".", "_"))):
            yield _prefixed(prefix.strip("_"), name)
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1


def _prefixed(prefix: str, name: str) -> str:
    """A name with that of its module in front, in the style of the name itself."""
    bare = name.lstrip("_")
    lead = name[: len(name) - len(bare)]
    if bare.isupper() and len(bare) > 1:
        return f"{lead}{prefix.upper()}_{bare}"
    if bare[:1].isupper():
        return lead + "".join(part.capitalize() for part in prefix.split("_")) + bare
    return f"{lead}{prefix}_{bare}"


def _symbols(reach: Reach) -> set[Symbol]:
    found: set[Symbol] = set(reach.imports) | set(reach.opaque)
    for piece in reach.pieces.values():
        for reading in piece.readings:
            found |= {Defined(piece.unit.binder, name) for name in reading.binds if name != "*"}
    return found


def _rank(symbol: Symbol) -> tuple[int, str, str, str]:
    if isinstance(symbol, Imported):
        return (0, symbol.module, symbol.name or "", symbol.local)
    own = symbol.unit.module
    return (2 if of_runtime(own) else 1, own, symbol.name, "")


def _places(reach: Reach) -> dict[Symbol, list[Resolved]]:
    found: dict[Symbol, list[Resolved]] = {}
    for piece in reach.pieces.values():
        for one in piece.resolved:
            if isinstance(one.meaning, (Defined, Imported)):
                found.setdefault(plain(one.meaning), []).append(one)
    return found


def plain(symbol: Symbol) -> Symbol:
    """A symbol apart from whether it is needed to run."""
    if isinstance(symbol, Imported) and symbol.typing:
        return Imported(symbol.module, symbol.name, symbol.local, symbol.root)
    return symbol


def _is_hidden(wish: str, places: Iterable[Resolved]) -> bool:
    """Whether a local variable of the same name is in the way where the symbol is used."""
    for use, _, node in places:
        is_this_name = dotted(node) == wish and not use.imports
        if not is_this_name and wish in use.scope.local_names():
            own_import = use.imports and wish == use.name
            if not own_import:
                return True
    return False
