"""Making a node from a function: names, inputs, outputs, and what kind of function it is."""

from __future__ import annotations

import functools
import inspect
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from hypergraph import FunctionNode, InterruptNode, RouteNode, node
from tests.declare.refusals import refused


def total(net: float, rate: float = 0.5) -> float:
    """The gross amount."""
    return net * (1 + rate)


def bare(x, y=2):  # type: ignore[no-untyped-def]
    return x, y


class Counter:
    """Things with functions that are no plain functions."""

    def __init__(self, start: int = 0) -> None:
        self.start = start

    def step(self, by: int = 1) -> int:
        return self.start + by

    @classmethod
    def fresh(cls, start: int) -> Counter:
        return cls(start)

    def __call__(self, extra: int) -> int:
        return self.start + extra


def test_g18_all_ways_to_decorate() -> None:
    """G18: bare, with empty parentheses, with arguments, and as a call."""
    nodes = [node(bare), node()(bare), node(output_name="out")(bare), node(bare, "out")]
    assert [each.outputs for each in nodes] == [(), (), ("out",), ("out",)]
    assert {each.name for each in nodes} == {"bare"}
    assert all(type(each) is FunctionNode and each.func is bare for each in nodes)


def test_g18_the_decorator_names_the_node_after_its_function() -> None:
    """G18: there is no ``name`` parameter, and ``inspect`` sees through to the function."""
    assert "name" not in inspect.signature(node).parameters
    declared: Any = node(output_name="gross")(total)
    assert declared.__wrapped__ is total and declared.__doc__ == total.__doc__
    assert inspect.signature(declared) == inspect.signature(total)
    assert declared.with_name("other").__wrapped__ is total


def test_g18_attributes_of_the_function_do_not_reach_the_node() -> None:
    """G18: a function attribute called like one of the node's replaces nothing."""

    def tagged(x: int) -> int:
        return x

    tagged.__dict__.update(name="stolen", inputs=("nothing",), _definition=None)
    declared = node(tagged, "y")
    assert (declared.name, declared.inputs) == ("tagged", ("x",)) and declared.func is tagged


def test_g19_of_a_node_only_the_function_is_taken() -> None:
    """G19, E5: everything starts from scratch, and the given node stays as it is."""
    existing = FunctionNode(
        total,
        "n",
        "gross",
        rename_inputs={"net": "x"},
        cache=True,
        hide=True,
        emit="done",
        wait_for="go",
    )
    again = FunctionNode(existing, name="m", output_name="o")
    assert again.func is total and again.inputs == ("net", "rate")
    assert (again.name, again.outputs, again.wait_for) == ("m", ("o",), ())
    assert (again.cache, again.hide, again._rename_history) == (False, False, [])
    assert FunctionNode(existing, output_name="o").name == "total"
    assert node(existing, "o").func is total
    assert (existing.name, existing.inputs) == ("n", ("x", "rate"))


def test_g19_gates_and_interrupts_take_the_function_of_a_node_too() -> None:
    """G19: wherever a function is expected a node stands for its function."""
    existing = node(total, "gross")
    assert RouteNode(existing, ["a"]).func is total
    assert InterruptNode(existing, output_name="o").func is total
    assert FunctionNode(RouteNode(total, ["a"]), output_name="o").func is total


@pytest.mark.parametrize("name", [None, ""])
def test_g20_without_a_name_the_functions_is_used(name: str | None) -> None:
    """G20, E4: falsy means the function's own."""
    assert FunctionNode(total, name, "gross").name == "total"
    assert FunctionNode(total, "g", "gross").name == "g"


def test_g20_a_callable_without_a_name_needs_one() -> None:
    """G20: a partial or a callable object is an ``AttributeError`` unless it is named."""
    halved = functools.partial(total, rate=0.5)
    refused(AttributeError, lambda: FunctionNode(halved, output_name="y"), "__name__", at=total)
    refused(AttributeError, lambda: RouteNode(Counter(), ["a"]), "__name__")
    named = FunctionNode(halved, "halved", "y")
    assert (named.inputs, named.defaults, named(2.0)) == (("net", "rate"), {"rate": 0.5}, 3.0)


