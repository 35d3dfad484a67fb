"""How fast a map goes, and how long it will still take."""

from __future__ import annotations

from collections import deque

# Before this long has passed a rate says more about the start than about the items.
_SETTLED = 1.0
# The rate is that of the last half of the time so far, and of this many seconds at least: what is
# finished in chunks comes in bursts, and slow items come so seldom that seconds would hold none.
_WINDOW = 20.0


class Pace:
    """The pace of something that began at ``now``: what was done, and when.

    Times are seconds of any one clock. It holds a fixed number of marks, however long it goes on.

    >>> pace = Pace(0.0)
    >>> for second in range(1, 11):
    ...     pace.reach(second * 50, float(second))
    >>> pace.per_second(10.0)
    50.0
    >>> pace.told(2000, 10.0)
    '50/s, 30 s left'
    >>> pace.told(None, 10.0)
    '50/s'
    """

    __slots__ = ("began", "done", "reached", "_marks")

    def __init__(self, now: float) -> None:
        self.began = self.reached = now
        self.done = 0
        self._marks = deque([(now, 0)])

    def reach(self, done: int, now: float) -> None:
        """So much is done now."""
        self.done, self.reached = done, now
        window = self._window(now)
        if now - self._marks[-1][0] < window / 40:
            return
        self._marks.append((now, done))
        while now - self._marks[1][0] >= window:
            self._marks.popleft()

    def per_second(self, now: float) -> float | None:
        """What is done in a second at present; ``None`` as long as that cannot be told."""
        if now - self.began < _SETTLED:
            return None
        then, done = self._marks[0]
        return (self.done - done) / (now - then)

    def told(self, total: int | None, now: float) -> str:
        """The pace, and with a known ``total`` the time left, as text; empty at the start."""
        rate = self.per_second(now)
        if not rate:
            return ""
        if total is None or total <= self.done:
            return rate_text(rate)
        return f"{rate_text(rate)}, {time_text((total - self.done) / rate)} left"

    def overall(self) -> str:
        """The mean pace up to what was done last, as text; empty if that was at the start."""
        if self.reached - self.began < _SETTLED or not self.done:
            return ""
        return rate_text(self.done / (self.reached - self.began))

    def _window(self, now: float) -> float:
        return max(_WINDOW, (now - self.began) / 2)


def rate_text(per_second: float) -> str:
    """A rate in the unit that makes it a number to read.

    >>> [rate_text(rate) for rate in (12345.6, 42.0, 1.25, 0.5, 0.001)]
    ['12,346/s', '42/s', '1.2/s', '30/min', '3.6/h']
    """
    for unit, seconds in (("s", 1), ("min", 60)):
        if per_second * seconds >= 1:
            return f"{_number(per_second * seconds)}/{unit}"
    return f"{_number(per_second * 3600)}/h"


def time_text(seconds: float) -> str:
    """A time that is still to come; more than its two largest units nobody can know.

    >>> [time_text(seconds) for seconds in (0.2, 59, 61, 3600, 90_000)]
    ['1 s', '59 s', '1 min 01 s', '1 h 00 min', '1 d 01 h']
    """
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes, hours, days = whole // 60, whole // 3600, whole // 86_400
    if not hours:
        return f"{minutes} min {whole % 60:02} s"
    if not days:
        return f"{hours} h {minutes % 60:02} min"
    return f"{days} d {hours % 24:02} h"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 9.95 else f"{value:.1f}"
