"""Names that several modules use for different things: renamed by scope, never by text."""

from __future__ import annotations

from tests.link.packages import Packages, names_in


def test_two_modules_may_have_helpers_of_one_name(packages: Packages) -> None:
    packages.write(
        app__left="""
        SIZE = 1
        def _clean(text): return text.strip()
        class Box: pass
        def left(text): return _clean(text), SIZE, Box
        """,
        app__right="""
        SIZE = 2
        def _clean(text): return text.upper()
        class Box: pass
        def right(text): return _clean(text), SIZE, Box
        """,
    )
    made = packages.run("app.left:left", "app.right:right")
    assert made.left(" a ") == ("a", 1, made.Box)
    assert made.right(" a ") == (" A ", 2, made.RightBox)
    inlined = packages.link("app.left:left", "app.right:right")
    assert {"_clean", "_right_clean", "SIZE", "RIGHT_SIZE"} <= set(names_in(inlined))


def test_which_one_is_renamed_does_not_depend_on_who_is_asked_for(packages: Packages) -> None:
    packages.write(
        app__left="def helper(): return 'left'\ndef left(): return helper()",
        app__right="def helper(): return 'right'\ndef right(): return helper()",
    )
    one = packages.link("app.left:left", "app.right:right")
    other = packages.link("app.right:right", "app.left:left")
    assert one == other


def test_the_program_decides_what_its_own_names_are(packages: Packages) -> None:
    packages.write(steps="""
        import json
        def load(text): return json.loads(text)
        def program(text): return [load(text), measure(text)]
        def measure(text): return len(text)
        """)
    inlined = packages.link("steps:load=json", "steps:measure=measure_node", taken=["program"])
    assert inlined.imports == ("import json as json_module",)
    made = packages.run("steps:program=first_step", "steps:load=json", taken=["program"])
    assert made.first_step("[1]") == [[1], 3]


def test_builtins_keep_their_meaning(packages: Packages) -> None:
    packages.write(
        app__own="def filter(words): return sorted(words)\ndef first(words): return filter(words)",
        app__other="def second(words): return list(filter(None, words))",
    )
    made = packages.run("app.own:first", "app.other:second")
    assert made.first(["b", "a"]) == ["a", "b"] and made.second(["", "a"]) == ["a"]
    assert made.own_filter is not filter


def test_only_uses_of_the_renamed_thing_change(packages: Packages) -> None:
    """Parameters, locals, keywords, attributes, comprehensions and strings are left as they are."""
    packages.write(
        app__a="def size(): return 'a'\ndef one(): return size()",
        app__steps="""
        def size(x=1): return x

        class Box:
            size = 5
            def read(self): return self.size, size(7)

        def shadowing(size): return size

        def local():
            size = 3
            return size

        def comprehended(): return [size for size in range(2)] + [size(9)]

        def keyword(): return dict(size=size(2), **{"size_": size.__name__})

        def deeper():
            def inner(): return size(4)
            return (lambda size: size)(1), inner()

        def text(): return f"size {size(1)} {size(2)!r:>4} {Box.size=}"

        def looped(size=size): return size(8)

        def matched(value):
            match value:
                case {"size": size}: return size
                case [size, *_]: return size
                case Box(size=found): return found
            return None

        def handled():
            try:
                raise ValueError(3)
            except ValueError as size:
                return size.args

        def assigned(): return (size := 4) + size
        """,
    )
    names = "shadowing local comprehended keyword deeper text looped matched handled assigned Box"
    made = packages.run("app.a:one", *(f"app.steps:{name}" for name in names.split()))
    assert made.one() == "a"
    assert made.Box().read() == (5, 7)
    assert (made.shadowing(3), made.local(), made.comprehended()) == (3, 3, [0, 1, 9])
    assert made.keyword() == {"size": 2, "size_": "steps_size"}
    assert made.deeper() == (1, 4)
    assert made.text() == "size 1    2 Box.size=5"
    assert made.looped() == 8
    assert made.matched({"size": 1}) == 1 and made.matched([2]) == 2
    assert made.matched(made.Box()) == 5 and made.matched(0) is None
    assert made.handled() == (3,) and made.assigned() == 8


