"""How the timeline page looks, in light and in dark."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --page: #ffffff; --ink: #1c2430; --soft: #64707f; --line: #e4e8ee; --band: #f7f9fb;
  --done: #3b82c4; --cached: #7c6bc9; --failed: #cf3f4f; --paused: #c98a1b;
  --unfinished: #9aa5b1; --around: #dfe7f0; --on: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14181f; --ink: #e3e8ef; --soft: #93a0b0; --line: #29313c; --band: #191e27;
    --done: #3f7fb8; --cached: #7768c4; --failed: #c5485a; --paused: #b57f22;
    --unfinished: #6c7683; --around: #2a3442; --on: #ffffff;
  }
}
body {
  margin: 32px auto; padding: 0 32px; max-width: 1400px; background: var(--page);
  color: var(--ink); font: 14px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif;
}
h1 { font-size: 22px; font-weight: 650; margin: 0 0 8px; }
h2 { font-size: 16px; font-weight: 650; margin: 0; }
section { margin: 24px 0 36px; padding-top: 20px; border-top: 1px solid var(--line); }
.facts { margin: 2px 0 14px; color: var(--soft); }
.facts span:first-child { font-weight: 600; color: var(--done); }
section.failed > .facts span:first-child { color: var(--failed); }
section.paused > .facts span:first-child { color: var(--paused); }
section.unfinished > .facts span:first-child { color: var(--unfinished); }
.reason {
  margin: -6px 0 14px; padding: 6px 12px; border-left: 3px solid var(--failed);
  background: var(--band); font-family: ui-monospace, Menlo, Consolas, monospace;
  font-size: 13px; white-space: pre-wrap;
}
.legend { display: flex; flex-wrap: wrap; gap: 18px; margin: 0; padding: 0; list-style: none; }
.legend li { color: var(--soft); font-size: 13px; }
.legend li::before {
  content: ""; display: inline-block; width: 12px; height: 12px; margin-right: 6px;
  border-radius: 3px; vertical-align: -1px; background: var(--done);
}
.legend .cached::before { background: var(--cached); }
.legend .failed::before { background: var(--failed); }
.legend .paused::before { background: var(--paused); }
.legend .unfinished::before { background: var(--unfinished); }
.chart { display: grid; grid-template-columns: minmax(90px, max-content) 1fr; gap: 16px; }
.labels { margin: 0; padding: 0; list-style: none; max-width: 280px; }
.labels li {
  box-sizing: border-box; line-height: 26px; overflow: hidden; white-space: nowrap;
  text-overflow: ellipsis;
}
.labels .run, .labels .map { color: var(--soft); }
.labels li:nth-child(2) { color: var(--ink); font-weight: 600; }
.labels small { color: var(--soft); }
.drawing { display: block; width: 100%; min-width: 0; overflow: hidden; }
.band { fill: var(--band); }
.grid { stroke: var(--line); }
.tick { fill: var(--soft); font-size: 11px; }
.node rect { fill: var(--done); }
.node.cached rect { fill: var(--cached); }
.node.failed rect { fill: var(--failed); }
.node.paused rect { fill: var(--paused); }
.node.unfinished rect { fill: var(--unfinished); }
.node text { fill: var(--on); font-size: 11px; }
.beside { fill: var(--soft); font-size: 11px; }
.around rect { fill: var(--around); }
.around.failed rect { stroke: var(--failed); stroke-width: 2; }
.around.paused rect { stroke: var(--paused); stroke-width: 2; }
.around text { fill: var(--ink); font-size: 11px; }
.node:hover rect, .around:hover rect { filter: brightness(1.12); }
details { margin-top: 14px; }
summary { cursor: pointer; color: var(--soft); }
table { margin-top: 8px; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 3px 18px 3px 0; text-align: right; font-weight: 400; }
th:first-child { text-align: left; }
thead th { color: var(--soft); font-size: 13px; border-bottom: 1px solid var(--line); }
"""
