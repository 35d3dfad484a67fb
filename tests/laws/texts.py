"""The text that a described graph is compiled to, without what only says where it came from."""

from __future__ import annotations

import ast
import io
import tokenize

from hypothesis import reject

from hypergraph.compiler.artifact import compile_graph
from hypergraph.compiler.diagnostics.artifacts import CompileError
from hypergraph.compiler.plan import Mode
from tests.differential.artifacts import module_of
from tests.differential.spec import GraphSpec

LAYOUT = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.COMMENT}


def entry_statements(spec: GraphSpec, mode: Mode = "sync") -> list[str]:
    """The statements of the program's entry as lines, without comments and ``return``."""
    with module_of(spec) as module:
        try:
            artifact = compile_graph(f"{module.__name__}:graph", mode=mode)
        except CompileError:
            reject()  # no call that a file holds could run it
    tree = ast.parse(artifact.text)
    functions = [
        item for item in tree.body if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    body = functions[-1].body
    assert isinstance(body[-1], ast.Return)
    return [ast.unparse(statement) for statement in body[:-1]]


def shape_of(statements: list[str]) -> list[str]:
    """The tokens of statements, with every name and string just as that."""
    words = tokenize.generate_tokens(io.StringIO("\n".join(statements) + "\n").readline)
    kinds = {tokenize.NAME: "name", tokenize.STRING: "string"}
    return [kinds.get(word.type, word.string) for word in words if word.type not in LAYOUT]
