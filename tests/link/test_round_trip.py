"""The check that a file defines every name it uses: a failure is a mistake of ours and says so."""

from __future__ import annotations

import pytest

from hypergraph.compiler.link.inline.round_trip import check_names

GOOD = [
    "def f(x): return g(x)\ndef g(x): return [y for y in x]",
    "class A:\n    b = 1\n    c: A = b\n    def d(self) -> 'list[A]': return super().d()",
    "from __future__ import annotations\nTYPE_CHECKING = False\nif TYPE_CHECKING:\n"
    "    from typing import Any, Literal\n    T = Any\ndef f(x: T, y: Literal['no']) -> 'Any': ...",
    "import os.path\nfrom typing import Annotated\ndef f(x: Annotated[int, 'no'] = os.sep): ...",
    "def f():\n    global made\n    made = 1\nmade = 2",
    "for x in range(3): print(x, __name__)",
]
BAD = {
    "def f(x): return g(x)": "g",
    "def f(x=g): pass": "g",
    "from __future__ import annotations\ndef f(x: list[g]): pass": "g",
    "from __future__ import annotations\ndef f() -> 'list[g]': pass": "g",
    "class A(g): pass": "g",
    "TYPE_CHECKING = 0\nif TYPE_CHECKING:\n    from typing import Any\ndef f(): Any": "Any",
    "def f():\n    return lambda: [g for _ in ()]": "g",
}


@pytest.mark.parametrize("text", GOOD)
def test_files_that_define_their_names_pass(text: str) -> None:
    check_names(text, "program")


@pytest.mark.parametrize("text", BAD)
def test_a_name_that_nothing_defines_is_found(text: str) -> None:
    with pytest.raises(RuntimeError, match=rf"undefined: {BAD[text]}\b") as caught:
        check_names(text, "program")
    assert "[HG412]" in str(caught.value)
