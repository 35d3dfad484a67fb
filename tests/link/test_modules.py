"""Imports: those of the user's own modules dissolve, all others stay, sorted and merged."""

from __future__ import annotations

from importlib import metadata

from tests.link.packages import Packages, names_in


def test_own_modules_dissolve_however_they_are_imported(packages: Packages) -> None:
    packages.write(
        app__deep__text="def words(text): return text.split()\nSEP = '-'",
        app__tools="from .deep.text import words as split\nfrom .deep import text",
        app__steps="""
        import app.deep.text
        import app.deep.text as reading
        from . import tools
        from .deep import text
        from .deep.text import words as plain
        from .tools import split
        from app.tools import text as again

        def all_of_them(it):
            return [
                app.deep.text.words(it), reading.words(it), tools.split(it), tools.text.words(it),
                text.words(it), plain(it), split(it), again.SEP.join(plain(it)),
            ]
        """,
    )
    inlined = packages.link("app.steps:all_of_them")
    assert inlined.imports == () and names_in(inlined) == ["words", "SEP", "all_of_them"]
    assert packages.run("app.steps:all_of_them").all_of_them("a b") == [["a", "b"]] * 7 + ["a-b"]


def test_imports_inside_functions_dissolve_where_they_bring_own_names(packages: Packages) -> None:
    packages.write(
        app__text="def words(text): return text.split()\ndef lines(text): return [text]",
        app__steps="""
        def count(it):
            from app.text import words

            return len(words(it))

        def several(it):
            import json, app.text
            from app.text import words as split, lines

            def inner(): return split(it), lines(it), app.text.words(it)
            return json.dumps(inner())

        def nothing(it):
            if it:
                from app.text import words
        """,
    )
    texts = {
        block.name: block.text
        for block in packages.link(
            "app.steps:count", "app.steps:several", "app.steps:nothing"
        ).blocks
    }
    assert texts["count"] == "def count(it):\n    return len(words(it))"
    assert texts["several"].splitlines()[1:3] == [
        "    import json",
        "",
    ]
    assert texts["nothing"].endswith("if it:\n        pass")
    made = packages.run("app.steps:count", "app.steps:several", "app.steps:nothing")
    assert made.several("a b") == '[["a", "b"], ["a b"], ["a", "b"]]' and made.nothing(1) is None


def test_other_imports_stay_sorted_and_merged(packages: Packages) -> None:
    packages.write(
        app__a="""
        import os.path
        import json as js
        from collections import OrderedDict, defaultdict as dd
        def one(): return os.path.join("a", "b"), js.dumps(1), OrderedDict(), dd(int)
        """,
        app__b="""
        import os
        import json
        from collections import deque
        def two(): return os.sep, json.dumps(2), deque()
        """,
    )
    inlined = packages.link("app.a:one", "app.b:two")
    assert inlined.imports == (
        "import json",
        "import json as js",
        "import os",
        "import os.path",
        "from collections import OrderedDict, defaultdict as dd, deque",
    )
    assert packages.run("app.a:one", "app.b:two").two()[1] == "2"


def test_imports_that_clash_are_renamed(packages: Packages) -> None:
    packages.write(
        app__a="from json import dumps\nimport os.path as path\ndef one(x): return dumps(x), path",
        app__b="from pickle import dumps\nfrom sys import path\ndef two(x): return dumps(x), path",
        app__c="import os.path\nimport xml.dom\ndef three(): return os.path.sep, xml.dom.Node",
    )
    inlined = packages.link("app.a:one", "app.b:two", "app.c:three=os")
    assert inlined.imports == (
        "import os as os_module",
        "import os.path as os_path",
        "import os.path as path",
        "import xml.dom",
        "from json import dumps",
        "from pickle import dumps as pickle_dumps",
        "from sys import path as sys_path",
    )
    made = packages.run("app.a:one", "app.b:two", "app.c:three=os")
    assert made.one(1)[0] == "1" and made.two(1)[0][:1] == b"\x80" and made.os()[0] == "/"


def test_packages_that_must_be_installed_are_named_with_their_versions(packages: Packages) -> None:
    packages.write(steps="""
        import re
        import networkx as nx
        from click import echo
        import mypy.api

        def typed(x: mypy.api.run): return x

        def draw(edges):
            try:
                import black, not_installed_anywhere
            except ImportError:
                pass
            echo(re.escape("a"))
            return nx.DiGraph(edges)
        """)
    assert packages.link("steps:typed").requires == ()
    assert packages.link("steps:draw").requires == (
        ("black", metadata.version("black")),
        ("click", metadata.version("click")),
        ("networkx", metadata.version("networkx")),
    )


def test_what_is_inlined_can_be_chosen(packages: Packages) -> None:
    packages.write(
        vendored__api="def call(x): return x",
        vendored__deep__api="def call(x): return -x",
        steps="""
        import vendored.deep.api
        from vendored.api import call
        def run(x): return call(x), vendored.deep.api.call(x)
        """,
    )
    assert packages.link("steps:run").imports == ()
    kept = packages.link("steps:run", kept=["vendored"])
    assert kept.imports == ("import vendored.deep.api", "from vendored.api import call")
    packages.write(vendored__inside="""
        def run(x):
            from . import api
            from .deep import api as deeper
            from .deep.api import call
            return api.call(x), deeper.call(x), call(x)
        """)
    made = packages.run("vendored.inside:run", kept=["vendored.api", "vendored.deep"])
    assert made.run(1) == (1, -1, -1)
    partly = packages.link("steps:run", kept=["vendored.deep"])
    assert partly.imports == ("import vendored.deep.api as api",)
    assert packages.run("steps:run", kept=["vendored.deep"]).run(1) == (1, -1)


def test_an_installed_package_can_be_inlined(packages: Packages) -> None:
    packages.write(steps="from textwrap import dedent\ndef run(x): return dedent(x)")
    inlined = packages.link("steps:run", inlined=["textwrap"])
    assert inlined.imports == ("import re",) and "dedent" in names_in(inlined)
    assert packages.run("steps:run", inlined=["textwrap"]).run("  a") == "a"


def test_a_choice_of_imports_stays_whole(packages: Packages) -> None:
    packages.write(steps="""
        import sys

        try:
            import not_installed_anywhere as fast
        except ImportError:
            import json as fast

        if sys.version_info >= (3, 9):
            from functools import cache
        else:
            cache = None

        def dump(x): return fast.dumps(x), cache
        """)
    inlined = packages.link("steps:dump")
    assert inlined.imports == ("import sys",) and names_in(inlined) == ["fast", "cache", "dump"]
    assert packages.run("steps:dump").dump(1)[0] == "1"
    renamed = packages.run("steps:dump", taken=["fast"])
    assert renamed.dump(1)[0] == "1" and not hasattr(renamed, "fast")


def test_names_of_the_library_that_programs_have_are_inlined(packages: Packages) -> None:
    packages.write(steps="""
        import hypergraph as hg
        from hypergraph import END
        def decide(x): return END if x else hg.END
        """)
    inlined = packages.link("steps:decide")
    assert inlined.imports == () and names_in(inlined)[-2:] == ["END", "decide"]


def test_the_name_of_a_module_stays_what_it_was(packages: Packages) -> None:
    packages.write(app__steps="""
        import logging
        logger = logging.getLogger(__name__)
        def name(): return logger.name, f"in {__name__}", f'in {__name__}'
        """)
    assert packages.run("app.steps:name").name() == ("app.steps", "in app.steps", "in app.steps")
