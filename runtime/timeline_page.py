"""The page that shows runs over time: HTML with inline SVG, and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from hypergraph.runtime.timeline_style import STYLE

if TYPE_CHECKING:
    from hypergraph.runtime.timeline import Bar, Chart

_ROW = 26
_BAR = 18
_AXIS = 26
_DEEPEST_STACK = 8
_MOST_BARS = 300
# Estimates, in pixels: what does not fit is left out, and the tooltip has it all.
_CHARACTER = 6.3
_USUAL_WIDTH = 880
_OUTCOMES = {
    "done": "done",
    "cached": "from the cache",
    "failed": "failed",
    "paused": "paused",
    "unfinished": "not ended",
}


def page(title: str, charts: Sequence[Chart]) -> str:
    """A whole HTML document with one section per chart.

    >>> page("<b>", []).count("&lt;b&gt;")
    2
    """
    sections = "\n".join(_section(chart) for chart in charts)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{_text(title)}</h1>\n{_legend()}\n{sections or '<p>Nothing has run yet.</p>'}\n"
        "</body>\n</html>\n"
    )


@dataclass
class _Stack:
    """The bars of one lane, those that overlap one above the other."""

    lane: tuple[str, ...]
    rows: list[list[Bar]]

    @property
    def height(self) -> int:
        return _ROW * len(self.rows)


def _section(chart: Chart) -> str:
    top = chart.bars[0]
    stacks = _stacks(chart)
    body = "\n".join([_labels(stacks), _drawing(chart, stacks)])
    return (
        f'<section class="{top.outcome}">\n<h2>{_text(top.name)}</h2>\n'
        f'<p class="facts">{_facts(chart)}</p>\n{_reason(top)}'
        f'<div class="chart">\n{body}\n</div>\n{_table(chart)}</section>'
    )


def _stacks(chart: Chart) -> list[_Stack]:
    lanes: dict[tuple[str, ...], list[Bar]] = {}
    for bar in chart.bars:
        if bar.kind == "node" or bar.parent is None or bar.parent.kind == "map":
            lanes.setdefault(bar.lane, []).append(bar)
    return [_Stack(lane, _piled(lanes[lane], chart.last)) for lane in _in_tree_order(lanes)]


def _in_tree_order(lanes: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    # What is inside a lane follows it, and lanes side by side keep the order they began in.
    rank = {lane: place for place, lane in enumerate(lanes)}
    return sorted(
        rank, key=lambda lane: [rank.get(lane[: n + 1], len(rank)) for n in range(len(lane))]
    )


def _piled(bars: list[Bar], last: float) -> list[list[Bar]]:
    rows: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda each: each.start):
        free = [row for row in rows if _end(row[-1], last) <= bar.start]
        if free:
            free[0].append(bar)
        elif len(rows) < _DEEPEST_STACK:
            rows.append([bar])
        else:
            min(rows, key=lambda row: _end(row[-1], last)).append(bar)
    return rows


def _labels(stacks: list[_Stack]) -> str:
    rows = [f'<li style="height:{_AXIS}px"></li>']
    for stack in stacks:
        bar, depth = stack.rows[0][0], len(stack.lane) - 1
        name = "items" if depth and not stack.lane[-1] else bar.name
        times = sum(len(row) for row in stack.rows)
        count = f" <small>&times;{times}</small>" if times > 1 else ""
        rows.append(
            f'<li class="{bar.kind}" style="height:{stack.height}px;'
            f'padding-left:{depth * 16}px" title="{_text(name)}">{_text(name)}{count}</li>'
        )
    return f'<ul class="labels">{"".join(rows)}</ul>'


def _drawing(chart: Chart, stacks: list[_Stack]) -> str:
    begin, span = _extent(chart)
    height = _AXIS + sum(stack.height for stack in stacks)
    parts = [_grid(span, height)]
    top = _AXIS
    for number, stack in enumerate(stacks):
        if number % 2:
            parts.append(f'<rect class="band" y="{top}" width="100%" height="{stack.height}"/>')
        for row in stack.rows:
            groups = _merged(row, span)
            nexts = [(bars[0].start - begin) / span for bars in groups[1:]] + [1.0]
            for bars, next_at in zip(groups, nexts, strict=True):
                place = _Place(bars, begin, span, top, next_at, chart.last)
                parts.append(_bar(place))
            top += _ROW
    label = f"Timeline of {chart.bars[0].name}"
    return (
        f'<svg class="drawing" role="img" aria-label="{_text(label)}" height="{height}">\n'
        + "\n".join(parts)
        + "\n</svg>"
    )


def _grid(span: float, height: int) -> str:
    step = _nice(span / 8)
    lines = []
    for number in range(int(span / step) + 1):
        x = _percent(number * step / span)
        # The last label would be cut off at the right edge.
        label = "" if number * step / span > 0.96 else _duration(number * step)
        lines.append(
            f'<line class="grid" x1="{x}" x2="{x}" y1="{_AXIS - 6}" y2="{height}"/>'
            f'<text class="tick" x="{x}" dx="4" y="{_AXIS - 10}">{label}</text>'
        )
    return "".join(lines)


def _merged(row: list[Bar], span: float) -> list[list[Bar]]:
    # A row with very many bars is drawn with neighbours joined, or no browser would show it.
    if len(row) <= _MOST_BARS:
        return [[bar] for bar in row]
    groups = [[row[0]]]
    for bar in row[1:]:
        if bar.start - groups[-1][0].start < span / _MOST_BARS:
            groups[-1].append(bar)
        else:
            groups.append([bar])
    return groups


@dataclass
class _Place:
    """Bars drawn as one, and where: all but ``top`` as parts of the width of the drawing."""

    bars: list[Bar]
    begin: float
    span: float
    top: int
    next_at: float
    last: float

    @property
    def x(self) -> float:
        return (self.bars[0].start - self.begin) / self.span

    @property
    def width(self) -> float:
        end = max(_end(bar, self.last) for bar in self.bars)
        return max((end - self.bars[0].start) / self.span, 0.002)


def _bar(place: _Place) -> str:
    bars, first = place.bars, place.bars[0]
    outcomes = [bar.outcome for bar in bars]
    outcome = "failed" if "failed" in outcomes else first.outcome
    kind = "around" if first.kind != "node" else "node"
    inside, beside = _captions(place)
    middle = place.top + (_ROW - _BAR) // 2
    drawn = (
        f'<svg x="{_percent(place.x)}" y="{middle}" width="{_percent(place.width)}" '
        f'height="{_BAR}" class="{kind} {outcome}"><title>{_tooltip(bars, place.last)}</title>'
        f'<rect width="100%" height="{_BAR}" rx="3"/>'
    )
    drawn += f'<text x="6" y="13">{_text(inside)}</text></svg>' if inside else "</svg>"
    if beside:
        after = _percent(place.x + place.width)
        drawn += f'<text class="beside" x="{after}" dx="5" y="{middle + 13}">{_text(beside)}</text>'
    return drawn


def _captions(place: _Place) -> tuple[str, str]:
    """What is written inside a bar and to the right of it, as far as there is room."""
    took = _duration(_end(place.bars[-1], place.last) - place.bars[0].start)
    bar = place.bars[0]
    if len(place.bars) > 1:
        texts = [f"{len(place.bars)} times"]
    elif bar.outcome == "cached":
        texts = [f"{bar.note} · cached" if bar.note else "cached"]
    elif bar.kind == "map":
        texts = [f"{bar.size} items · {took}", took]
    elif bar.note and bar.parent is not None:
        texts = [f"{bar.note} · {took}", bar.note, took]
    else:
        texts = [took]
    inside = next((text for text in texts if _fits(text, place.width)), "")
    if inside:
        return inside, ""
    room = place.next_at - place.x - place.width
    return "", next((text for text in texts if _fits(text, room)), "")


def _fits(text: str, part: float) -> bool:
    return len(text) * _CHARACTER + 10 <= part * _USUAL_WIDTH


def _tooltip(bars: list[Bar], last: float) -> str:
    bar = bars[0]
    lines = [bar.name if len(bars) == 1 else f"{bar.name}, {len(bars)} times"]
    lines.append(f"{_OUTCOMES[bar.outcome]}, {_duration(_end(bars[-1], last) - bar.start)}")
    if bar.note:
        lines.append(bar.note)
    return _text("\n".join(lines))


def _legend() -> str:
    entries = [f'<li class="{outcome}">{text}</li>' for outcome, text in _OUTCOMES.items()]
    return f'<ul class="legend">{"".join(entries)}</ul>'


def _facts(chart: Chart) -> str:
    top = chart.bars[0]
    nodes = [bar for bar in chart.bars if bar.kind == "node"]
    facts = [_OUTCOMES[top.outcome], _duration(_end(top, chart.last) - top.start)]
    if top.kind == "map":
        items = [bar for bar in chart.bars if bar.parent is top]
        failed = sum(bar.outcome == "failed" for bar in items)
        facts.append(f"{top.size} items" + (f", {failed} failed" if failed else ""))
    facts.append(f"{len(nodes)} node executions")
    cached = sum(bar.outcome == "cached" for bar in nodes)
    if cached:
        facts.append(f"{cached} from the cache")
    return " · ".join(f"<span>{_text(fact)}</span>" for fact in facts)


def _reason(top: Bar) -> str:
    return f'<p class="reason">{_text(top.note)}</p>\n' if top.note else ""


def _table(chart: Chart) -> str:
    nodes: dict[str, list[Bar]] = {}
    for bar in chart.bars:
        if bar.kind == "node":
            nodes.setdefault(" / ".join(name for name in bar.lane if name), []).append(bar)
    if not nodes:
        return ""
    rows = [_table_row(name, bars, chart.last) for name, bars in nodes.items()]
    rows.sort(reverse=True)
    return (
        "<details><summary>Time by node</summary>\n<table><thead><tr><th>node</th>"
        "<th>executions</th><th>total</th><th>mean</th><th>longest</th><th>cached</th>"
        f"<th>failed</th></tr></thead><tbody>\n{''.join(row for _, row in rows)}"
        "</tbody></table></details>\n"
    )


def _table_row(name: str, bars: list[Bar], last: float) -> tuple[float, str]:
    times = [_end(bar, last) - bar.start for bar in bars]
    cells = [
        str(len(bars)),
        _duration(sum(times)),
        _duration(sum(times) / len(times)),
        _duration(max(times)),
        str(sum(bar.outcome == "cached" for bar in bars) or ""),
        str(sum(bar.outcome == "failed" for bar in bars) or ""),
    ]
    shown = "".join(f"<td>{cell}</td>" for cell in cells)
    return sum(times), f"<tr><th>{_text(name)}</th>{shown}</tr>\n"


def _extent(chart: Chart) -> tuple[float, float]:
    begin = min(bar.start for bar in chart.bars)
    return begin, max(chart.last - begin, 1e-6)


def _end(bar: Bar, last: float) -> float:
    return last if bar.end is None else bar.end


def _nice(step: float) -> float:
    """The next larger of 1, 2 and 5 times a power of ten."""
    power = 1e-9
    while power * 10 <= step:
        power *= 10
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= step)


def _duration(seconds: float) -> str:
    if seconds == 0:
        return "0"
    if seconds < 0.001:
        return f"{seconds * 1e6:.3g} µs"
    if seconds < 1:
        return f"{seconds * 1000:.3g} ms"
    if seconds < 100:
        return f"{seconds:.3g} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s"


def _percent(part: float) -> str:
    return f"{part * 100:.3f}%"


def _text(text: object) -> str:
    """Text for the page: escaped, and without what XML and UTF-8 cannot hold."""
    shown = [
        character if character.isprintable() or character == "\n" else "\N{REPLACEMENT CHARACTER}"
        for character in str(text)
    ]
    return escape("".join(shown))
