"""One plan as one Python function: signature, supersteps, result."""

from __future__ import annotations

from hypergraph.compiler.emit.annotations import Typed
from hypergraph.compiler.emit.beside import write_supersteps
from hypergraph.compiler.emit.expressions import fallback_value
from hypergraph.compiler.emit.fragments import Code, Fragment, Literal, code, join, literal
from hypergraph.compiler.emit.naming import Names
from hypergraph.compiler.emit.scope import Scope, scope_of
from hypergraph.compiler.emit.writer import Writer
from hypergraph.compiler.plan import Input, Plan


def function_text(
    plan: Plan, functions: dict[str, Plan], names: dict[str, Names], typed: Typed | None = None
) -> Code:
    """The function of ``plan``, formatted as black would; with annotations, if there are any."""
    writer = Writer()
    scope = scope_of(plan, functions, names, writer)
    header = "async def {}({}){}:" if scope.is_async else "def {}({}){}:"
    result = Code("") if typed is None else code(" -> {}", typed.result)
    listed = join(", ", _parameters(scope, typed))
    with writer.block(header, scope.names.function(plan.key), listed, result):
        if typed is not None:
            scope.any_name = typed.any
            for name in typed.loose:
                writer.line("{}: {}", name, typed.any)
        _write_body(scope)
    return writer.text()


def _parameters(scope: Scope, typed: Typed | None) -> list[Fragment]:
    parameters: list[Fragment] = [scope.names.about("watch")] if scope.plan.watched else []
    parameters += [_parameter(scope, one, typed) for one in scope.plan.inputs]
    if any(True for _ in scope.plan.loops()):
        form = "*, {}=1000" if typed is None else "*, {}: int=1000"
        parameters.append(code(form, scope.names.about("limit")))
    return parameters


def _parameter(scope: Scope, one: Input, typed: Typed | None) -> Fragment:
    name: Fragment = scope.names.slot(one.slots[0])
    if typed is not None:
        name = code("{}: {}", name, typed.parameters[one.name])
    if one.default is None:
        return code("{}=ABSENT", name) if one.presence == "maybe" else name
    if is_plain_default(one):
        return code("{}={}", name, fallback_value(scope.names, one.default))
    return code("{}=ABSENT", name)


def is_plain_default(one: Input) -> bool:
    """Whether the default can stand in the signature: one object for all calls."""
    return one.default is not None and one.default.shared and not one.by_sentinel


def _write_body(scope: Scope) -> None:
    plan, write = scope.plan, scope.writer
    for message in plan.warnings:
        write.line("warn_caller({})", literal(message))
    if plan.refusal is not None:
        error = plan.refusal
        write.line(
            "raise {}", code(error.error + "({})", join(", ", map(literal, error.arguments)))
        )
        return
    for one in plan.inputs:
        _write_input(scope, one)
    write_supersteps(scope)
    _write_result(scope)


def _write_input(scope: Scope, one: Input) -> None:
    first = scope.names.slot(one.slots[0])
    scope.defined.update(one.slots)
    if one.default is not None and not is_plain_default(one):
        with scope.writer.block("if {} is ABSENT:", first):
            scope.writer.line("{} = {}", first, fallback_value(scope.names, one.default))
    for slot in one.slots[1:]:
        if slot in scope.used:
            scope.writer.line("{} = {}", scope.names.slot(slot), first)


def _write_result(scope: Scope) -> None:
    outputs = scope.plan.outputs
    scope.define_absent(slot for output in outputs for slot in output.slots)
    values: list[Fragment] = [scope.names.slot(output.slots[0]) for output in outputs]
    if scope.plan.key and len(values) == 1:
        scope.writer.line("return {}", values[0])
    elif len(values) == 1:
        scope.writer.line("return ({},)", values[0])
    elif values:
        scope.writer.line("return {}", join(", ", values))
    else:
        scope.writer.line("return {}", Literal("None" if scope.plan.key else "()"))
