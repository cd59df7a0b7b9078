"""What a process keeps of what it found before: bounded by its weight, or told by which tuple it is of."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
Item = TypeVar("Item")

_LONG, _TUPLES = 1000, 32
"""Items from which on a tuple is long, and of how many such tuples something is kept."""


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

    They are told by identity, since comparing or hashing one would take as long as the function itself.
    """

    def __init__(self, find: Callable[[Iterable[Item]], Found]) -> None:
        self._find = find
        self._known: OrderedDict[int, tuple[tuple[Item, ...], Found]] = OrderedDict()

    def __call__(self, items: Iterable[Item]) -> Found:
        """What the function finds of the items."""
        if not isinstance(items, tuple) or len(items) < _LONG:
            return self._find(items)
        known = self._known.get(id(items))
        if known is None or known[0] is not items:
            known = self._known[id(items)] = (items, self._find(items))
            while len(self._known) > _TUPLES:
                self._known.popitem(last=False)
        return known[1]

    def forget(self) -> None:
        """Find everything anew from now on."""
        self._known.clear()
