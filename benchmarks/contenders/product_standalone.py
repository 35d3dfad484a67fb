"""This product, as it is shipped where nothing may be installed: a file that stands alone."""

from __future__ import annotations

from benchmarks.compiled import Compiled

_compiled = Compiled(standalone=True)

chain, wide, branch = _compiled.chain, _compiled.wide, _compiled.branch
loop, nested, map_chain = _compiled.loop, _compiled.nested, _compiled.map_chain
async_chain, async_wide = _compiled.async_chain, _compiled.async_wide
async_map, start = _compiled.async_map, _compiled.start
