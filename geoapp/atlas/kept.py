"""What a process keeps of what it found before: bounded by its weight, or told by which tuple it is of."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
Item = TypeVar("Item")

_LONG, _ROOM = 1000, 2_000_000
"""Items from which on a tuple is long, and how many such tuples may have together of which one thing is kept."""


def kept(room: int, weigh: Callable[[Any], int]) -> Callable[[Callable[Asked, Found]], Callable[Asked, Found]]:
    """Keep what a function found last, up to a weight of ``room``; what alone is heavier is found anew every time.

    ``functools.lru_cache`` counts entries: one of a nation weighs a thousand times one of a city.
    """

    def keeping(find: Callable[Asked, Found]) -> Callable[Asked, Found]:
        known: OrderedDict[Hashable, tuple[Found, int]] = OrderedDict()
        guard, used = Lock(), 0

        @wraps(find)
        def asked(*args: Asked.args, **named: Asked.kwargs) -> Found:
            nonlocal used
            key = (args, tuple(sorted(named.items())))
            with guard:
                if key in known:
                    known.move_to_end(key)
                    return known[key][0]
            found = find(*args, **named)
            weight = weigh(found)
            with guard:
                if key not in known and weight <= room:
                    known[key] = found, weight
                    used += weight
                while used > room:
                    used -= known.popitem(last=False)[1][1]
            return found

        return asked

    return keeping


class OfLong(Generic[Item, Found]):
    """A function of many items that keeps what it found of long tuples: those of a level of an edition.

    They are told by identity, since comparing or hashing one would take as long as the function itself; ``bounds`` are
    what else the function was asked with. What was asked last is kept.
    """

    def __init__(self, find: Callable[..., Found]) -> None:
        self._find = find
        self._known: OrderedDict[tuple[int, ...], tuple[tuple[Item, ...], Found]] = OrderedDict()
        self._guard, self._items = Lock(), 0

    def __call__(self, items: Iterable[Item], *bounds: int) -> Found:
        """What the function finds of the items."""
        if not isinstance(items, tuple) or len(items) < _LONG:
            return self._find(items, *bounds)
        key = (id(items), *bounds)
        with self._guard:
            if key in self._known:  # what is kept is alive: no other tuple can have its id
                self._known.move_to_end(key)
                return self._known[key][1]
        found = self._find(items, *bounds)
        with self._guard:
            if key not in self._known and len(items) <= _ROOM:
                self._known[key] = items, found
                self._items += len(items)
            while self._items > _ROOM:
                self._items -= len(self._known.popitem(last=False)[1][0])
        return found

    def forget(self) -> None:
        """Find everything anew from now on."""
        with self._guard:
            self._known.clear()
            self._items = 0


def _part(items: tuple[Item, ...], first: int, last: int) -> tuple[Item, ...]:
    return items[first - 1 : last]


part: OfLong[Any, tuple[Any, ...]] = OfLong(_part)
"""The items from a first to a last, counted from 1: of a long tuple the same part every time it is asked for."""
