"""Gates: the nodes that decide, their targets, and what their declarations refuse."""

from __future__ import annotations

import copy
import pickle
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from hypergraph import END, GateNode, IfElseNode, RouteNode, ifelse, node, route
from tests.declare.refusals import refused


def decide(kg: float, limit: float = 30.0) -> Any:
    return kg < limit


async def awaits(kg: float) -> bool:
    return True


def yields(kg: float) -> Iterator[bool]:
    yield True


async def yields_later(kg: float) -> AsyncIterator[bool]:
    yield True


KINDS: dict[str, Callable[..., Any]] = {
    "RouteNode": lambda func=decide, **options: RouteNode(func, ["pack", END], **options),
    "IfElseNode": lambda func=decide, **options: IfElseNode(func, "pack", END, **options),
    "@route": lambda func=decide, **options: route(["pack", END], **options)(func),
    "@ifelse": lambda func=decide, **options: ifelse("pack", END, **options)(func),
}
every_gate = pytest.mark.parametrize("make", KINDS.values(), ids=list(KINDS))


def test_g32_end_is_a_class_used_as_a_value() -> None:
    """G32, E48: equal to itself only, hashable, shown as ``END``, not instantiable."""
    value: Any = END
    string: Any = "END"
    assert isinstance(END, type) and value is END and value != string
    assert repr(END) == str(END) == f"{END}" == "END"
    assert {END: 1}[END] == 1 and END in [END]
    with pytest.raises(TypeError, match="cannot be instantiated"):
        END()
    assert copy.deepcopy(value) is END and pickle.loads(pickle.dumps(value)) is END


@every_gate
def test_g33_what_every_gate_reports(make: Callable[..., Any]) -> None:
    """G33, E54: no async, no generator, no data outputs; a summary with ``END`` spelled out."""
    gate = make(emit=("s", "r"), wait_for="w", cache=True, hide=True, default_open=False)
    assert isinstance(gate, GateNode) and gate.func is decide
    assert (gate.is_async, gate.is_generator, gate.is_interrupt) == (False, False, False)
    assert gate.outputs == ("s", "r") and gate.data_outputs == () and make().outputs == ()
    assert (gate.wait_for, gate.cache, gate.hide) == (("w",), True, True)
    assert gate.node_type == "BRANCH" and gate.default_open is False
    assert gate.get_output_type("s") is None and gate.get_output_type("nothing") is None
    assert gate.nx_attrs["branch_data"] == gate.branch_data


def test_g33_branch_data_spells_end() -> None:
    """G33: plain strings only."""
    assert KINDS["RouteNode"]().branch_data == {"targets": ["pack", "END"]}
    assert KINDS["IfElseNode"]().branch_data == {"when_true": "pack", "when_false": "END"}


@every_gate
def test_g33_calling_a_gate_runs_its_function(make: Callable[..., Any]) -> None:
    """G33, E54, G30: with the function's own parameter names."""
    gate = make(rename_inputs={"kg": "mass"})
    assert gate(12) is True and gate(kg=40, limit=50) is True and gate(40) is False
    assert gate.inputs == ("mass", "limit") and gate.defaults == {"limit": 30.0}


@pytest.mark.parametrize("name", ["@route", "@ifelse"])
def test_g33_decorated_gates_show_their_function(name: str) -> None:
    """G33: as nodes do, through ``__wrapped__``."""
    assert KINDS[name]().__wrapped__ is decide


@every_gate
def test_g34_renaming_never_touches_targets(make: Callable[..., Any]) -> None:
    """G34: not even when the gate or an input is called like a target."""
    gate = make(rename_inputs={"kg": "pack"})
    renamed = gate.with_name("pack").with_inputs(pack="parcel")
    assert renamed.targets == ["pack", END] == gate.targets


def test_g34_renaming_a_target_node_leaves_the_gate() -> None:
    """G34: gates refer by name."""
    pack = node(lambda: 1, "parcel").with_name("pack")
    gate = RouteNode(decide, [pack.name, END])
    assert pack.with_name("wrap").name == "wrap" and gate.targets == ["pack", END]


@every_gate
def test_g35_default_open_is_true_unless_given(make: Callable[..., Any]) -> None:
    """G35: it is stored, no more."""
    assert make().default_open is True and make(default_open=False).default_open is False


