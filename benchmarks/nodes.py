"""Functions that cost next to nothing, so that what is measured is everything around them."""

from __future__ import annotations


def add_one(x: int) -> int:
    return x + 1


def is_even(x: int) -> bool:
    return x % 2 == 0


def halve(x: int) -> int:
    return x // 2


def triple(x: int) -> int:
    return 3 * x + 1


def negate(y: int) -> int:
    return -y


def is_left(fuel: int) -> bool:
    return fuel > 0


def burn(fuel: int) -> int:
    return fuel - 1
