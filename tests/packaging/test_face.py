"""`hypergraph/__init__.py` names everything public and says the same thing three times over."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

import hypergraph

FACE = Path(__file__).parents[2] / "hypergraph" / "__init__.py"

G1 = (
    "node ifelse route interrupt",
    "HyperNode FunctionNode InterruptNode GateNode RouteNode IfElseNode GraphNode",
    "END Graph InputSpec",
    "SyncRunner AsyncRunner BaseRunner RunResult RunStatus PauseInfo ErrorHandling",
    "RenameError GraphConfigError MissingInputError InfiniteLoopError IncompatibleRunnerError",
    "BaseEvent RunStartEvent RunEndEvent NodeStartEvent NodeEndEvent NodeErrorEvent CacheHitEvent",
    "RouteDecisionEvent InterruptEvent StopRequestedEvent Event",
    "EventDispatcher EventProcessor AsyncEventProcessor TypedEventProcessor RichProgressProcessor",
    "CacheBackend InMemoryCache DiskCache",
)
PROMISED = sorted(name for names in G1 for name in names.split())


def imported_for_type_checkers() -> dict[str, str]:
    """Every name of ours imported under `if TYPE_CHECKING:` and the module it is from."""
    (block,) = (
        item
        for item in ast.parse(FACE.read_text(encoding="utf-8")).body
        if isinstance(item, ast.If) and ast.unparse(item.test) == "TYPE_CHECKING"
    )
    return {
        alias.name: str(item.module)
        for item in block.body
        if isinstance(item, ast.ImportFrom) and str(item.module).startswith("hypergraph.")
        for alias in item.names
    }


def test_g1_there_are_45_promised_names() -> None:
    assert len(PROMISED) == 45
    assert set(PROMISED) <= set(hypergraph.__all__)


@pytest.mark.parametrize("name", sorted(hypergraph.__all__))
def test_g2_every_public_name_can_be_imported_from_the_face(name: str) -> None:
    assert getattr(hypergraph, name) is getattr(
        import_module(imported_for_type_checkers()[name]), name
    )


def test_type_checkers_and_programs_see_the_same_names() -> None:
    homes = {name: f"hypergraph.{home}" for name, home in hypergraph._MODULE_OF.items()}
    assert imported_for_type_checkers() == homes
    assert sorted(homes) == hypergraph.__all__


def test_no_name_is_listed_twice() -> None:
    listed = [name for names in hypergraph._HOMES.values() for name in names.split()]
    assert len(listed) == len(set(listed))


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Grpah'"):
        _ = hypergraph.Grpah


def test_dir_lists_the_public_names() -> None:
    assert set(hypergraph.__all__) <= set(dir(hypergraph))
