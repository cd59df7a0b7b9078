"""Workbooks made part by part, as no library of ours writes them: shared texts, BIFF records, repeated cells."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def xlsx(rows: str, strings: str = "", styles: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A workbook of one sheet ``Data`` with this XML for its rows."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Data &amp; Angka" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" '
        f'Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        **(more or {}),
    }
    return zipped(parts)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """These parts as a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return packed.getvalue()


def ods(table: str, styles: str = "", manifest: str = "") -> bytes:
    """An ODS with one sheet ``Data`` of this XML."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="Data">{table}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        }
    )


def record(kind: int, *parts: bytes) -> bytes:
    """One record of BIFF."""
    data = b"".join(parts)
    return struct.pack("<HH", kind, len(data)) + data


def xls(cells: Sequence[bytes], formats: Sequence[str] = ("General",), before: bytes = b"") -> bytes:
    """An XLS of one sheet ``Data``: records of cells, whose style is the place of its number format in ``formats``."""
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 1997, 0, 0))
    shown = b"".join(
        record(0x41E, struct.pack("<HHB", 164 + n, len(text), 0), text.encode()) for n, text in enumerate(formats)
    )
    styles = b"".join(record(0xE0, struct.pack("<HH", 0, 164 + n), bytes(16)) for n in range(len(formats)))
    general = begin + before + record(0x42, struct.pack("<H", 1200)) + shown + styles
    start = len(general) + len(record(0x85, bytes(8), b"Data")) + len(record(0x0A))
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 1997, 0, 0)) + b"".join(cells) + record(0x0A)
    stream = general + record(0x85, struct.pack("<IBBBB", start, 0, 0, 4, 0), b"Data") + record(0x0A) + sheet
    return ole({"Workbook": stream})


def text_cell(row: int, column: int, text: str) -> bytes:
    """A record of text."""
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 0), text.encode())


def number_cell(row: int, column: int, value: float, style: int = 0) -> bytes:
    """A record of a number."""
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file of these streams, each at least 4,096 bytes long."""
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0)
    sectors, table = b"", [0xFFFFFFFD, 0xFFFFFFFE]
    for name, stream in streams.items():
        padded = stream.ljust(4096, b"\0")
        padded += bytes(-len(padded) % 512)
        first, count = len(table), len(padded) // 512
        directory += _entry(name, 2, first, len(padded))
        table += [*range(first + 1, first + count), 0xFFFFFFFE]
        sectors += padded
    assert len(table) <= 128
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    table += [0xFFFFFFFF] * (128 - len(table))
    return head + struct.pack("<128I", *table) + directory.ljust(512, b"\0") + sectors


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    said = name.encode("utf-16-le")
    child = 1 if kind == 5 else 0xFFFFFFFF
    return (
        said.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(said) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
