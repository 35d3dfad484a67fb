"""What a run hands back: its status, its outputs, and where it paused (X1 to X6).

Programs start by importing this module, so it loads neither ``typing`` nor ``dataclasses``.
"""

from __future__ import annotations

from enum import Enum

from hypergraph.runtime.sentinels import ABSENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import ItemsView, Iterable, Iterator, KeysView, ValuesView
    from typing import Any, ClassVar


class RunStatus(str, Enum):
    """How a run ended (X1).

    >>> RunStatus.COMPLETED == "completed"
    True
    """

    COMPLETED = "completed"
    FAILED = "failed"
    PAUSED = "paused"


class _Fields:
    """``__dataclass_fields__`` of a class written by hand, made when it is first asked for."""

    __slots__ = ("required", "optional", "made")

    def __init__(self, *required: str, **optional: Any) -> None:
        self.required = required
        self.optional = optional
        self.made: dict[str, Any] | None = None

    def __get__(self, instance: Any, owner: type) -> dict[str, Any]:
        if self.made is None:
            from dataclasses import field, make_dataclass

            fields: list[Any] = [(name, "Any") for name in self.required]
            fields += [(name, "Any", field(default=it)) for name, it in self.optional.items()]
            twin: Any = make_dataclass(owner.__name__, fields)
            self.made = twin.__dataclass_fields__
        return self.made


class PauseInfo:
    """Where a run paused, what it asks for, and how to answer (X6).

    ``node_name`` is the path of the interrupt with ``/`` between graph nodes and their insides.
    ``value`` is its first input and ``values`` all of them, if there are several;
    ``output_params`` likewise names all outputs, if there are several.

    >>> pause = PauseInfo("desk/legal/sign_off", "verdict", "draft 3")
    >>> pause.response_key
    'desk.legal.verdict'
    >>> pause.response_keys
    {'verdict': 'desk.legal.verdict'}
    """

    __slots__ = __match_args__ = ("node_name", "output_param", "value", "output_params", "values")
    __dataclass_fields__: ClassVar[Any] = _Fields(
        *__match_args__[:3], output_params=None, values=None
    )

    def __init__(
        self,
        node_name: str,
        output_param: str,
        value: Any,
        output_params: tuple[str, ...] | None = None,
        values: dict[str, Any] | None = None,
    ) -> None:
        self.node_name = node_name
        self.output_param = output_param
        self.value = value
        self.output_params = output_params
        self.values = values

    @property
    def response_key(self) -> str:
        """The name under which the answer to the first output is passed to the resuming run."""
        return self._key_of(self.output_param)

    @property
    def response_keys(self) -> dict[str, str]:
        """For every output, the name under which its answer is passed to the resuming run."""
        outputs = self.output_params if self.output_params is not None else (self.output_param,)
        return {output: self._key_of(output) for output in outputs}

    def _key_of(self, output: str) -> str:
        return ".".join([*self.node_name.split("/")[:-1], output])

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return _field_values(self) == _field_values(other)

    def __getstate__(self) -> tuple[None, dict[str, Any]]:
        return _slot_state(self)

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__name__}({', '.join(shown)})"


class Values(dict):  # type: ignore[type-arg]
    """The outputs of a run by name, in result order; calling it gives the bare values (X2).

    >>> values = Values(total=3)
    >>> values["total"], list(values())
    (3, [3])
    """

    __slots__ = ()

    def __call__(self) -> ValuesView[Any]:
        """The output values, as ``dict.values`` gives them."""
        return self.values()


class Layout:
    """Where in a program's tuple of output cells the selected outputs stand.

    ``cells`` names the cells; ``names`` are the selected ones in result order, all by default.

    >>> Layout(("a", "b", "c"), ("c", "a")).index
    {'c': 2, 'a': 0}
    """

    __slots__ = ("names", "index")

    def __init__(self, cells: tuple[str, ...], names: tuple[str, ...] | None = None) -> None:
        self.names = cells if names is None else names
        self.index = {name: cells.index(name) for name in self.names}


