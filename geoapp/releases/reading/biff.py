"""The second look at an XLS: the records of its stream, for the extent, per cent, hidden rows, errors and passwords."""

import struct
from collections.abc import Iterator

from geoapp.errors import Refused
from geoapp.releases.reading.second_look import Seen, as_percent, column_letters, is_percent, zeros

_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE
_BOF, _FILEPASS, _BOUNDSHEET, _FORMAT, _XF, _ROW, _MULRK = 0x809, 0x2F, 0x85, 0x41E, 0xE0, 0x208, 0xBD
_DIMENSIONS, _STRINGS = 0x200, 0xFC
_NUMBER, _RK, _FORMULA, _BOOLERR = 0x203, 0x27E, 0x6, 0x205
_PLACED = {_NUMBER, _RK, _FORMULA, _BOOLERR, 0xFD, 0x204, 0xD6}
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BUILT_IN = {9: "0%", 10: "0.00%"}

Record = tuple[int, int, bytes]


def second_look(file: str, raw: bytes) -> tuple[dict[str, Seen], bool]:
    """What every sheet holds, by its title, and whether the file holds macros.

    Raises
    ------
    Refused
        If it is locked, damaged, or no workbook.
    """
    try:
        entries = _Container(raw).streams
        stream = entries.get("Workbook") or entries.get("Book")
        if stream is None:
            raise Refused("error.not_a_table", file=file)
        looked = _Stream(file, stream).look()
    except (struct.error, IndexError, UnicodeDecodeError, ValueError) as error:
        raise Refused("error.table_broken", file=file) from error
    return looked, "_VBA_PROJECT_CUR" in entries


class _Container:
    """The streams of an OLE file; a chain of sectors that runs in a circle ends where it began."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.size = 1 << min(struct.unpack_from("<H", raw, 30)[0], 16)
        self.cutoff, first_mini, count_mini = struct.unpack_from("<III", raw, 56)
        self.table = self._allocation()
        directory = self._chain(struct.unpack_from("<I", raw, 48)[0])
        found = list(_entries(directory))
        root = next((each for each in found if each[1] == 5), None)
        self.small = self._chain(root[2]) if root and root[2] < _END else b""
        mini = self._chain(first_mini) if count_mini else b""
        self.small_table = struct.unpack(f"<{len(mini) // 4}I", mini[: len(mini) // 4 * 4])
        self.streams = {name: self._stream(start, size) if kind == 2 else b"" for name, kind, start, size in found}

    def _sector(self, number: int) -> bytes:
        return self.raw[(number + 1) * self.size : (number + 2) * self.size]

    def _allocation(self) -> tuple[int, ...]:
        sectors = list(struct.unpack_from("<109I", self.raw, 76))
        following, seen = struct.unpack_from("<I", self.raw, 68)[0], set()
        while following < _END and following not in seen:
            seen.add(following)
            more = struct.unpack(f"<{self.size // 4}I", self._sector(following))
            sectors += more[:-1]
            following = more[-1]
        joined = b"".join(self._sector(number) for number in sectors if number < _END)
        return struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4])

    def _chain(self, start: int) -> bytes:
        parts, number, left = [], start, len(self.raw) // self.size + 1
        while number < len(self.table) and left:
            parts.append(self._sector(number))
            number, left = self.table[number], left - 1
        return b"".join(parts)

    def _stream(self, start: int, size: int) -> bytes:
        if size >= self.cutoff:
            return self._chain(start)[:size]
        parts, number, left = [], start, len(self.small) // 64 + 1
        while number < len(self.small_table) and left:
            parts.append(self.small[number * 64 : number * 64 + 64])
            number, left = self.small_table[number], left - 1
        return b"".join(parts)[:size]


def _entries(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Name, kind, first sector and size of every entry of the directory."""
    for at in range(0, len(directory) - 127, 128):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, size = struct.unpack_from("<II", directory, at + 116)
        if kind in (1, 2, 5) and 2 <= length <= 64:
            yield directory[at : at + length - 2].decode("utf-16-le"), kind, start, size


