"""Drawings as a page that needs nothing but a browser."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hypergraph.compiler.declare.diagram import Arrow, Diagram
from hypergraph.compiler.declare.layout import HEIGHT, Layout, Placed, laid_out
from hypergraph.compiler.declare.mermaid import mermaid_text
from hypergraph.compiler.diagnostics import graphs as catalogue
from hypergraph.compiler.diagnostics.problems import closest, problem

THEMES = ("auto", "light", "dark")
LIGHT = "svg.graph{--ink:#222;--paper:#fff;--soft:#f3f4f6}"
DARK = "svg.graph{--ink:#e5e7eb;--paper:#111827;--soft:#1f2937}"
STYLE = """
svg.graph{background:var(--paper);font:13px ui-monospace,monospace}
.graph text{fill:var(--ink);text-anchor:middle;dominant-baseline:middle}
.graph .label{font-size:11px;paint-order:stroke;stroke:var(--paper);stroke-width:4px}
.graph .box{fill:var(--soft);stroke:var(--ink)}
.graph .line{fill:none;stroke:var(--ink)}
.graph .control{stroke-width:2.5px}
.graph .ordering{stroke-dasharray:5 4}
.graph .tip{fill:var(--ink)}
"""
TIP = (
    '<marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerUnits="userSpaceOnUse" '
    'markerWidth="9" markerHeight="9" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker>'
)


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG and as Mermaid text; a notebook shows it."""

    title: str
    svg: str
    mermaid: str

    @property
    def page(self) -> str:
        """A complete HTML page."""
        return (
            f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            f"<title>{shown(self.title)}</title></head>\n<body>\n{self.svg}\n"
            f"<details><summary>Mermaid</summary><pre>{html.escape(self.mermaid)}</pre></details>\n"
            "</body></html>\n"
        )

    def save(self, path: str | Path) -> None:
        """Write the page, or what the suffix asks for: ``.svg``, or ``.mmd`` for Mermaid text."""
        texts = {".svg": self.svg, ".mmd": self.mermaid}
        target = Path(path)
        target.write_text(texts.get(target.suffix, self.page), encoding="utf-8")

    def _repr_html_(self) -> str:
        return self.svg


def shown(text: str) -> str:
    """``text`` as content of an element; what cannot be printed becomes a blank.

    >>> shown("<b>\\x00")
    '&lt;b&gt; '
    """
    return html.escape("".join(c if c.isprintable() else " " for c in text))


def picture_of(diagram: Diagram, title: str, theme: str = "auto") -> Picture:
    """The picture of ``diagram``. Raises ``ValueError`` for an unknown theme."""
    if theme not in THEMES:
        near = closest(str(theme), THEMES)
        raise problem(ValueError, catalogue.UNKNOWN_THEME, near=near, value=repr(theme))
    return Picture(title, _svg(laid_out(diagram), theme), mermaid_text(diagram))


def _svg(layout: Layout, theme: str) -> str:
    colors = {
        "light": LIGHT,
        "dark": DARK,
        "auto": f"{LIGHT}@media(prefers-color-scheme:dark){{{DARK}}}",
    }
    size = f'width="{layout.width:g}" height="{layout.height:g}"'
    box = f'viewBox="0 0 {layout.width:g} {layout.height:g}"'
    return "\n".join(
        (
            f'<svg class="graph" xmlns="http://www.w3.org/2000/svg" {size} {box}>',
            f"<style>{colors[theme]}{STYLE}</style><defs>{TIP}</defs>",
            *_level(layout),
            "</svg>",
        )
    )


def _level(layout: Layout) -> Iterator[str]:
    for place in layout.places.values():
        yield from _box(place)
    for arrow in layout.diagram.arrows:
        yield from _arrow(arrow, layout.places[arrow.source], layout.places[arrow.target])


def _box(place: Placed) -> Iterator[str]:
    left, top, right, bottom = place.x, place.y, place.x + place.width, place.y + place.height
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    if place.box.shape == "gate":
        corners = (
            f"{left:g},{middle_y:g} {middle_x:g},{top:g} {right:g},{middle_y:g} "
            f"{middle_x:g},{bottom:g}"
        )
        yield f'<polygon class="box" points="{corners}"/>'
    else:
        round_ends = place.box.shape in ("end", "value", "interrupt")
        radius = place.height / 2 if round_ends else 4
        yield (
            f'<rect class="box" x="{left:g}" y="{top:g}" width="{place.width:g}" '
            f'height="{place.height:g}" rx="{radius:g}"/>'
        )
    label_y = middle_y if place.inner is None else top + HEIGHT / 2
    yield f'<text x="{middle_x:g}" y="{label_y:g}">{shown(place.box.label)}</text>'
    if place.inner is not None:
        shift = left + (place.width - place.inner.width) / 2
        yield f'<g transform="translate({shift:g} {top + HEIGHT:g})">'
        yield from _level(place.inner)
        yield "</g>"


def _arrow(arrow: Arrow, source: Placed, target: Placed) -> Iterator[str]:
    down = source.y + source.height <= target.y
    x1, x2 = source.x + source.width / 2, target.x + target.width / 2
    if down:
        y1, y2 = source.y + source.height, target.y
        path = f"M{x1:g} {y1:g}C{x1:g} {y1 + 24:g} {x2:g} {y2 - 24:g} {x2:g} {y2:g}"
        middle = (x1 + x2) / 2, (y1 + y2) / 2
    else:
        x1, x2 = source.x + source.width, target.x + target.width
        y1, y2 = source.y + source.height * 0.6, target.y + target.height * 0.4
        far = max(x1, x2) + 28
        path = f"M{x1:g} {y1:g}C{far:g} {y1:g} {far:g} {y2:g} {x2:g} {y2:g}"
        middle = far - 8, (y1 + y2) / 2
    yield f'<path class="line {arrow.kind}" marker-end="url(#tip)" d="{path}"/>'
    if arrow.label:
        text = shown(arrow.label)
        yield f'<text class="label" x="{middle[0]:g}" y="{middle[1]:g}">{text}</text>'
