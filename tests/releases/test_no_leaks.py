"""A table of persons leaves by every door as a refusal: no value on the terminal, in a file, a log or the database."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from geoapp.cli import run
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests.releases.conftest import VILLAGES, make_edition

CODES = sorted(VILLAGES)
SECRETS = [
    (f"357301{n + 10}0590{n:04}", f"Rahasia Orang{n}", f"Gang Sunyi {n}", f"0812990000{n:02}") for n in range(12)
]
Make = Callable[[Path], Path]


@pytest.fixture(scope="module")
def home(database: Callable[[], Urls]) -> Iterator[tuple[Store, Urls]]:
    """One database with an edition for all lists: none of them may change it."""
    urls = database()
    opened = Store.at(*urls)
    make_edition(opened)
    yield opened, urls
    opened.close()


def _csv(path: Path, header: str, rows: list[str]) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def by_number(folder: Path) -> Path:
    """A column of NIK beside a statistic."""
    rows = [f"{code};{secret[0]};100" for code, secret in zip(CODES, SECRETS, strict=False)]
    return _csv(folder / "a.csv", "kode;catatan;penduduk", rows)


def without_header(folder: Path) -> Path:
    """No header at all: the first person stands where it would be."""
    rows = [";".join((secret[0], secret[1], secret[3], code)) for code, secret in zip(CODES, SECRETS, strict=False)]
    return _csv(folder / "a.csv", rows[0], rows[1:])


def by_rows(folder: Path) -> Path:
    """Recipients with a name and an address, several in a village, and a figure."""
    rows = [f"{CODES[n // 3]};{VILLAGES[CODES[n // 3]]};{each[1]};{each[2]};{n}" for n, each in enumerate(SECRETS)]
    return _csv(folder / "a.csv", "kode;desa;nama;alamat;penduduk", rows)


def by_rows_without_figure(folder: Path) -> Path:
    """The same without anything that could be a figure."""
    rows = [f"{VILLAGES[CODES[n // 3]]};{each[1]};{each[2]}" for n, each in enumerate(SECRETS)]
    return _csv(folder / "a.csv", "desa;nama;alamat", rows)


def in_a_hidden_sheet(folder: Path) -> Path:
    """A clean table in front, the persons in a sheet that nobody sees."""
    book = openpyxl.Workbook()
    book.active.append(["kode", "penduduk"])
    for code in CODES:
        book.active.append([code, 100])
    hidden = book.create_sheet("Sheet9")
    hidden.sheet_state = "veryHidden"
    for secret in SECRETS:
        hidden.append([float(secret[0]), secret[1]])
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def with_a_bad_code(folder: Path) -> Path:
    """Codes that are none, so that nothing can be placed."""
    rows = [f"tanpa kode;Desa X;{secret[1]};{secret[3]};1" for secret in SECRETS]
    return _csv(folder / "a.csv", "kode;desa;nama lengkap;no hp;penduduk", rows)


LISTS = (by_number, without_header, by_rows, by_rows_without_figure, in_a_hidden_sheet, with_a_bad_code)
ASKED = ("--indicator", "penduduk=penduduk", "--period", "2024")


@pytest.mark.parametrize("make", LISTS, ids=lambda each: each.__name__)
@pytest.mark.parametrize("verb", ["check", "import"])
@pytest.mark.parametrize("options", [(), ASKED, (*ASKED, "--json")], ids=["bare", "asked", "json"])
def test_no_value_of_a_person_leaves_by_any_door(
    home: tuple[Store, Urls],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    make: Make,
    verb: str,
    options: tuple[str, ...],
) -> None:
    store, urls = home
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    monkeypatch.setenv("GEOAPP_LANG", "en")
    caplog.set_level(logging.DEBUG)
    path = make(tmp_path)
    before = _everything(store)
    outputs = ["--csv", str(tmp_path / "out.csv"), "--html", str(tmp_path / "out.html")]
    outputs += ["--suggestions", str(tmp_path / "out2.csv"), "--save-mapping", str(tmp_path / "out.toml")]

    assert run(["statistics", verb, str(path), *options, *outputs]) == 1

    said = "".join(capfd.readouterr()) + caplog.text
    written = "".join(each.read_text("utf-8", "replace") for each in tmp_path.iterdir() if each != path)
    assert "data on persons" in said
    assert [value for secret in SECRETS for value in secret if value in said + written] == []
    assert _everything(store) == before


def _everything(store: Store) -> dict[str, int]:
    """How many rows each table of the database holds."""
    ours = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    with store.begin() as connection:
        names = [f'"{schema}"."{table}"' for schema, table in connection.execute(text(ours))]
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in names}
