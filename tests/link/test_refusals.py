"""What cannot be taken into a standalone file: refused with its place and the remedy."""

from __future__ import annotations

import functools
import importlib

import pytest

from hypergraph import node
from hypergraph.compiler.diagnostics import linking
from hypergraph.compiler.diagnostics.problems import Entry
from hypergraph.compiler.diagnostics.together import Finding
from hypergraph.compiler.link.inline.live import Wanted, function_root, object_root
from hypergraph.compiler.link.inline.owned import own_code
from tests.link.packages import Packages


def check(packages: Packages, entry: Entry, text: str, line: int, *facts: str) -> None:
    """A module's ``run`` is refused for this reason, pointing at that line."""
    packages.write(steps=text)
    error = packages.refused("steps:run")
    said = str(error)
    assert error.code == entry.code and entry.fix in said  # type: ignore[attr-defined]
    assert f"{packages.folder / 'steps.py'}:{line}" in said
    for fact in facts:
        assert fact in said


def check_root(found: Wanted | Finding, entry: Entry, *facts: str) -> None:
    """A function is refused for this reason."""
    assert isinstance(found, Finding) and found.entry is entry
    for fact in facts:
        assert fact in "\n".join(found.lines())


# Functions that are no definitions


def make(factor: int) -> object:
    def scaled(x: int) -> int:
        return x * factor

    return node(scaled, output_name="y")


def test_closures_are_refused() -> None:
    here = f"{__file__}:{make.__code__.co_firstlineno + 1}"
    found = function_root(make(2).func)  # type: ignore[attr-defined]
    check_root(found, linking.CLOSURE, "scaled", "uses factor of it", here)


def test_functions_made_in_functions_are_refused() -> None:
    def inner() -> None: ...

    check_root(function_root(inner), linking.CLOSURE, "inner", __file__)


def test_lambdas_are_refused() -> None:
    check_root(function_root(lambda x: x), linking.LAMBDA, __file__)


def test_functions_without_a_file_are_refused() -> None:
    space: dict[str, object] = {}
    exec("def made(x): return x", space)
    check_root(function_root(space["made"]), linking.NO_FILE, "made", "<string>")


class Model:
    def predict(self, x: int) -> int:
        return x

    @classmethod
    def load(cls) -> None: ...

    @staticmethod
    def plain() -> None: ...

    def __call__(self, x: int) -> int:
        return x


@pytest.mark.parametrize(
    ("func", "kind"),
    [
        (Model().predict, "a method bound to an object of class Model"),
        (Model.load, "a method bound to class Model"),
        (Model.plain, "defined inside class Model"),
        (Model(), "an object of class Model"),
        (functools.partial(make, 1), "a functools.partial object"),
    ],
)
def test_methods_and_callable_objects_are_refused(func: object, kind: str) -> None:
    check_root(function_root(func), linking.NOT_A_DEFINITION, kind)


def test_bound_objects_without_a_name_are_refused(packages: Packages) -> None:
    packages.write(app__models="MODEL = object()", app__steps="import app.models as models")
    steps = importlib.import_module("app.steps")
    own = own_code("app.steps")
    assert object_root(steps.models.MODEL, "model", "app.steps", own) == Wanted(
        "app.models", "MODEL"
    )
    found = object_root(Model(), "model", "app.steps", own)
    check_root(found, linking.UNNAMED_OBJECT, "'model'", "Model object")


# State of modules


@pytest.mark.parametrize(
    "change",
    [
        "TABLE[1] = x",
        "TABLE.append(x)",
        "TABLE[0] += x",
        "del TABLE[0]",
        "TABLE.size = 3",
        "(lambda: TABLE.clear())()",
        "[0 for TABLE[0] in (1,)]",
    ],
)
def test_module_state_that_functions_change_is_refused(packages: Packages, change: str) -> None:
    text = f"TABLE = []\ndef other(x):\n    {change}\ndef run(x): return TABLE"
    check(packages, linking.CHANGED_STATE, text, 3, "'TABLE'")


def test_names_that_functions_assign_are_refused(packages: Packages) -> None:
    text = "COUNT = 0\ndef run(x):\n    global COUNT\n    COUNT += 1\n    return COUNT"
    check(packages, linking.CHANGED_STATE, text, 4, "'COUNT'")


