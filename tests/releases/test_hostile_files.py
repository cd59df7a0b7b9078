"""No file takes the service down: each is refused in one sentence within seconds and in bounded memory, or read."""

import gzip
import io
import json
import os
import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoapp.errors import GeoappError
from geoapp.i18n import speak
from geoapp.releases.reading.read import read_table
from geoapp.settings import HOME
from tests.releases.workbooks import number_cell, ods, ole, record, text_cell, xls, xlsx, zipped

SECONDS, MEBIBYTES = 10, 600
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>desa</t></is></c><c r="B1" t="inlineStr"><is><t>n</t></is></c></row>'
DATA = '<row r="2"><c r="A2" t="inlineStr"><is><t>Kasin</t></is></c><c r="B2"><v>5</v></c></row>'
PLAIN = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>desa</text:p></table:table-cell>'
    '<table:table-cell office:value-type="string"><text:p>n</text:p></table:table-cell></table:table-row>'
    '<table:table-row><table:table-cell office:value-type="string"><text:p>Kasin</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="5"/></table:table-row>'
)
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def lying(claims: int) -> bytes:
    """A workbook whose list of parts says that the sheet is small."""
    real = 80_000_000
    whole = bytearray(xlsx(HEAD + DATA, more={"xl/worksheets/sheet1.xml": b" " * real}))
    said, claimed = real.to_bytes(4, "little"), claims.to_bytes(4, "little")
    at = whole.find(said)
    while at >= 0:
        whole[at : at + 4] = claimed
        at = whole.find(said, at)
    return bytes(whole)


def many_parts() -> bytes:
    """A zip of more parts than any workbook has."""
    return zipped({**{f"xl/worksheets/sheet{n}.xml": "<a/>" for n in range(5_000)}, "xl/workbook.xml": "<a/>"})


def nested() -> bytes:
    """Bombs in a bomb."""
    inner = zipped({"bomb.xml": " " * 10_000_000})
    for _ in range(3):
        inner = zipped({f"{n}.zip": inner for n in range(10)})
    return inner


