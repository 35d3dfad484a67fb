"""The exceptions users meet; section 4 of the execution specification."""

from __future__ import annotations

from hypergraph.runtime.near import near_text, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class GraphConfigError(Exception):
    """A graph, or a call that runs one, is put together wrongly."""


class RenameError(Exception):
    """A rename names something that is not there, or makes two names one."""


class MissingInputError(Exception):
    """Required inputs of a run were not supplied (X31).

    >>> print(MissingInputError(["query"], ["qery"]))
    Missing required inputs: 'query'. Provided: 'qery'. Did you mean 'qery'?
    How to fix: pass them, or bind them: graph.bind(...) returns a new graph.
    """

    def __init__(
        self, missing: list[str], provided: list[str] | None = None, message: str | None = None
    ) -> None:
        self.missing, self.provided = missing, provided or []
        told = f" Provided: {quoted(provided)}.{near_text(missing, provided)}" if provided else ""
        told += "\nHow to fix: pass them, or bind them: graph.bind(...) returns a new graph."
        self.message = message or f"Missing required inputs: {quoted(missing)}.{told}"
        super().__init__(self.message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.missing, self.provided, self.message))


class InfiniteLoopError(Exception):
    """A loop was still not finished after its last allowed round (X67).

    >>> str(InfiniteLoopError(7))
    'The loop exceeded 7 iterations without finishing. Raise max_iterations, or let a gate end it.'
    """

    def __init__(self, max_iterations: int, message: str | None = None) -> None:
        self.max_iterations = max_iterations
        self.message = message or (
            f"The loop exceeded {max_iterations} iterations without finishing. "
            "Raise max_iterations, or let a gate end it."
        )
        super().__init__(self.message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.max_iterations, self.message))


class IncompatibleRunnerError(Exception):
    """The runner cannot execute something the graph contains (X20)."""

    def __init__(
        self, message: str, *, node_name: str | None = None, capability: str | None = None
    ) -> None:
        self.message = message
        self.node_name = node_name
        self.capability = capability
        super().__init__(message)


class ExecutionError(Exception):
    """Carries a failure together with the values that existed by then (X10)."""

    def __init__(self, cause: BaseException, partial_state: Any) -> None:
        super().__init__(str(cause))
        self.__cause__ = cause
        self.partial_state = partial_state
