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
    """The name of every symbol.

    ``also`` are further names, of symbols that the program calls by several. ``instead`` are names
    to be used where a local variable hides the one that the program has chosen.
    """

    of: Mapping[Symbol, str]
    also: tuple[tuple[Symbol, str], ...]
    instead: Mapping[Symbol, str]

    def at(self, symbol: Symbol, place: Resolved) -> str:
        """What to call a symbol in one place."""
        symbol = plain(symbol)
        name = self.of[symbol]
        return self.instead[symbol] if is_hidden(name, place) else name


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
    also: list[tuple[Symbol, str]] = []
    for one, name in sorted(
        wanted.items(), key=lambda item: (item[1] != item[0].qualname, item[1])
    ):
        symbol = roots[one]
        if isinstance(symbol, (Defined, Imported)) and names.setdefault(symbol, name) != name:
            also.append((symbol, name))
    used = {*taken, *wanted.values(), *BUILTINS, *_OF_THE_FILE}
    places = _places(reach)

    def allotted(symbol: Symbol) -> str:
        fitting = (
            wish
            for wish in wishes(symbol)
            if wish not in used and not _is_hidden_somewhere(wish, places.get(symbol, ()))
        )
        name = next(fitting)
        used.add(name)
        return name

    hidden = [one for one in names if _is_hidden_somewhere(names[one], places.get(one, ()))]
    for symbol in sorted(_symbols(reach) - set(names), key=_rank):
        names[symbol] = allotted(symbol)
    instead = {symbol: allotted(symbol) for symbol in hidden}
    return Names(names, (*also, *instead.items()), instead)


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
        found |= set(piece.symbols)
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


def is_hidden(name: str, place: Resolved) -> bool:
    """Whether a local variable of this name is in the way where a symbol is used."""
    use = place.use
    if not use.imports and dotted(place.node) == name:
        return False
    # An import inside the function that brings the symbol is taken out, and so is its variable.
    if use.imports and name == use.name:
        return False
    return name in use.scope.local_names()


def _is_hidden_somewhere(name: str, places: Iterable[Resolved]) -> bool:
    return any(is_hidden(name, place) for place in places)