@every_gate
@pytest.mark.parametrize(
    ("func", "fact"),
    [
        (awaits, "cannot be async"),
        (yields, "cannot be a generator"),
        (yields_later, "cannot be a generator"),
    ],
)
def test_g36_gates_are_plain_functions(
    make: Callable[..., Any], func: Callable[..., Any], fact: str
) -> None:
    """G36, E53: a ``TypeError`` at decoration that names the function."""
    refused(TypeError, lambda: make(func), fact, f"'{func.__name__}'", at=func)


def test_g36_the_function_is_checked_before_the_targets() -> None:
    """G36, G40: first of all checks."""
    refused(TypeError, lambda: RouteNode(awaits, []), "cannot be async")
    refused(TypeError, lambda: RouteNode(yields, "x"), "cannot be a generator")
    refused(TypeError, lambda: IfElseNode(awaits, "END", "END"), "cannot be async")


END_AS_STRING: list[Callable[[], Any]] = [
    lambda: RouteNode(decide, ["x", "END"]),
    lambda: RouteNode(decide, ("END",)),
    lambda: RouteNode(decide, {"END": "never"}),
    lambda: RouteNode(decide, ["x"], fallback="END"),
    lambda: route(["x"], fallback="END")(decide),
    lambda: IfElseNode(decide, "END", "x"),
    lambda: IfElseNode(decide, "x", "END"),
    lambda: IfElseNode(decide, "END", "END"),
    lambda: RouteNode(decide, ["x", "END"], fallback="y", multi_target=True),
]


@pytest.mark.parametrize("declare", END_AS_STRING)
def test_g37_end_is_not_written_as_a_string(declare: Callable[[], Any]) -> None:
    """G37, G40, G43, L12, E52: checked before equal targets and before the fallback."""
    refused(ValueError, declare, "'END' as a string target", "'decide'", at=decide)


def test_e52_only_the_exact_spelling_is_refused() -> None:
    """E52, G37: ``"end"`` is an ordinary name."""
    assert RouteNode(decide, ["end", "End", " END"]).targets == ["end", "End", " END"]


def test_g38_targets_keep_their_order_without_repeats() -> None:
    """G38, E49: the first of equals wins; no descriptions."""
    for gate in (
        RouteNode(decide, ["a", "a", END, "b", END]),
        RouteNode(decide, ("a", END, "a", "b")),
    ):
        assert gate.targets == ["a", END, "b"] and gate.descriptions == {}


def test_g38_a_dict_describes_its_targets() -> None:
    """G38, E50: keys in order; the descriptions are a copy and may be for ``END``."""
    given: dict[Any, str] = {"b": "second", END: "over", "a": "first"}
    gate = RouteNode(decide, given)
    given["c"] = "later"
    assert gate.targets == ["b", END, "a"]
    assert gate.descriptions == {"b": "second", END: "over", "a": "first"}


def test_g38_the_targets_given_are_copied() -> None:
    """G38: a list changed later changes no gate."""
    given = ["a", "b"]
    gate = RouteNode(decide, given)
    given.append("c")
    assert gate.targets == ["a", "b"]


def test_g39_a_fallback_is_the_last_target() -> None:
    """G39, E49: unless it is listed already; descriptions gain nothing."""
    assert RouteNode(decide, ["a"], fallback="b").targets == ["a", "b"]
    assert RouteNode(decide, ["a", "b"], fallback="a").targets == ["a", "b"]
    described = RouteNode(decide, {"a": "why"}, fallback=END)
    assert described.targets == ["a", END] and described.descriptions == {"a": "why"}
    assert described.fallback is END


def test_g39_several_targets_leave_no_room_for_a_fallback() -> None:
    """G39: the two together are refused."""
    refused(
        ValueError,
        lambda: RouteNode(decide, ["a"], fallback="a", multi_target=True),
        "cannot have both fallback and multi_target",
        "'decide'",
        at=decide,
    )


@pytest.mark.parametrize("given", [[], (), {}])
def test_g40_a_gate_needs_a_target(given: Any) -> None:
    """G40, E51: a fallback alone is not one; checked before everything about the fallback."""
    refused(ValueError, lambda: RouteNode(decide, given), "at least one target", at=decide)
    refused(
        ValueError,
        lambda: RouteNode(decide, given, fallback="END", multi_target=True),
        "at least one target",
    )


