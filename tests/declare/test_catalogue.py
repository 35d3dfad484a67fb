"""The catalogue of problems: one entry for each, found by its code."""

from __future__ import annotations

import re
import string

import pytest

from hypergraph.compiler.diagnostics import nodes
from hypergraph.compiler.diagnostics.catalogue import CATALOGUE, explain, render_markdown
from hypergraph.compiler.diagnostics.problems import Entry

entries = pytest.mark.parametrize("entry", CATALOGUE.values(), ids=list(CATALOGUE))


def test_every_entry_of_the_nodes_area_is_collected() -> None:
    """The catalogue scans the modules of its package."""
    declared = [value for value in vars(nodes).values() if isinstance(value, Entry)]
    assert len(declared) > 20
    for entry in declared:
        assert CATALOGUE[entry.code] is entry and entry.code.startswith("HG1")


def test_codes_are_in_order_and_belong_to_their_entries() -> None:
    """The catalogue reads like a list."""
    assert list(CATALOGUE) == sorted(CATALOGUE)
    assert all(entry.code == code for code, entry in CATALOGUE.items())


@entries
def test_an_entry_is_complete(entry: Entry) -> None:
    """A code, a name in kebab case, and something to read in every part."""
    assert re.fullmatch(r"HG\d{3}", entry.code) and re.fullmatch(
        r"[a-z0-9]+(-[a-z0-9]+)*", entry.name
    )
    assert entry.message and entry.why and entry.fix


@entries
def test_only_messages_are_templates(entry: Entry) -> None:
    """What is shown as it stands has no fields, and no word in their place."""
    for text in (entry.why, entry.fix):
        assert not re.search(r"\{\w+\}|\bNAMES?\b", text)


@entries
def test_an_entry_can_be_explained(entry: Entry) -> None:
    """Title, message with its facts in angle brackets, reason and remedy."""
    text = explain(entry.code)
    assert text.startswith(f"{entry.code}  {entry.name}\n")
    assert entry.why in text and entry.fix in text
    for _, field, _, _ in string.Formatter().parse(entry.message):
        assert field is None or f"<{field}>" in text


def test_an_unknown_code_is_a_key_error_with_the_nearest() -> None:
    """The message is readable and suggests a code."""
    with pytest.raises(KeyError) as caught:
        explain("hg101")
    assert "Did you mean 'HG101'?" in str(caught.value) and "\\" not in str(caught.value)
    with pytest.raises(KeyError) as caught:
        explain("?")
    assert "Did you mean" not in str(caught.value)


def test_the_page_has_a_section_for_every_entry() -> None:
    """One Markdown heading for each, in order."""
    page = render_markdown()
    headings = re.findall(r"^## (HG\d{3}) ", page, flags=re.MULTILINE)
    assert headings == list(CATALOGUE) and page.endswith("\n")
