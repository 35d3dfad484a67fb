"""What is found when a case is run by the reference and by other engines."""

from __future__ import annotations

from .agreement import differences, kind_of
from .engines import Engine, reference
from .paste import report
from .reduction import reduced
from .source import is_valid
from .spec import Case


def departures(case: Case, engine: Engine) -> list[str]:
    """Where an engine departs from the reference."""
    expected = reference(case, engine)
    try:
        actual = engine.observe(case)
    except Exception as error:
        return [f"engine: {type(error).__name__}: {error}"]
    return differences(expected, actual, ordered=not engine.concurrent, told=engine.told)


def disagreement(case: Case, engine: Engine) -> str:
    """What a person needs to see when an engine departs from the reference, as small as it gets."""
    kind = kind_of(departures(case, engine))
    if not kind:
        return ""

    def goes_wrong_alike(smaller: Case) -> bool:
        return is_valid(smaller.graph) and kind_of(departures(smaller, engine)) == kind

    smallest = reduced(case, goes_wrong_alike)
    lines = "\n".join(departures(smallest, engine))
    return f"{engine.name}:\n{lines}\n\n{report(smallest)}"


def disagreements(case: Case, engines: tuple[Engine, ...]) -> str:
    """The same for several engines."""
    return "\n".join(filter(None, (disagreement(case, engine) for engine in engines)))