def test_g40_names_are_checked_last() -> None:
    """G40: fallback with ``multi_target`` before ``emit`` with ``wait_for``."""
    clash: dict[str, Any] = {"emit": "s", "wait_for": "s"}
    refused(
        ValueError,
        lambda: RouteNode(decide, ["a"], fallback="b", multi_target=True, **clash),
        "cannot have both",
    )
    refused(ValueError, lambda: RouteNode(decide, ["a"], **clash), "emit and wait_for share")


@pytest.mark.parametrize("given", ["abc", "", "END", {"a", "b"}, iter(["a"]), None, 3, END])
def test_l11_targets_come_in_a_list_a_tuple_or_a_dict(given: Any) -> None:
    """L11: a plain string above all is not taken apart."""
    refused(TypeError, lambda: RouteNode(decide, given), "must be a list", repr(given), at=decide)


@pytest.mark.parametrize("target", [3, None, ["a"], node(lambda: 1, "y"), decide])
def test_l11_a_target_is_a_name_or_end(target: Any) -> None:
    """L11: nodes are named, not passed."""
    refused(TypeError, lambda: RouteNode(decide, ["a", target]), "'decide'", repr(target))
    refused(TypeError, lambda: IfElseNode(decide, "a", target), "'decide'", repr(target))


@pytest.mark.parametrize("multi_target", [False, True])
def test_g41_the_declared_options_are_kept_for_the_run(multi_target: bool) -> None:
    """G41, E58: what the function may return is checked when it runs, not here."""
    gate = RouteNode(decide, ["a", "b"], multi_target=multi_target)
    assert gate.multi_target is multi_target and gate.fallback is None
    assert gate(1) is True


def test_e58_defaults_of_route() -> None:
    """E58: one target, open, no fallback."""
    gate = route(["a"])(decide)
    assert (gate.multi_target, gate.default_open, gate.fallback) == (False, True, None)


def test_g42_repr_of_a_route() -> None:
    """G42, E56: strings quoted, ``END`` as ``'END'``, the function when it is called otherwise."""
    gate = RouteNode(decide, ["a", END], fallback="b")
    assert repr(gate) == "RouteNode(decide, targets=['a', 'END', 'b'])"
    named = "RouteNode(decide as 'g', targets=['a', 'END', 'b'])"
    assert repr(gate.with_name("g")) == named
    assert repr(route(["a", END], fallback="b", name="g")(decide)) == named


def test_g43_the_two_branches_of_an_ifelse() -> None:
    """G43: attributes, targets in order, and fixed descriptions."""
    gate = ifelse(when_true="a", when_false=END)(decide)
    assert (gate.when_true, gate.when_false) == ("a", END)
    assert gate.targets == ["a", END] and gate.descriptions == {True: "True", False: "False"}


@pytest.mark.parametrize("target", ["a", END])
def test_g43_the_branches_differ(target: Any) -> None:
    """G43, E55: equal targets are refused with both; two ``END`` too."""
    refused(
        ValueError,
        lambda: IfElseNode(decide, target, target),
        "same target for both branches",
        f"when_true={target!r}",
        f"when_false={target!r}",
        at=decide,
    )


def test_g44_repr_of_an_ifelse() -> None:
    """G44: targets unquoted."""
    gate = IfElseNode(decide, "a", END)
    assert repr(gate) == "IfElseNode(decide, true=a, false=END)"
    named = "IfElseNode(decide as 'g', true=a, false=END)"
    assert repr(gate.with_name("g")) == repr(IfElseNode(decide, "a", END, name="g")) == named


@every_gate
def test_e32_cache_and_hide_of_gates(make: Callable[..., Any]) -> None:
    """E32: off unless asked for."""
    gate, asked = make(), make(cache=True, hide=True)
    assert (gate.cache, gate.hide, asked.cache, asked.hide) == (False, False, True, True)


def test_e59_end_may_be_the_only_target() -> None:
    """E59: and a gate may target a gate, by its name as any node."""
    assert RouteNode(decide, [END]).targets == [END]
    inner = RouteNode(decide, [END], name="inner")
    assert RouteNode(decide, [inner.name, END]).targets == ["inner", END]


def test_a_gate_decorator_needs_its_arguments() -> None:
    """Bare ``@route`` is refused where it stands."""
    bare: Any = decide
    refused(TypeError, lambda: route(bare), "@route was given", at=decide)
