"""How a file that stands alone is laid out."""

from __future__ import annotations

from pathlib import Path

from benchmarks.size import chain
from hypergraph.compiler.emit.checks import blackened
from tests.standalone.alone import linked, run_alone

ODD = """
from hypergraph import Graph, node

TABLE = [1,   2,
         3]   # by hand

@node( output_name = 'y' )
def f( x:int,
       table = TABLE ):
    'In quotes of their own.'
    return  x+sum( table )   # odd, but theirs

graph = Graph([f], name='g')
"""


def test_code_of_the_user_stays_as_it_was_written(tmp_path: Path) -> None:
    file = linked(tmp_path, ODD)
    text = file.read_text(encoding="utf-8")
    assert "TABLE = [1,   2,\n         3]   # by hand\n" in text
    written = ODD[ODD.index("def f(") : ODD.index("graph =")].strip()
    assert f"\n{written}\n" in text
    assert '"y": 7' in run_alone(file, "x=1", folder=tmp_path).stdout


def test_all_else_is_as_black_writes_it() -> None:
    text = chain()
    assert blackened(text, "chain") == text


def test_constants_of_the_runtime_that_belong_together_stand_together() -> None:
    assert '\nPOLICIES = ("ignore", "warn", "error")\nERROR_HANDLING = ("raise",' in chain()