def many_rows(count: int) -> bytes:
    """A workbook of so many rows."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>5</v></c></row>' for n in range(2, count + 2)
    )
    return xlsx(HEAD + rows)


def locked_zip() -> bytes:
    """A zip whose parts say that they are encrypted."""
    whole = bytearray(xlsx(HEAD + DATA))
    with zipfile.ZipFile(io.BytesIO(bytes(whole))) as packed:
        for info in packed.infolist():
            whole[info.header_offset + 6] |= 1
    at = whole.find(b"PK\x01\x02")
    while at >= 0:
        whole[at + 8] |= 1
        at = whole.find(b"PK\x01\x02", at + 4)
    return bytes(whole)


def large_zeros() -> bytes:
    """What fills a large CSV: a few columns, a million lines."""
    return b"desa,penduduk\n" + b"Kasin,5\n" * 1_000_001


CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "bomb": (
        "a.xlsx",
        lambda: xlsx("", more={"xl/worksheets/sheet1.xml": b" " * 390 * 2**20}),
        "error.table_too_large",
    ),
    "bomb of text": ("a.xlsx", lambda: xlsx(HEAD, "<si><t>" + "a" * 70 * 2**20), "error.table_too_large"),
    "lying bomb": ("a.xlsx", lambda: lying(5_000), "error.table_too_large"),
    "many parts": ("a.xlsx", many_parts, "error.table_too_large"),
    "nested bomb": ("a.xlsx", nested, "error.table_is_archive"),
    "packed bomb": ("a.csv.gz", lambda: gzip.compress(b"a,b\n" * 45_000_000, 1), "error.table_too_large"),
    "packed nothing": ("a.csv.gz", lambda: gzip.compress(b" \n"), "error.table_empty"),
    "laughs": ("a.xlsx", lambda: xlsx(HEAD, more={"xl/sharedStrings.xml": LAUGHS.encode()}), "error.table_entities"),
    "laughs in ods": ("a.ods", lambda: zipped({"content.xml": LAUGHS + "<a>&c;</a>"}), "error.table_entities"),
    "outside": ("a.xlsx", lambda: xlsx("", more={"xl/workbook.xml": OUTSIDE.encode()}), "error.table_entities"),
    "laughs in utf-16": (
        "a.ods",
        lambda: zipped({"content.xml": (LAUGHS + "<a>&c;</a>").encode("utf-16")}),
        "error.table_entities",
    ),
    "million rows": ("a.csv", large_zeros, "error.table_too_long"),
    "million rows of a book": ("a.xlsx", lambda: many_rows(600_000), "error.table_too_long"),
    "ten thousand columns": ("a.csv", lambda: (b"desa," * 10_000 + b"\n") * 3, "error.table_too_long"),
    "columns of a book": (
        "a.xlsx",
        lambda: xlsx(HEAD + '<row r="2"><c r="NTP2"><v>5</v></c></row>'),
        "error.table_too_long",
    ),
    "far cell": (
        "a.xlsx",
        lambda: xlsx(HEAD + DATA + '<row><c r="BXX400000"><v>5</v></c></row>'),
        "error.table_spread",
    ),
    "far cell in quotes": (
        "a.xlsx",
        lambda: xlsx(HEAD + DATA + "<row><c r = 'bxx400000'><v>5</v></c></row>"),
        "error.table_spread",
    ),
    "far cell of an ods": (
        "a.ods",
        lambda: ods(
            '<table:table-row table:number-rows-repeated="1000000000"><table:table-cell office:value-type="float" '
            'office:value="5" table:number-columns-repeated="16384"/></table:table-row>'
        ),
        "error.table_too_long",
    ),
    "gap of an ods": (
        "a.ods",
        lambda: ods(
            '<table:table-row table:number-rows-repeated="400000"><table:table-cell/></table:table-row>'
            "<table:table-row>"
            '<table:table-cell table:number-columns-repeated="1900"/><table:table-cell office:value-type="float" '
            'office:value="5"/></table:table-row>'
        ),
        "error.table_spread",
    ),
    "far cell of an xls": (
        "a.xls",
        lambda: xls([text_cell(0, 0, "desa"), number_cell(65_535, 255, 5.0)]),
        "error.table_spread",
    ),
    "far cell in a trick": (
        "a.xlsx",
        lambda: xlsx(HEAD + DATA + """<row><c y=" r='A1'" r="BXX400000"><v>5</v></c></row>"""),
        "error.table_spread",
    ),
    "far cell without end": (
        "a.xlsx",
        lambda: xlsx(HEAD + DATA + '<row><c r="ZZZZZZ1"><v>5</v></c></row>'),
        "error.table_broken",
    ),
    "far cell on a new line": (
        "a.xlsx",
        lambda: xlsx(HEAD + DATA + '<row><c\nr="BXX400000"><v>5</v></c></row>'),
        "error.table_spread",
    ),
    "far cell of a sheet without a title": (
        "a.xlsx",
        lambda: xlsx(
            HEAD + DATA, more={"xl/hidden.xml": '<sheetData><row><c r="BXX400000"><v>5</v></c></row></sheetData>'}
        ),
        "error.table_spread",
    ),
    "claimed texts": (
        "a.xlsx",
        lambda: xlsx(HEAD + DATA, more={"xl/sharedStrings.xml": '<sst count="9" uniqueCount="4294967295"/>'}),
        "error.table_broken",
    ),
    "no number": (
        "a.ods",
        lambda: ods(
            '<table:table-row><table:table-cell office:value-type="percentage" office:value="abc"/></table:table-row>'
        ),
        "error.table_broken",
    ),
    "claims of an xls": (
        "a.xls",
        lambda: xls([record(0x200, struct.pack("<IIHHH", 0, 10**7, 0, 256, 0)), text_cell(0, 0, "desa")]),
        "error.table_broken",
    ),
    "claimed texts of an xls": (
        "a.xls",
        lambda: xls([text_cell(0, 0, "desa")], before=record(0xFC, struct.pack("<II", 2**31 - 1, 2**31 - 1))),
        "error.table_broken",
    ),
    "locked": ("a.xlsx", lambda: ole({"EncryptionInfo": b"", "EncryptedPackage": b"x"}), "error.table_locked"),
    "locked zip": ("a.xlsx", locked_zip, "error.table_locked"),
    "locked xls": ("a.xls", lambda: xls([], before=record(0x2F, bytes(54))), "error.table_locked"),
    "locked ods": ("a.ods", lambda: ods("", manifest="<m:encryption-data/>"), "error.table_locked"),
    "word": ("a.xlsx", lambda: zipped({"word/document.xml": "<a/>"}), "error.table_is_archive"),
    "binary book": (
        "a.xlsb",
        lambda: zipped({"xl/workbook.bin": "x"}),
        "error.table_is_xlsb",
    ),
    "other ole": ("a.xls", lambda: ole({"WordDocument": b"x"}), "error.not_a_table"),
    "xml of 2003": (
        "a.xls",
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "error.table_is_xml",
    ),
    "web archive": ("a.xls", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "error.table_is_html"),
    "web page in utf-16": ("a.xls", lambda: "<html><table></table></html>".encode("utf-16"), "error.table_is_html"),
    "pdf": ("a.csv", lambda: b"%PDF-1.7\n1,2\n3,4\n", "error.not_a_table"),
    "picture": ("a.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), "error.not_a_table"),
    "empty": ("a.xlsx", lambda: b"", "error.table_empty"),
    "blank": ("a.csv", lambda: b" \r\n\t\r\n", "error.table_empty"),
    "empty book": ("a.xlsx", lambda: xlsx(""), "error.table_empty"),
    "zeros": ("a.csv", lambda: bytes(5_000), "error.table_not_text"),
    "a zero": ("a.csv", lambda: b"desa,penduduk\nKa\0sin,5\n", "error.table_not_text"),
    "one line": ("a.csv", lambda: b"5," * 20_000_000, "error.table_one_line"),
    "one word": ("a.csv", lambda: b"a" * 20_000_000, "error.table_one_line"),
    "open quote": ("a.csv", lambda: b'desa,penduduk\nKasin,"5\n' + b"Kauman,6\n" * 100_000, "error.table_quote"),
    "endless record": ("a.csv", lambda: b"desa,n\n" + b'"a\n",' * 2_000_000, "error.table_quote"),
    "broken book": ("a.xlsx", lambda: xlsx(HEAD + DATA)[:-300], "error.table_broken"),
    "broken xls": ("a.xls", lambda: xls([text_cell(0, 0, "desa")])[:700], "error.not_a_table"),
    "two parts of one name": ("a.xlsx", lambda: twice(), "error.table_broken"),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def twice() -> bytes:
    """A zip with two different sheets of one name."""
    packed = io.BytesIO(xlsx(HEAD + DATA))
    with zipfile.ZipFile(packed, "a") as file:
        file.writestr("xl/worksheets/sheet1.xml ", "")
        file.infolist()[-1].filename = "xl/worksheets/sheet1.xml"
    return packed.getvalue()


READ = """
import json, sys, time
from pathlib import Path
from geoapp.errors import GeoappError
from geoapp.releases.reading.read import read_table
for path in sys.argv[1:]:
    # the time of this process alone: the machine that tests may be busy with others
    start, said, values = time.process_time(), "", {}
    try:
        read_table(Path(path))
    except GeoappError as error:
        said, values = error.message, error.values
    # not getrusage, whose peak a process inherits from the one that started it
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
    print(json.dumps([path, said, values, time.process_time() - start, peak]), flush=True)
