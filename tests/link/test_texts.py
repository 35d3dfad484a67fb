"""The text of what is inlined: the user's own, however it is laid out."""

from __future__ import annotations

import importlib

import pytest

from tests.link.packages import Packages

ODD = {
    "tabs": "def run(x):\n\tif x:\n\t\treturn 1\n\treturn 2\n",
    "two spaces": "def run(x):\n  if x:\n    return 1\n  return 2\n",
    "one line": "def run(x): return 1 if x else 2\n",
    "no last line end": "def run(x): return 1 if x else 2",
    "continued lines": "def run(\n    x,\n):\n    return \\\n        1 if x else \\\n        2\n",
    "form feed": "\x0cdef run(x): return 1 if x else 2\n",
    "line ends of Windows": "def run(x):\r\n    return 1 if x else 2\r\n",
    "a mark of the byte order": "\ufeffdef run(x): return 1 if x else 2\n",
    "another encoding": "# -*- coding: latin-1 -*-\ndef run(x, \xe9=2): return 1 if x else \xe9\n",
    "small statements": "import re; A = 1; B = 2\ndef run(x): return A if x else B; import os\n",
    "comment in a string": 'A = """\n# no comment"""\ndef run(x): return 1 if x else 2\n',
    "odd separators": "A = '\u2028\x1c'\ndef run(x): return 1 if x else 2 * len('\x0b')\n",
}


@pytest.mark.parametrize("kind", ODD)
def test_any_layout_and_encoding_is_read(packages: Packages, kind: str) -> None:
    encoding = "latin-1" if "latin-1" in ODD[kind] else "utf-8"
    (packages.folder / "steps.py").write_bytes(ODD[kind].encode(encoding))
    made = packages.run("steps:run")
    assert (made.run(1), made.run(0)) == (1, 2)


def test_a_line_of_several_statements_stays_one(packages: Packages) -> None:
    packages.write(steps="import re; A = re.escape('a'); B = A\ndef run(): return B")
    inlined = packages.link("steps:run", taken=["A"])
    assert inlined.imports == ("import re",)
    assert inlined.blocks[0].text == "StepsA = re.escape('a'); B = StepsA"
    assert inlined.blocks[0].names == ("StepsA", "B")


def test_line_ends_do_not_show_in_the_text(packages: Packages) -> None:
    texts = []
    for end in ("\n", "\r\n"):
        source = 'def run(x):\n    """Two\n    lines."""\n\n    return x\n'.replace("\n", end)
        (packages.folder / f"steps_{len(end)}.py").write_bytes(source.encode())
        texts.append(packages.link(f"steps_{len(end)}:run").blocks[0].text)
    assert texts[0] == texts[1] == 'def run(x):\n    """Two\n    lines."""\n\n    return x'


def test_places_are_relative_and_the_same_in_every_checkout(packages: Packages) -> None:
    packages.write(app__init="def top(): pass", app__steps="\n\ndef run(): pass")
    places = [block.place for block in packages.link("app:top", "app.steps:run").blocks]
    assert places == ["app/__init__.py:1", "app/steps.py:1"]


HOSTILE = ['"""', "'''", "\\", "\\N{BELL}", "# Code generated", "\u202e", "{% raw %}", "import os"]


@pytest.mark.parametrize("payload", HOSTILE)
def test_comments_and_strings_are_carried_over_as_they_are(
    packages: Packages, payload: str
) -> None:
    packages.write(
        steps=f"SAID = {payload!r}  # {payload}\n# {payload}\ndef run(): return SAID  # {payload}\n"
    )
    text = packages.text("steps:run")
    assert text.count(payload) >= 3
    assert packages.run("steps:run").run() == payload


def test_the_text_is_the_same_whatever_was_imported_first(packages: Packages) -> None:
    packages.write(
        app__a="def helper(): return 1\ndef one(): return helper()",
        app__b="from app import a\ndef helper(): return 2\ndef two(): return helper(), a.one()",
    )
    importlib.import_module("app.b")
    first = packages.text("app.b:two", "app.a:one")
    assert packages.text("app.a:one", "app.b:two") == first