def test_state_that_another_module_changes_is_refused(packages: Packages) -> None:
    packages.write(
        app__state="LIMIT = 1\nNAMES = set()",
        app__steps="""
        from app import state
        def run(x): return state.LIMIT
        def read(x): return state.NAMES
        def later(x): state.LIMIT = x
        def also(x): state.NAMES.add(x)
        """,
    )
    for root, name in (("app.steps:run", "'LIMIT'"), ("app.steps:read", "'NAMES'")):
        error = packages.refused(root)
        assert "[HG424]" in str(error) and name in str(error)


def test_changes_of_locals_and_arguments_are_no_changes_of_state(packages: Packages) -> None:
    packages.write(steps="""
        TABLE = {}
        class Box:
            def __init__(self): self.size = 1
        def run(x):
            TABLE2 = dict(TABLE)
            TABLE2["x"] = x
            def inner(TABLE): TABLE[1] = 1
            inner(TABLE2)
            box = Box()
            box.size = 2
            return TABLE2
        """)
    assert packages.run("steps:run").run(1) == {"x": 1, 1: 1}


# Names


def test_star_imports_are_refused(packages: Packages) -> None:
    text = "from os.path import *\ndef run(x): return join(x, x)"
    check(packages, linking.STAR_IMPORT, text, 1, "'join'")


@pytest.mark.parametrize(
    "text",
    [
        "import sys\nif sys.platform:\n    def helper(x): return x\ndef run(x): return helper(x)",
        "import sys\ntry:\n    LIMIT = len(sys.argv)\nexcept KeyError:\n    LIMIT = 0\n"
        "def run(x): return LIMIT",
        "import sys\nfor LIMIT in range(3):\n    pass\ndef run(x): return LIMIT",
        "import sys\nwith open(__file__) as LIMIT:\n    pass\ndef run(x): return LIMIT",
    ],
)
def test_names_defined_under_a_condition_are_refused(packages: Packages, text: str) -> None:
    check(packages, linking.CONDITIONAL, text, 2)


@pytest.mark.parametrize(
    "text",
    [
        "LIMIT = 1\nLIMIT = 2\ndef run(x): return LIMIT",
        "LIMIT = 1\nLIMIT += 2\ndef run(x): return LIMIT",
        "def LIMIT(): pass\nLIMIT = str(LIMIT)\ndef run(x): return LIMIT",
        "LIMIT = 1\ndel LIMIT\ndef run(x): return LIMIT",
        "import json as LIMIT\nimport re as LIMIT\ndef run(x): return LIMIT",
        "LIMIT = LIMIT = 1\nLOW, (LIMIT, *HIGH) = 1, (2, 3)\ndef run(x): return LIMIT",
    ],
)
def test_names_assigned_more_than_once_are_refused(packages: Packages, text: str) -> None:
    check(packages, linking.REASSIGNED, text, 2, "'LIMIT'")


def test_a_local_name_that_is_imported_and_assigned_is_refused(packages: Packages) -> None:
    packages.write(
        app__text="def words(x): return x",
        app__steps="""
        def run(x):
            from app.text import words
            if x:
                words = None
            return words
        """,
    )
    assert "[HG428]" in str(packages.refused("app.steps:run"))


def test_a_local_name_that_imports_bring_from_several_places_is_refused(
    packages: Packages,
) -> None:
    packages.write(
        app__text="def words(x): return x\ndef lines(x): return x",
        app__steps="""
        def run(x):
            if x:
                from app.text import words as it
            else:
                from app.text import lines as it
            return it(x)
        """,
    )
    assert "[HG428]" in str(packages.refused("app.steps:run"))


def test_undefined_names_are_refused(packages: Packages) -> None:
    check(packages, linking.UNDEFINED, "def run(x):\n    return nowhere(x)", 2, "'nowhere'")


def test_source_that_changed_since_it_was_imported_is_refused(packages: Packages) -> None:
    packages.write(steps="def run(x): return helper(x)\ndef helper(x): return x")
    packages.link("steps:run")
    packages.write(steps="def run(x): return helper(x)\ndef helper(x): return -x")
    error = packages.refused("steps:run")
    assert "[HG429]" in str(error) and "'helper'" in str(error)
    packages.write(steps="")
    assert "[HG429]" in str(packages.refused("steps:run"))