def test_class_bodies_look_names_up_in_order(packages: Packages) -> None:
    packages.write(
        app__a="def size(): return 'a'\ndef one(): return size()",
        app__steps="""
        def size(): return 1

        class Box:
            before = size()
            size = size
            after = size
            listed = [size() for _ in range(2)]
        """,
    )
    made = packages.run("app.a:one", "app.steps:Box")
    assert (made.Box.before, made.Box.after(), made.Box.listed) == (1, 1, [1, 1])
    assert made.Box.size is made.steps_size


def test_expressions_that_show_themselves_still_say_the_same(packages: Packages) -> None:
    packages.write(
        app__a="def size(): return 'a'\nLIMIT = 1\ndef one(): return size(), LIMIT",
        app__steps="""
        LIMIT = 2.5
        def shown(): return f"{LIMIT=} {LIMIT = :.3f} {LIMIT=!s} {'a' if LIMIT else {}=}"
        """,
    )
    expected = "LIMIT=2.5 LIMIT = 2.500 LIMIT=2.5 'a' if LIMIT else {}='a'"
    assert packages.run("app.a:one", "app.steps:shown").shown() == expected


def test_a_name_that_a_local_variable_would_hide_is_not_given(packages: Packages) -> None:
    packages.write(
        app__text="def words(text): return text.split()",
        app__steps="""
        from app import text as reading

        def count(words):
            return len(reading.words(words))

        def lazily(words):
            from app.text import words as split
            return split(words)
        """,
    )
    made = packages.run("app.steps:count", "app.steps:lazily")
    assert made.count("a b") == 2 and made.lazily("a b") == ["a", "b"]


def test_names_that_the_program_chose_have_others_where_a_variable_hides_them(
    packages: Packages,
) -> None:
    packages.write(
        app__text="""
        def words(text): return text.split()
        def twice(text): return words(text) * 2
        """,
        app__again="from app.text import words",
        app__steps="""
        import math
        from app import text

        def count(words): return len(text.words(words)), [text.twice(words) for words in "ab"]
        def root(sqrt): return math.sqrt(sqrt)
        """,
    )
    roots = ["app.text:words", "app.text:twice", "app.steps:count", "app.steps:root"]
    texts = {block.name: block.text for block in packages.link(*roots).blocks}
    assert texts["text_words"] == "text_words = words"
    assert "return len(text_words(words)), [twice(words)" in texts["count"]
    made = packages.run(*roots, "app.again:words=also_words")
    assert made.count("a b") == (2, [["a", "a"], ["b", "b"]]) and made.root(4) == 2
    assert made.also_words is made.words


def test_private_names_in_classes_are_those_of_the_class(packages: Packages) -> None:
    packages.write(
        app__a="def make(): return 'a'\ndef one(): return make()",
        app__steps="""
        def make(): return 2
        class Box:
            __size = 1
            def read(self): return self.__size, make()
        """,
    )
    assert packages.run("app.a:one", "app.steps:Box").Box().read() == (1, 2)


def test_names_are_those_that_python_makes_of_them(packages: Packages) -> None:
    """Identifiers that look different may be one name (NFKC)."""
    packages.write(
        app__a="def ﬁnd(x): return x\ndef one(x): return find(x)",
        app__steps="def find(x): return -x\ndef two(x): return ﬁnd(x)",
    )
    made = packages.run("app.a:one", "app.steps:two")
    assert (made.one(1), made.two(1)) == (1, -1)


def test_forward_references_in_strings_are_renamed_as_well(packages: Packages) -> None:
    packages.write(
        app__a="class Box: pass\ndef one(box: Box): return box",
        app__steps="""
        from typing import Annotated, Literal, cast

        class Box: pass

        def two(box: "list[Box] | None", kind: Literal["Box"], tag: Annotated["Box", "Box"]):
            return cast("Box", box)
        """,
    )
    inlined = packages.link("app.a:one", "app.steps:two")
    assert inlined.blocks[-1].text.splitlines() == [
        'def two(box: "list[StepsBox] | None", kind: Literal["Box"], '
        'tag: Annotated["StepsBox", "Box"]):',
        '    return cast("StepsBox", box)',
    ]