def test_g20_lambdas_are_named_lambda() -> None:
    """G20, E31: fine for a node; callable, with its inputs."""
    declared = FunctionNode(lambda a, b: a + b, output_name="sum")
    assert (declared.name, declared.inputs, declared(1, 2)) == ("<lambda>", ("a", "b"), 3)


@pytest.mark.parametrize(
    ("given", "outputs"),
    [("a", ("a",)), (("a", "b"), ("a", "b")), ((), ()), (None, ()), ("", ("",))],
)
def test_g21_outputs_as_given(given: Any, outputs: tuple[str, ...]) -> None:
    """G21, E3: a string is one output, ``None`` is none, and ``""`` is not checked here."""
    assert FunctionNode(bare, output_name=given).outputs == outputs


def test_g21_signals_follow_the_data_outputs() -> None:
    """G21: in order."""
    declared = FunctionNode(bare, output_name=("b", "a"), emit=("z", "y"))
    assert declared.outputs == ("b", "a", "z", "y") and declared.data_outputs == ("b", "a")


def test_g22_inputs_are_all_parameters_in_order() -> None:
    """G22, E7: of every kind; variadic ones under their own names."""

    def f(a: int, /, b: int, *args: int, c: int = 3, **kw: int) -> int:
        return a + b + c

    declared = FunctionNode(f, output_name="y")
    assert declared.inputs == ("a", "b", "args", "c", "kw")
    assert [parameter.kind.name for _, parameter in declared.parameters] == [
        "POSITIONAL_ONLY",
        "POSITIONAL_OR_KEYWORD",
        "VAR_POSITIONAL",
        "KEYWORD_ONLY",
        "VAR_KEYWORD",
    ]


def test_g22_bound_methods_have_no_self() -> None:
    """G22: neither has a class method its class."""
    step = FunctionNode(Counter(5).step, output_name="n")
    assert (step.name, step.inputs, step(by=2)) == ("step", ("by",), 7)
    assert FunctionNode(Counter.fresh, output_name="c").inputs == ("start",)
    assert FunctionNode(Counter(1), "counter", "n").inputs == ("extra",)
    assert FunctionNode(Counter, output_name="c").inputs == ("start",)


def test_e6_a_function_without_parameters_has_no_inputs() -> None:
    """E6: ``inputs == ()``."""
    assert FunctionNode(lambda: 1, output_name="y").inputs == ()


@pytest.mark.parametrize("declare", [node, node(), node(output_name=None)])
def test_e1_an_unannotated_function_without_outputs_is_silent(
    declare: Callable[[Any], FunctionNode],
) -> None:
    """E1: outputs ``()`` and no warning, which would be an error here."""
    assert declare(bare).outputs == ()


def test_g24_a_dropped_return_value_is_warned_about_once() -> None:
    """G24, E2: naming the function and the remedy, and pointing at the function."""
    with pytest.warns(UserWarning) as caught:
        node(total)
    (warning,) = caught
    text = str(warning.message)
    assert "total" in text and "has return type float" in text and "output_name" in text
    assert (warning.filename, warning.lineno) == (__file__, total.__code__.co_firstlineno)


def test_g24_a_signal_alone_does_not_silence_it() -> None:
    """G24: ``emit`` is no output for the value."""
    with pytest.warns(UserWarning, match="has return type"):
        FunctionNode(total, emit="done")


def test_g24_no_warning_when_nothing_is_lost() -> None:
    """G24, E2: no annotation, ``None``, an unresolvable one, or any ``output_name``."""

    def nothing(x: int) -> None: ...

    def unresolvable(x: int) -> Missing: ...  # type: ignore[name-defined]  # noqa: F821

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        node(bare)
        node(nothing)
        node(unresolvable)
        node(total, "gross")
        node(total, ())
    assert caught == []


