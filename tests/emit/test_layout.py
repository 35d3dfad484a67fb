"""Templates hold layout; what they print must be a fragment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import pytest

from hypergraph.compiler.emit.fragments import Code, Identifier, literal
from hypergraph.compiler.emit.layout import environment, render

TEMPLATES = sorted((Path(__file__).parents[2] / "templates").glob("*.j2"))


@pytest.mark.parametrize("value", ["import os", "", 1, None, True, b"x", ("x",)])
def test_a_template_refuses_to_print_anything_but_fragments(value: Any) -> None:
    template = environment().from_string("x = {{ value }}")
    with pytest.raises(TypeError, match="only fragments become code"):
        template.render(value=value)


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'x' }}",
        "{{ 7 * 7 }}",
        "{{ code ~ 'x' }}",
        "{{ [code, code] | join(', ') }}",
        "{{ code | string }}",
        "{{ code.text }}",
        "{% macro m() %}x{% endmacro %}{{ m() }}",
        "{% set made %}x{% endset %}{{ made }}",
    ],
)
def test_a_template_cannot_make_text_of_its_own_either(source: str) -> None:
    with pytest.raises(TypeError, match="only fragments become code"):
        environment().from_string(source).render(code=Code("x"))


def test_fragments_are_printed_as_they_are() -> None:
    template = environment().from_string("{{ name }} = {{ value }}  {{ remark }}\n")
    text = template.render(
        name=Identifier("x"), value=literal("{{ 7 * 7 }} <b>"), remark=Code("# {% raw %}")
    )
    assert text == "x = '{{ 7 * 7 }} <b>'  # {% raw %}\n"


def test_a_block_that_is_missing_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        environment().from_string("{% for line in lines %}{% endfor %}").render()
    with pytest.raises((jinja2.UndefinedError, TypeError)):
        environment().from_string("{{ line }}").render()
    with pytest.raises(jinja2.UndefinedError):
        render("module.py.j2")


def test_there_are_templates_and_they_decide_nothing() -> None:
    """Blocks and loops over blocks: no conditions, no filters, no calls, no assignments."""
    assert TEMPLATES
    for path in TEMPLATES:
        tree = environment().parse(path.read_text(encoding="utf-8"))
        kinds = {type(one) for one in tree.find_all(jinja2.nodes.Node)}
        assert kinds <= {
            jinja2.nodes.Output,
            jinja2.nodes.TemplateData,
            jinja2.nodes.Name,
            jinja2.nodes.For,
        }, path.name