"""


def test_every_hostile_file_is_refused_in_time_and_memory(tmp_path: Path) -> None:
    paths = {}
    for number, (case, (name, made, _)) in enumerate(CASES.items()):
        path = tmp_path / str(number) / name
        path.parent.mkdir()
        path.write_bytes(made())
        paths[str(path)] = case
    huge = tmp_path / "a.csv"
    with huge.open("wb") as file:
        file.truncate(200 * 2**20)
    before = sorted(tmp_path.rglob("*"))

    asked = [sys.executable, "-c", READ, *paths, str(huge)]
    run = subprocess.run(asked, cwd=HOME, capture_output=True, text=True, timeout=300, env={**os.environ})

    assert run.returncode == 0, run.stderr[-2000:]
    answers = {paths.get(path, "huge"): rest for path, *rest in map(json.loads, run.stdout.splitlines())}
    said = {case: answer[0] for case, answer in answers.items()}
    assert said == {**{case: message for case, (_, _, message) in CASES.items()}, "huge": "error.table_too_large"}
    assert {case: answer[2] for case, answer in answers.items() if answer[2] > SECONDS} == {}
    assert max(answer[3] for answer in answers.values()) <= MEBIBYTES
    for message, values, *_ in answers.values():
        assert speak("id", message, **values) and speak("en", message, **values)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", xlsx(HEAD + DATA)),
        ("a.xlsx", ods(PLAIN)),
        ("a.xls", b"desa\tn\nKasin\t5\n"),
        ("a.txt", b"desa|n\nKasin|5\n"),
        ("a.csv", b"sep=;\ndesa;n\nKasin;5\n"),
        ("a.xlsx", xlsx(f'<dimension ref="A1:XFD1048576"/>{HEAD}{DATA}<row r="9"><c r="XFD9" s="1"/></row>')),
        ("a", b"desa,n\nKasin,5\n"),
    ],
)
def test_a_harmless_file_is_read_whatever_its_name_and_claims(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)

    table = read_table(tmp_path / name)

    assert table.header == ("desa", "n")
    assert [str(cell).removesuffix(".0") for cell in table.rows[0].cells] == ["Kasin", "5"]


def test_macros_are_not_run_and_said(tmp_path: Path) -> None:
    (tmp_path / "a.xlsm").write_bytes(xlsx(HEAD + DATA, more={"xl/vbaProject.bin": b"Shell"}))

    table = read_table(tmp_path / "a.xlsm")

    assert [each.message for each in table.findings] == ["reading.macros"]


SEEDS = {
    "xlsx": xlsx(HEAD + DATA),
    "ods": ods("<table:table-row><table:table-cell/></table:table-row>"),
    "xls": xls([text_cell(0, 0, "desa"), text_cell(0, 1, "n"), text_cell(1, 0, "Kasin"), number_cell(1, 1, 5.0)]),
    "csv": 'desa;n\r\n"Ka""sin";5\r\n'.encode("utf-16"),
}


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(sorted(SEEDS)), seed=st.integers(0, 2**32), hits=st.integers(1, 30))
def test_a_damaged_file_is_read_or_refused_but_never_falls_over(
    tmp_path: Path, kind: str, seed: int, hits: int
) -> None:
    chance = random.Random(seed)
    damaged = bytearray(SEEDS[kind])
    for _ in range(hits):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    if chance.random() < 0.3:
        del damaged[chance.randrange(len(damaged)) :]
    path = tmp_path / f"a.{kind}"
    path.write_bytes(bytes(damaged))

    try:
        read_table(path)
    except GeoappError as error:
        assert speak("id", error.message, **error.values)