def test_g24_a_callable_of_unknown_origin_is_reported_at_the_declaration() -> None:
    """G24: without source to point at, the warning points at the user's own call."""
    counter: Any = Counter()
    counter.__annotations__ = {"return": int}
    with pytest.warns(UserWarning, match="has return type int") as caught:
        FunctionNode(counter, "counter")
    assert caught[0].filename == __file__


def plain() -> int:
    return 1


async def coroutine() -> int:
    return 1


def generator() -> Iterator[int]:
    yield 1


async def async_generator() -> AsyncIterator[int]:
    yield 1


@pytest.mark.parametrize(
    ("func", "flags"),
    [
        (plain, (False, False)),
        (coroutine, (True, False)),
        (generator, (False, True)),
        (async_generator, (True, True)),
    ],
)
def test_e24_the_four_kinds_of_functions(func: Any, flags: tuple[bool, bool]) -> None:
    """E24, G25: ``is_async`` and ``is_generator`` are real bools, also through a partial."""
    for declared in (
        FunctionNode(func, output_name="y"),
        FunctionNode(functools.partial(func), "partial", "y"),
    ):
        assert (declared.is_async, declared.is_generator) == flags
        assert type(declared.is_async) is bool and type(declared.is_generator) is bool


def test_e25_what_makes_a_generator() -> None:
    """E25, G25: a ``yield`` in the body, reached or not; not what the function returns."""

    def never() -> Iterator[int]:
        return
        yield

    def returns() -> Iterator[int]:
        return (number for number in (1, 2))

    def contains() -> Callable[[], Iterator[int]]:
        def inner() -> Iterator[int]:
            yield 1

        return inner

    def hands_over() -> Any:
        return coroutine()

    assert FunctionNode(never, output_name="y").is_generator
    assert not FunctionNode(returns, output_name="y").is_generator
    assert not FunctionNode(contains, output_name="y").is_generator
    assert not FunctionNode(hands_over, output_name="y").is_async


def test_g30_calling_a_node_calls_its_function() -> None:
    """G30: unchanged, whatever was renamed; coroutines and generators come out as such."""
    declared = node(output_name="gross", rename_inputs={"net": "x"})(total)
    assert declared(10.0, rate=0.0) == 10.0 == declared(net=10.0, rate=0.0)
    assert declared.func is total
    waiting = FunctionNode(coroutine, output_name="y")()
    assert inspect.iscoroutine(waiting)
    waiting.close()
    assert list(FunctionNode(generator, output_name="y")()) == [1]
    assert FunctionNode(lambda self: self, output_name="y")(self=3) == 3


def test_g31_repr_shows_the_function_only_when_it_is_called_otherwise() -> None:
    """G31, E29: after ``name=`` and after ``with_name`` alike."""
    declared = FunctionNode(total, output_name="gross", emit="done")
    assert repr(declared) == "FunctionNode(total, outputs=('gross', 'done'))"
    assert repr(declared.with_name("t")) == "FunctionNode(total as 't', outputs=('gross', 'done'))"
    assert repr(FunctionNode(total, "t", "g")) == "FunctionNode(total as 't', outputs=('g',))"
    assert repr(declared.with_name("t").with_name("total")) == repr(declared)
    assert repr(FunctionNode(Counter(), "c", "n")) == "FunctionNode(c, outputs=('n',))"


def test_e32_cache_and_hide_are_off_unless_asked_for() -> None:
    """E32: on function nodes; gates and interrupts have tests of their own."""
    plainly, asked = node(bare), node(bare, cache=True, hide=True)
    assert (plainly.cache, plainly.hide, asked.cache, asked.hide) == (False, False, True, True)


@pytest.mark.parametrize("given", ["out", 3, object()])
def test_a_node_needs_something_to_call(given: Any) -> None:
    """Passing the output name first is the usual slip."""
    refused(TypeError, lambda: node(given), "FunctionNode needs a function", repr(given))


def test_a_function_that_hides_its_parameters_is_refused() -> None:
    """Some built-ins have no signature; the remedy is a function around them."""
    refused(ValueError, lambda: node(dict, "d"), "parameters of <class 'dict'>")