class RunResult:
    """The outcome of one run: outputs by name, and how it ended (X2 to X5).

    A result of a completed run keeps the tuple its program returned. What else belongs to it,
    the dict of outputs included, is made when it is first asked for.

    >>> result = RunResult({"total": 3}, RunStatus.COMPLETED)
    >>> result["total"], "tax" in result, result.get("tax", 0)
    (3, False, 0)
    >>> result.values, list(result.values())
    ({'total': 3}, [3])
    """

    __slots__ = (
        "_cells",
        "_layout",
        "_values",
        "error",
        "pause",
        "run_id",
        "status",
        "workflow_id",
    )
    __match_args__ = ("values", "status", "run_id", "workflow_id", "error", "pause")
    __dataclass_fields__: ClassVar[Any] = _Fields(
        *__match_args__[:2], run_id=None, workflow_id=None, error=None, pause=None
    )

    _cells: tuple[Any, ...] | None
    _layout: Layout
    _values: Values
    status: RunStatus
    run_id: str
    workflow_id: str | None
    error: BaseException | None
    pause: PauseInfo | None

    def __init__(
        self,
        values: dict[str, Any],
        status: RunStatus,
        run_id: str | None = None,
        workflow_id: str | None = None,
        error: BaseException | None = None,
        pause: PauseInfo | None = None,
    ) -> None:
        self.values = values
        self.status = status
        self.run_id = new_run_id() if run_id is None else run_id
        self.workflow_id = workflow_id
        self.error = error
        self.pause = pause

    def __getattr__(self, name: str) -> Any:
        value: Any
        if name == "run_id":
            value = new_run_id()
        elif name == "status":
            value = RunStatus.COMPLETED
        elif name in ("workflow_id", "error", "pause"):
            value = None
        else:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        setattr(self, name, value)
        return value

    @property
    def values(self) -> Values:
        """The outputs by name: a dict, which may also be called for the bare values."""
        cells = self._cells
        if cells is not None:
            # From here on the dict is the truth: its owner may change it.
            found = {name: cells[place] for name, place in self._layout.index.items()}
            self.values = {name: value for name, value in found.items() if value is not ABSENT}
        return self._values

    @values.setter
    def values(self, values: dict[str, Any]) -> None:
        self._values = values if isinstance(values, Values) else Values(values)
        self._cells = None

    @property
    def paused(self) -> bool:
        """Whether the run waits for an answer."""
        return self.status == RunStatus.PAUSED

    @property
    def completed(self) -> bool:
        """Whether the run came to its end."""
        return self.status == RunStatus.COMPLETED

    def __getitem__(self, name: str) -> Any:
        cells = self._cells
        if cells is None:
            return self._values[name]
        value = cells[self._layout.index[name]]
        if value is ABSENT:
            raise KeyError(name)
        return value

    def __contains__(self, name: object) -> bool:
        cells = self._cells
        if cells is None:
            return name in self._values
        place = self._layout.index.get(name)  # type: ignore[call-overload]
        return place is not None and cells[place] is not ABSENT

    def get(self, name: str, default: Any = None) -> Any:
        """The output ``name``, or ``default`` if the run did not produce it."""
        try:
            return self[name]
        except KeyError:
            return default

    def keys(self) -> KeysView[str]:
        """The names of the outputs that were produced, in result order."""
        return self.values.keys()

    def items(self) -> ItemsView[str, Any]:
        """The outputs that were produced, as pairs of name and value, in result order."""
        return self.values.items()

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return _field_values(self) == _field_values(other)

    def __getstate__(self) -> tuple[None, dict[str, Any]]:
        return _slot_state(self)

    def __repr__(self) -> str:
        from hypergraph.runtime.compact import result_text

        return result_text(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text("RunResult(...)" if cycle else repr(self))


def completed(
    cells: tuple[Any, ...],
    layout: Layout,
    blank: Any = RunResult.__new__,
    kind: Any = RunResult,
) -> RunResult:
    """The result of a completed run, made of nothing but what its program returned.

    The last two parameters are there to be found faster than globals are; pass none of them.

    >>> completed((1, ABSENT), Layout(("a", "b")))["a"]
    1
    """
    result: RunResult = blank(kind)
    result._cells = cells
    result._layout = layout
    return result


def all_completed(outcomes: Iterable[tuple[Any, ...]], layout: Layout) -> list[RunResult]:
    """What ``completed`` makes of each of them, without a call for each.

    >>> [result["a"] for result in all_completed([(1,), (2,)], Layout(("a",)))]
    [1, 2]
    """
    blank, results = RunResult.__new__, []
    for cells in outcomes:
        result: RunResult = blank(RunResult)
        result._cells = cells
        result._layout = layout
        results.append(result)
    return results


def new_run_id() -> str:
    """A fresh identity for a run: ``run-`` and twelve hex digits."""
    from os import urandom

    return f"run-{urandom(6).hex()}"


def _field_values(record: Any) -> tuple[Any, ...]:
    return tuple([getattr(record, name) for name in record.__match_args__])


def _slot_state(record: Any) -> tuple[None, dict[str, Any]]:
    # What pickle and copy set attribute by attribute; a result's cells are not part of it.
    return None, {name: getattr(record, name) for name in record.__match_args__}
