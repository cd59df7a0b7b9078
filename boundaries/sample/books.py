"""Workbooks written byte for byte the same on every run: XLSX and ODS of texts and numbers, without a compressor."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Cell = str | float | int
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def write_xlsx(path: Path, sheet: str, rows: Sequence[Sequence[Cell]]) -> None:
    """One sheet."""
    body = "".join(
        f'<row r="{n}">{"".join(_cell(f"{_letters(k)}{n}", cell) for k, cell in enumerate(row))}</row>'
        for n, row in enumerate(rows, 1)
    )
    main = f"{OFFICE}/spreadsheetml/2006/main"
    types = f"{OFFICE}/package/2006/content-types"
    links = f"{OFFICE}/package/2006/relationships"
    kind = f"{OFFICE}/officeDocument/2006/relationships"
    workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    _pack(
        path,
        {
            "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{workbook}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{workbook}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" Type="{kind}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets><sheet name="{escape(sheet)}" '
            'sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" '
            f'Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
        },
    )


def write_ods(path: Path, sheet: str, rows: Sequence[Sequence[Cell]]) -> None:
    """One sheet."""
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(f'xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "table", "text"))
    _pack(
        path,
        {
            "mimetype": mime,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0" '
            f'manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
            "content.xml": f'<office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>'
            f'<table:table table:name="{escape(sheet)}">{body}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        },
    )


def _pack(path: Path, parts: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (2024, 12, 31, 0, 0, 0))
            entry.create_system = 3
            file.writestr(entry, text if name == "mimetype" else HEAD + text)


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else _letters(column // 26 - 1) + chr(65 + column % 26)


def _cell(at: str, cell: Cell) -> str:
    if isinstance(cell, str):
        return f'<c r="{at}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>' if cell else ""
    return f'<c r="{at}"><v>{cell}</v></c>'


def _ods_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        text = f"<text:p>{escape(cell)}</text:p>"
        return (
            f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
            if cell
            else ("<table:table-cell/>")
        )
    return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