class _Stream:
    """The records of a workbook: first what is said of all sheets, then every sheet."""

    def __init__(self, file: str, stream: bytes) -> None:
        self.file, self.stream = file, stream
        self.formats = dict(_BUILT_IN)
        self.styles: list[str] = []
        self.sheets: dict[int, str] = {}

    def look(self) -> dict[str, Seen]:
        """What every sheet holds."""
        seen: dict[str, Seen] = {}
        sheet: Seen | None = None
        for at, kind, data in self._records():
            if kind == _FILEPASS:
                raise Refused("error.table_locked", file=self.file)
            if kind in (_DIMENSIONS, _STRINGS):
                self._refuse_claim(kind, data)
            if kind == _BOF:
                title = self.sheets.get(at)
                sheet = seen.setdefault(title, Seen()) if title is not None else None
            elif kind == _BOUNDSHEET:
                start, _, _, length, wide = struct.unpack_from("<IBBBB", data)
                self.sheets[start] = data[8 : 8 + 2 * length].decode("utf-16-le") if wide & 1 else _narrow(data, length)
            elif kind == _FORMAT:
                self._format(data)
            elif kind == _XF:
                self.styles.append(self.formats.get(struct.unpack_from("<H", data, 2)[0], ""))
            elif sheet is not None:
                self._in_sheet(sheet, kind, data)
        return seen

    def _records(self) -> Iterator[Record]:
        at = 0
        while at + 4 <= len(self.stream):
            kind, length = struct.unpack_from("<HH", self.stream, at)
            yield at, kind, self.stream[at + 4 : at + 4 + length]
            at += 4 + length

    def _refuse_claim(self, kind: int, data: bytes) -> None:
        """Refuse what claims more cells, or texts, than can be there: the quick reader makes room for them unseen."""
        if kind == _DIMENSIONS:
            wide = len(data) >= 14
            first, end, left, right = struct.unpack_from("<IIHH" if wide else "<HHHH", data)
            broken = end > 65_536 or first > end or right > 256 or left > right
        else:
            broken = max(struct.unpack_from("<II", data)) > len(self.stream)
        if broken:
            raise Refused("error.table_broken", file=self.file)

    def _format(self, data: bytes) -> None:
        number, length, wide = struct.unpack_from("<HHB", data)
        text = data[5 : 5 + 2 * length].decode("utf-16-le") if wide & 1 else data[5 : 5 + length].decode("latin-1")
        self.formats[number] = text

    def _in_sheet(self, sheet: Seen, kind: int, data: bytes) -> None:
        if kind == _ROW:
            if struct.unpack_from("<I", data, 12)[0] & 0x20:
                sheet.hidden += (struct.unpack_from("<H", data)[0] + 1,)
        elif kind == _MULRK:
            row, first = struct.unpack_from("<HH", data)
            for offset, at in enumerate(range(4, len(data) - 7, 6)):
                style, packed = struct.unpack_from("<HI", data, at)
                self._cell(sheet, row + 1, first + offset, style, _unpacked(packed))
        elif kind in _PLACED:
            row, column, style = struct.unpack_from("<HHH", data)
            self._cell(sheet, row + 1, column, style, _value(kind, data))

    def _cell(self, sheet: Seen, line: int, column: int, style: int, value: float | str | None) -> None:
        sheet.cells += 1
        sheet.rows, sheet.columns = max(sheet.rows, line), max(sheet.columns, column + 1)
        sheet.last = f"{column_letters(sheet.columns - 1)}{sheet.rows}"
        if isinstance(value, str):
            sheet.instead[line, column] = value
        elif value is not None:
            shown = self.styles[style] if style < len(self.styles) else ""
            if is_percent(shown):
                sheet.instead[line, column] = as_percent(value)
                sheet.percent += 1
            elif (digits := zeros(shown)) and value >= 0 and value % 1 == 0:
                sheet.instead[line, column] = str(int(value)).zfill(digits)


def _narrow(data: bytes, length: int) -> str:
    return data[8 : 8 + length].decode("latin-1")


def _value(kind: int, data: bytes) -> float | str | None:
    """The number of a cell, or the sign of its error; None for text."""
    if kind == _NUMBER:
        return float(struct.unpack_from("<d", data, 6)[0])
    if kind == _RK:
        return _unpacked(struct.unpack_from("<I", data, 6)[0])
    if kind == _BOOLERR and data[7]:
        return _ERRORS.get(data[6], "#N/A")
    if kind == _FORMULA:
        if data[12:14] != b"\xff\xff":
            return float(struct.unpack_from("<d", data, 6)[0])
        return _ERRORS.get(data[8], "#N/A") if data[6] == 2 else None
    return None


def _unpacked(packed: int) -> float:
    """A number packed in 30 bits: whole or the upper half of a float, perhaps times a hundred."""
    if packed & 2:
        value = float(packed >> 2 if packed < 2**31 else (packed >> 2) - 2**30)
    else:
        value = float(struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0])
    return value / 100 if packed & 1 else value
