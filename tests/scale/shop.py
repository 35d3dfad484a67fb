"""A graph to be mapped: orders are read, priced and told about; odd ones go wrong in many ways."""

from __future__ import annotations

import os
import threading
import time
from collections import namedtuple
from dataclasses import dataclass
from enum import Enum
from typing import Any

from hypergraph import Graph, ifelse, node


@dataclass(frozen=True)
class Order:
    """What somebody wants."""

    class Kind(Enum):
        """How urgent it is."""

        SOON = 1

    name: str
    count: int


class Colour(Enum):
    """A kind of ink."""

    RED = 1
    BLUE = 2


Point = namedtuple("Point", "x y")


class SoldOut(Exception):
    """An exception of the user's."""


class Refused(Exception):
    """An exception that pickles and does not load again: two arguments, one of them kept."""

    def __init__(self, order: str, why: str) -> None:
        super().__init__(f"{order}: {why}")


PRICES = {"pen": 3, "ink": 7}


@node(output_name="order")
def read(line: str) -> Order:
    """The order in a line of text."""
    name, count = line.split()
    return Order(name, int(count))


@node(output_name="total")
def price(order: Order, discount: int = 0) -> int:
    """What an order costs."""
    return PRICES[order.name] * order.count - discount


@ifelse(when_true="thank", when_false="ask")
def is_worth_it(total: int) -> bool:
    """Whether to thank."""
    return total > 10


@node(output_name="words")
def thank(order: Order) -> str:
    """What to say."""
    return f"thanks for {order.count}"


@node(output_name="words")
def ask(order: Order) -> str:
    """What to say."""
    return f"no more {order.name}?"


shop = Graph([read, price, is_worth_it, thank, ask], name="shop")


@node(output_name="result")
def behave(what: str) -> Any:
    """Do what is asked for, good or bad."""
    if what == "two arguments":
        raise Refused("pen", "sold out")
    if what == "sold out":
        raise SoldOut("pen")
    if what == "kinds":
        return [Colour.RED, Point(1, Colour.BLUE), Order, Order.Kind.SOON]
    if what == "generator":
        return (letter for letter in what)
    if what == "lock":
        return threading.Lock()
    if what == "die":
        os._exit(3)
    if what == "stop":
        raise StopIteration
    if what == "exit":
        raise SystemExit(4)
    if what == "wait":
        time.sleep(0.2)
    if what == "nap":
        time.sleep(0.6)
    if what == "sleep":
        time.sleep(3600)
    return what.upper()


odd = Graph([behave], name="odd")


@node(output_name="alone")
def die_once(path: str, place: int) -> int:
    """Kill the worker when this is seen for the first time."""
    if not os.path.exists(path):
        with open(path, "w"):
            os._exit(3)
    return place


fragile = Graph([die_once], name="fragile")
