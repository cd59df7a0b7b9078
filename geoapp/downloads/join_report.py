"""The join report as CSV: every row of the sheet beside its fate, and the suggestions for a person to answer."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from geoapp.domain.words import Language
from geoapp.downloads.csv import safe
from geoapp.releases.account import Kept, account, say
from geoapp.releases.report import Fate
from geoapp.releases.suggestions import COLUMNS
from geoapp.store.intake import KeptRow
from geoapp.store.releases import Said

FIRST = ("line", "fate", "reason", "sentence", "code", "region", "suggestion", "score")
"""Before the sheet's own columns."""
_NUMBER = re.compile(r"[+-]?[\d.,\s\u00a0]*\d[\d.,\s\u00a0]*%?|[-+]")


@dataclass(frozen=True)
class Evidence:
    """What a report speaks of: the physical rows of the sheet, and the observations that were made of them."""

    rows: Sequence[KeptRow]
    said: Sequence[Said]

    def codes(self) -> Iterator[str]:
        """The codes of regions that the rows joined or might join."""
        for row in self.rows:
            if code := row.values.get("code"):
                yield str(code)


def rows_csv(kept: Kept, evidence: Evidence, names: Mapping[str, str], language: Language) -> bytes:
    """One line for every physical row that is not empty, headings too: its fate first, then its cells as they stood.

    UTF-8 with a byte order mark, commas, CRLF; ``fate`` and ``reason`` are the same words in every language.
    """
    text = StringIO()
    writer = csv.writer(text)
    width = max((len(row.cells) for row in evidence.rows), default=0)
    writer.writerow([*FIRST, *_headers(kept.get("header", ()), width)])
    for row in evidence.rows:
        cells = [guarded(cell) for cell in row.cells]
        writer.writerow([*_fate(row, names, language), *cells, *[""] * (width - len(cells))])
    return text.getvalue().encode("utf-8-sig")


def _fate(row: KeptRow, names: Mapping[str, str], language: Language) -> list[str | int]:
    """The first columns: ``region`` is where the row's figures went, ``suggestion`` where they might go."""
    sentence = say(language, row.reason, row.values) if row.reason else ""
    code = str(row.values.get("code") or "")
    waits = row.fate == Fate.SUGGESTED.value
    name = str(row.values.get("official") or "") if waits else names.get(code, "")
    score = row.values.get("score") if waits else None
    found = (code, "" if waits else name, name if waits else "", "" if score is None else f"{score:g}")
    return [row.line, row.fate, row.reason or "", safe(sentence), *map(safe, found)]


def _headers(header: Iterable[str], width: int) -> list[str]:
    """The sheet's column names, told apart from ours and from each other; a nameless column has its number."""
    taken, made = set(FIRST), []
    names = [*header, *[""] * width][:width]
    for number, name in enumerate(names, 1):
        wanted = name or f"({number})"
        while wanted in taken:
            wanted += "'"
        taken.add(wanted)
        made.append(safe(wanted))
    return made


def guarded(cell: str) -> str:
    """A cell's text that no spreadsheet takes for a formula; a number with its sign stays as it is.

    >>> guarded("-0,07"), guarded("-"), guarded("-1+1"), guarded("@A1")
    ('-0,07', '-', "'-1+1", "'@A1")
    """
    return cell if _NUMBER.fullmatch(cell) else safe(cell)


def suggestions_csv(kept: Kept, language: Language) -> bytes:
    """One line a suggestion, ``accept`` empty: a person writes ``ya`` there, or another code, and gives it back."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for each in account(kept, language)["suggestions"]:
        cells = [safe(str(each[name] or "")) for name in ("name", "parent", "code", "official")]
        score = "" if each["score"] is None else f"{each['score']:g}"
        writer.writerow([each["line"], *cells, score, safe(each["why"]), ""])
    return text.getvalue().encode("utf-8-sig")
