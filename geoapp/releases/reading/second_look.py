"""What a second look at a workbook sees that its quick reader loses: percent, superscripts, hidden rows, errors."""

import re
from dataclasses import dataclass, field

from geoapp.releases.reading.books import Merged

_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


@dataclass
class Seen:
    """One sheet. ``rows`` and ``columns`` reach to its last full cell, ``last``; ``cells`` is how many are full.

    ``instead`` are cells (line from 1, column from 0) that must be read otherwise; ``percent`` how many of them are
    figures shown as per cent.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    last: str = ""
    hidden: tuple[int, ...] = ()
    merged: tuple[Merged, ...] = ()
    uncalculated: tuple[str, ...] = ()
    percent: int = 0
    instead: dict[tuple[int, int], object] = field(default_factory=dict)


def raised(text: str) -> str:
    """A superscript as signs that stay one: ``1`` → ``¹``; letters (``r`` for revised) as they are."""
    return text.translate(_RAISED)


def as_percent(value: float) -> float:
    """The figure that was shown: 0.125 was ``12,5 %``; exact to 12 significant digits.

    >>> as_percent(0.07), as_percent(0.5614)
    (7.0, 56.14)
    """
    return float(f"{value * 100:.12g}")


def is_percent(number_format: str) -> bool:
    """Whether a number format multiplies by hundred; a quoted or escaped sign only decorates.

    >>> is_percent("0.0%"), is_percent('0.0"%"'), is_percent("0.00")
    (True, False, False)
    """
    return "%" in _QUOTED.sub("", number_format.split(";")[0])


def zeros(number_format: str) -> int:
    """The digits that a format of zeros alone, such as ``000``, always shows; 0 for any other."""
    bare = number_format.split(";")[0]
    return len(bare) if len(bare) > 1 and set(bare) == {"0"} else 0


def column_number(letters: str) -> int:
    """``A`` → 0, ``AA`` → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 → ``A``, 26 → ``AA``."""
    letters, rest = "", number + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
