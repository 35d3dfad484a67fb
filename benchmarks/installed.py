"""How much is installed with a distribution: its own files and those of all it requires."""

from __future__ import annotations

import json
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement


def megabytes_of(name: str) -> float | None:
    """The files of a distribution and of what it requires; `None` if that cannot be known.

    A distribution that is installed in editable form does not say what its files are.
    """
    found = with_requirements(Requirement(name), {})
    if name not in found or _editable(found[name]):
        return None
    return sum(map(_bytes_of, found.values())) / 1e6


def with_requirements(
    wanted: Requirement, found: dict[str, Distribution]
) -> dict[str, Distribution]:
    """The distributions that are there because of this one, itself included."""
    try:
        here = distribution(wanted.name)
    except PackageNotFoundError:
        return found
    known = wanted.name in found
    found[wanted.name] = here
    for text in here.requires or ():
        inner = Requirement(text)
        if _holds(inner, wanted.extras) and not (known and inner.name in found):
            with_requirements(inner, found)
    return found


def _holds(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras})


def _bytes_of(installed: Distribution) -> int:
    files = [file.locate() for file in installed.files or ()]
    return sum(file.stat().st_size for file in files if file.is_file())  # type: ignore[attr-defined]


def _editable(installed: Distribution) -> bool:
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    return bool(origin.get("dir_info", {}).get("editable"))
