"""A layer's columns, found by how publishers spell them: without case, signs, and what a Shapefile cuts off."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from geoapp.editions.formats.layer import Frame

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs without a shape; some turn round the writing of everything beside them."""
_SIGNS = re.compile(r"[^0-9a-z:@]+")
_CUT = 10
"""So many letters a Shapefile leaves of a column's name."""
_NOTHING = {"", "-", "--", "null", "none", "nan", "n/a", "<null>", "(null)", "na"}


class Columns:
    """The columns of a frame beside its shapes."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.names: list[str] = [str(name) for name in frame.columns if name != frame.geometry.name]
        self._spelled: dict[str, list[str]] = {}
        for name in self.names:
            for key in {_key(name), _key(name.split(".")[-1])}:
                self._spelled.setdefault(key, []).append(name)
        self._cells: dict[str, list[Any]] = {}
        self._filled: dict[str, bool] = {}

    def __len__(self) -> int:
        return len(self._frame)

    def find(self, spellings: Iterable[str]) -> str | None:
        """The column that is spelled so and holds something; one that is empty, where no other is there."""
        there = list(self._there(spellings))
        return next((each for each in there if self.is_filled(each)), there[0] if there else None)

    def filled(self, spellings: Iterable[str]) -> list[str]:
        """Every column that is spelled so and holds something, in the order of the spellings."""
        return [each for each in self._there(spellings) if self.is_filled(each)]

    def is_filled(self, column: str) -> bool:
        """Whether any cell holds something."""
        if column not in self._filled:
            self._filled[column] = any(not is_nothing(cell) for cell in self.cells(column))
        return self._filled[column]

    def cells(self, column: str) -> list[Any]:
        """The cells as Python says them; pandas has several ways to say nothing."""
        if column not in self._cells:
            import pandas

            values = self._frame[column].tolist()
            self._cells[column] = [None if each is None or pandas.isna(each) is True else each for each in values]
        return self._cells[column]

    def texts(self, column: str | None) -> list[str]:
        """The cells as words with one blank between, without signs that cannot be seen; empty for nothing."""
        if column is None:
            return [""] * len(self)
        return [words(cell) for cell in self.cells(column)]

    def _there(self, spellings: Iterable[str]) -> Iterable[str]:
        seen: set[str] = set()
        for spelling in spellings:
            key = _key(spelling)
            for name in (*self._spelled.get(key, ()), *self._cut(spelling)):
                if name not in seen:
                    seen.add(name)
                    yield name

    def _cut(self, spelling: str) -> Sequence[str]:
        """A column that may be the beginning of a longer spelling."""
        if len(spelling) <= _CUT:
            return ()
        return [name for name in self.names if len(name) == _CUT and name.lower() == spelling.lower()[:_CUT]]


def words(cell: Any) -> str:
    """A cell as a person reads it; whatever says that there is nothing is nothing.

    >>> words("  Suka\\tMaju\\u200b "), words("NULL"), words(3.0), words(None)
    ('Suka Maju', '', '3', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = " ".join(_UNSEEN.sub(" ", str(cell)).split())
    return "" if text.lower() in _NOTHING else text


def is_nothing(cell: Any) -> bool:
    """Whether a cell holds nothing."""
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in _NOTHING) or cell != cell


def _key(name: str) -> str:
    return _SIGNS.sub("", name.lower())
