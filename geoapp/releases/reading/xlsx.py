"""The second look at an XLSX: its XML read in pieces, only for what is needed, so that most files do not pay twice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from geoapp.errors import Refused
from geoapp.releases.reading.packed import Parts
from geoapp.releases.reading.second_look import (
    Seen,
    as_percent,
    column_letters,
    column_number,
    is_percent,
    raised,
    zeros,
)

_FULL = re.compile(rb"""[\s"']r\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_USUAL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
_UNUSUAL = re.compile(rb'<c r="(?![A-Z]{1,3}\d{1,7}")|<c[\t\r\n>]|:c\b')
_NOWHERE = re.compile(rb"""<(?:\w+:)?c\s[^>]*\br\s*=\s*["'](?![A-Za-z]{1,3}\d{1,7}["'])""")
_NO_PLACE = re.compile(rb"<(?:\w+:)?c(?:\s(?![^>]*\br\s*=)[^>]*)?>")
_ROW = re.compile(rb"""<(?:\w+:)?row\b(?:[^>]*?\br\s*=\s*["'](\d{1,9}))?""")
_HIDDEN = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_CELL = rb"<(?:\w+:)?c\s(%s[^>]*)(?<!/)>(.*?)</(?:\w+:)?c>"
_PLACE = re.compile(rb'\br="([A-Z]{1,4})(\d{1,9})"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_TYPE = re.compile(rb'\bt="(\w+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>([^<]*)</")
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</")
_RUN = re.compile(rb"<(?:\w+:)?r>(.*?)</(?:\w+:)?r>", re.DOTALL)
_STRING = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*)>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b[^>]*>(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_XF = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
_BUILT_IN = {9: "0%", 10: "0.00%"}
_PIECE = 4 * 2**20


@dataclass(frozen=True)
class _Wanted:
    """Which cells of any sheet must be looked at: by style, or by the number of their shared text."""

    percent: frozenset[bytes]
    padded: dict[bytes, int]
    raised: dict[bytes, str]


def second_look(parts: Parts) -> dict[str, Seen]:
    """What every sheet holds, by its title."""
    percent, padded = _styles(parts.whole("xl/styles.xml"))
    wanted = _Wanted(percent, padded, _raised_strings(parts.whole("xl/sharedStrings.xml")))
    titles = {part: title for title, part in _sheets(parts) if part in parts.infos}
    # a part that no title leads to is measured too: the quick reader may find a way to it
    others = [part for part in parts.names if part not in titles and _is_sheet(parts, part)]
    return {titles.get(part, f"\0{part}"): _look(parts, part, wanted) for part in (*titles, *others)}


def _is_sheet(parts: Parts, part: str) -> bool:
    return any(b"sheetData" in piece for piece in parts.pieces(part))


def _attributes(text: bytes) -> dict[str, str]:
    return {
        name.decode().split(":")[-1]: unescape((double or single).decode("utf-8", "replace"))
        for name, double, single in _ATTRIBUTE.findall(text)
    }


def _sheets(parts: Parts) -> Iterator[tuple[str, str]]:
    """Every sheet's title and part."""
    relations = {
        each.get("Id", ""): each.get("Target", "")
        for each in map(_attributes, _RELATION.findall(parts.whole("xl/_rels/workbook.xml.rels")))
    }
    for sheet in map(_attributes, _SHEET.findall(parts.whole("xl/workbook.xml"))):
        target = relations.get(sheet.get("id", ""), "")
        yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _styles(xml: bytes) -> tuple[frozenset[bytes], dict[bytes, int]]:
    """The numbers of the styles that show per cent, and of those that show leading zeros with how many digits."""
    formats = dict(_BUILT_IN)
    for each in map(_attributes, _FORMAT.findall(xml)):
        if each.get("numFmtId", "").isdigit():
            formats[int(each["numFmtId"])] = each.get("formatCode", "")
    used = _STYLES.search(xml)
    percent, padded = set(), {}
    for number, each in enumerate(map(_attributes, _XF.findall(used[1] if used else b""))):
        shown = formats.get(int(each.get("numFmtId", "0") or 0), "")
        if is_percent(shown):
            percent.add(str(number).encode())
        elif digits := zeros(shown):
            padded[str(number).encode()] = digits
    return frozenset(percent), padded


def _raised_strings(xml: bytes) -> dict[bytes, str]:
    """The shared texts with a superscript, by their number."""
    if b"superscript" not in xml:
        return {}
    return {
        str(number).encode(): _rich(text) for number, text in enumerate(_STRING.findall(xml)) if b"superscript" in text
    }


def _rich(xml: bytes) -> str:
    """A text of several runs, the raised ones as raised signs."""
    said = []
    for run in _RUN.findall(xml):
        text = "".join(unescape(part.decode("utf-8", "replace")) for part in _TEXT.findall(run))
        said.append(raised(text) if b"superscript" in run else text)
    return "".join(said)


def _look(parts: Parts, part: str, wanted: _Wanted) -> Seen:
    seen = Seen()
    columns: set[bytes] = set()
    for xml in _rows(parts.pieces(part)):
        usual = _all_placed(xml)
        places = (_USUAL if usual else _FULL).findall(xml)
        if places:
            letters, lines = zip(*places, strict=True)
            columns.update(letters)
            seen.rows = max(seen.rows, *map(int, set(lines)))
            seen.cells += len(places)
        if not usual and _NOWHERE.search(xml):
            raise Refused("error.table_broken", file=parts.file)
        if not usual:
            _count_unplaced(seen, xml)
        seen.hidden += tuple(map(int, _HIDDEN.findall(xml)))
        _correct(seen, xml, wanted)
    seen.columns = max((column_number(each.decode().upper()) + 1 for each in columns), default=seen.columns)
    seen.last = f"{column_letters(seen.columns - 1)}{seen.rows}"
    return seen


def _all_placed(xml: bytes) -> bool:
    """Whether a glance shows that every cell begins with its place, as those of every usual writer do."""
    return xml.count(b'<c r="') == xml.count(b"<c ") and not _UNUSUAL.search(xml)


def _count_unplaced(seen: Seen, xml: bytes) -> None:
    """Cells that do not say their place stand one after the other in their row."""
    for number, row in enumerate(re.split(rb"(?=<(?:\w+:)?row\b)", xml)):
        cells = len(_NO_PLACE.findall(row))
        said = _ROW.match(row)
        seen.cells += cells
        seen.columns = max(seen.columns, cells)
        seen.rows = max(seen.rows, int(said[1]) if said and said[1] else number)


def _rows(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The XML cut between rows, in pieces of some MiB."""
    rest = b""
    for piece in pieces:
        rest += piece
        if len(rest) >= _PIECE:
            end = max(rest.rfind(b"<row"), rest.rfind(b":row "))
            end = rest.rfind(b"<", 0, end + 1) if end > 0 else len(rest)
            yield rest[:end]
            rest = rest[end:]
    yield rest


def _correct(seen: Seen, xml: bytes, wanted: _Wanted) -> None:
    """Find the cells that must be read otherwise; each kind only where a glance shows that it occurs."""
    styles = wanted.percent | wanted.padded.keys()
    if styles:
        for place, style, value in _numbers(xml, styles):
            if style in wanted.percent:
                seen.instead[place] = as_percent(value)
                seen.percent += 1
            elif value >= 0 and value % 1 == 0:
                seen.instead[place] = str(int(value)).zfill(wanted.padded[style])
    if wanted.raised:
        for place, content in _cells(xml, rb't="s"'):
            text = _VALUE.search(content)
            if text and text[1] in wanted.raised:
                seen.instead[place] = wanted.raised[text[1]]
    if b"superscript" in xml:
        for place, content in _cells(xml, rb't="inlineStr"'):
            if b"superscript" in content:
                seen.instead[place] = _rich(content)
    if b't="e"' in xml:
        for place, content in _cells(xml, rb't="e"'):
            error = _VALUE.search(content)
            seen.instead[place] = unescape(error[1].decode()) if error else "#N/A"
    if re.search(rb"<(?:\w+:)?f[\s>]", xml):
        _uncalculated(seen, xml)


def _uncalculated(seen: Seen, xml: bytes) -> None:
    for (line, column), content in _cells(xml, rb""):
        formula = _FORMULA.search(content)
        if formula and not _VALUE.search(content) and not _TEXT.search(content):
            seen.instead[line, column] = f"={unescape(formula[1].decode('utf-8', 'replace'))}"
            seen.uncalculated += (f"{column_letters(column)}{line}",)


def _numbers(xml: bytes, styles: frozenset[bytes]) -> Iterator[tuple[tuple[int, int], bytes, float]]:
    which = b"|".join(sorted(styles))
    for head, content in re.findall(_CELL % (rb'(?=[^>]*\bs="(?:' + which + rb')")'), xml, re.DOTALL):
        place, style, value = _PLACE.search(head), _STYLE.search(head), _VALUE.search(content)
        kind = _TYPE.search(head)
        if place and style and value and (kind is None or kind[1] == b"n"):
            try:
                yield (int(place[2]), column_number(place[1].decode())), style[1], float(value[1])
            except ValueError:
                continue


def _cells(xml: bytes, having: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    looked = rb"(?=[^>]*\b" + having + rb")" if having else b""
    for head, content in re.findall(_CELL % looked, xml, re.DOTALL):
        place = _PLACE.search(head)
        if place:
            yield (int(place[2]), column_number(place[1].decode())), content
