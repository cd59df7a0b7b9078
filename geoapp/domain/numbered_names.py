"""Names that carry their number in the list, ``1. Kasin`` or ``02 Sukun``: told by the whole column, never by one."""

import re
from collections.abc import Sequence

_POINTED = re.compile(r"\s*\(?\d{1,4}\s*[.)]+\s*(?=[^\W_])", re.ASCII)
_BEFORE = re.compile(r"\s*\d{1,4}\s+(?:[-–]\s*)?(?=[^\W\d_])")
_FEWEST = 3
_SHARE = 0.7


def without_numbers(names: Sequence[str]) -> list[str] | None:
    """The names without their numbers, or None if they are not numbered.

    A number with a point or bracket behind it is one of a list, of which the last row, a total, may have none. One
    without may be a name's own, as in Palembang's ``7 Ulu``: it is only taken off where the names stay as different as
    they were.

    >>> without_numbers(["1. Kasin", "2. 7 Ulu", "3) Sukun"]), without_numbers(["1 Ulu", "2 Ulu", "5 Ulu"])
    (['Kasin', '7 Ulu', 'Sukun'], None)
    """
    named = [name for name in names if any(map(str.isalpha, name))]
    if len(set(named)) < _FEWEST:
        return None
    if _most(_POINTED, named):
        return [_POINTED.sub("", name, count=1) for name in names]
    if _all(_BEFORE, named):
        bare = [_BEFORE.sub("", name, count=1) for name in named]
        if len(set(bare)) == len(set(named)):
            return [_BEFORE.sub("", name, count=1) for name in names]
    return None


def without_number(name: str) -> str:
    """One name without a number before it.

    >>> without_number("1. Kasin"), without_number("02 Sukun"), without_number("Sukun 2")
    ('Kasin', 'Sukun', 'Sukun 2')
    """
    return _BEFORE.sub("", _POINTED.sub("", name, count=1), count=1)


def _most(pattern: re.Pattern[str], names: Sequence[str]) -> bool:
    return sum(bool(pattern.match(name)) for name in names) >= max(_FEWEST, _SHARE * len(names))


def _all(pattern: re.Pattern[str], names: Sequence[str]) -> bool:
    return all(pattern.match(name) for name in names)
