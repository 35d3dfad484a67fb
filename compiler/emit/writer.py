"""Lines of code at their indentation; nothing here knows what the lines say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from hypergraph.compiler.emit.fragments import Code, Fragment, code, comment, text_of


class Writer:
    """Collects lines; the current indentation is four spaces per open block."""

    def __init__(self, depth: int = 0) -> None:
        self._lines: list[str] = []
        self._depth = depth

    def line(self, template: str, *parts: Fragment) -> None:
        """Write one line (or one statement of several) from a template of ours."""
        self.add(code(template, *parts))

    def add(self, fragment: Fragment) -> None:
        """Write a finished fragment, indented."""
        indent = "    " * self._depth
        self._lines += [indent + line if line else "" for line in text_of(fragment).split("\n")]

    def comment(self, words: str) -> None:
        """Write a comment line."""
        self.add(comment(words))

    def extend(self, fragments: Iterable[Fragment]) -> None:
        """Write several fragments."""
        for fragment in fragments:
            self.add(fragment)

    @contextmanager
    def block(self, template: str, *parts: Fragment) -> Iterator[None]:
        """Write a header such as ``if {}:`` and indent what follows, which must be something."""
        self.line(template, *parts)
        before = len(self._lines)
        self._depth += 1
        yield
        self._depth -= 1
        if len(self._lines) == before:
            raise AssertionError(f"an empty block after {self._lines[-1]!r}")

    def inner(self) -> Writer:
        """A writer for what is to stand inside a block that is not written yet."""
        return Writer(self._depth + 1)

    def include(self, inner: Writer) -> None:
        """Write what another writer holds, as it is indented there."""
        self._lines += inner._lines

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been written."""
        return not self._lines

    def text(self) -> Code:
        """Everything written, as one fragment."""
        return Code("\n".join(self._lines))