# Modules and the library


def test_what_needs_the_library_is_refused(packages: Packages) -> None:
    packages.write(steps="""
        from hypergraph import Graph, SyncRunner, node

        @node(output_name="y")
        def double(x): return 2 * x
        inner = Graph([double], name="inner")

        def run(x): return SyncRunner().run(inner, x=x)
        def build(x): return Graph([double])
        def name(x): return double.name
        """)
    said = str(packages.refused("steps:run", "steps:build", "steps:name"))
    assert "[HG430]" in said and said.count("[HG430]") == 1
    for name in ("'inner' is a Graph", "'Graph' is", "'name' of a node"):
        assert name in said
    assert f"{packages.folder / 'steps.py'}:8" in said


def test_own_modules_as_objects_are_refused(packages: Packages) -> None:
    packages.write(
        app__text="def words(x): return x",
        app__steps="from app import text\ndef run(x):\n    return getattr(text, x)",
    )
    error = packages.refused("app.steps:run")
    assert "[HG431]" in str(error) and f"{packages.folder / 'app' / 'steps.py'}:3" in str(error)


@pytest.mark.parametrize("name", ["__file__", "__spec__", "globals()", "eval(x)", "exec('x')"])
def test_what_is_tied_to_its_module_is_refused(packages: Packages, name: str) -> None:
    check(packages, linking.TIED_TO_MODULE, f"def run(x):\n    return {name}", 2)


def test_evaluating_in_a_namespace_of_its_own_is_not_tied_to_anything(packages: Packages) -> None:
    packages.write(steps="def run(x): return eval('y + 1', {'y': x})")
    assert packages.run("steps:run").run(1) == 2


def test_annotations_that_are_read_as_objects_are_refused(packages: Packages) -> None:
    text = "class A:\n    x: int\ndef run(x):\n    return A.__annotations__['x'](x)"
    check(packages, linking.ANNOTATIONS_READ, text, 4, "'steps'")


def test_annotations_that_are_text_already_may_be_read(packages: Packages) -> None:
    packages.write(steps="""
        from __future__ import annotations
        class A:
            x: int
        def run(x): return type(x).__annotations__
        """)
    made = packages.run("steps:run", "steps:A")
    assert made.run(made.A()) == {"x": "int"}


def test_modules_without_source_are_refused(packages: Packages) -> None:
    packages.write(
        app__broken="raise ValueError('no')",
        app__steps="def run(x):\n    from app.broken import it\n    return it",
    )
    error = packages.refused("app.steps:run")
    assert "[HG434]" in str(error) and "ValueError: no" in str(error)


def test_unclear_decorators_are_refused(packages: Packages) -> None:
    text = """
    import functools
    from hypergraph import node

    def step(func): return node(func, output_name="y")
    def logged(func):
        @functools.wraps(func)
        def wrapper(*args): return func(*args)
        return wrapper

    @step
    def alone(x): return x

    @step
    @logged
    def run(x): return alone(x)
    """
    check(packages, linking.UNCLEAR_DECORATORS, text, 13, "'run'")
    assert packages.run("steps:alone").alone(1) == 1


def test_all_refusals_are_reported_together(packages: Packages) -> None:
    packages.write(steps="""
        from os.path import *
        TABLE = {}
        def fill(x): TABLE[x] = x
        def one(x): return TABLE, nowhere, __file__
        def two(x): return __file__, join(x)
        """)
    file = packages.folder / "steps.py"
    said = str(packages.refused("steps:two", "steps:one")).splitlines()
    assert [line for line in said if not line.startswith("How to fix")] == [
        "'TABLE' of module 'steps' is changed while the program runs",
        f"  changed at {file}:3",
        "'nowhere' may come from a star import of module 'steps'",
        f"  imported at {file}:1",
        f"  used at {file}:4",
        "'join' may come from a star import of module 'steps'",
        f"  imported at {file}:1",
        f"  used at {file}:5",
        "'__file__' means another thing in a standalone file",
        f"  used at {file}:4",
    ]
    codes = [line.rpartition("[")[2] for line in said if line.startswith("How to fix")]
    assert codes == ["HG424]", "HG425]", "HG432]"]
