"""Official code lists: load one, list what is there."""

import csv
import gzip
import re
import zlib
from collections.abc import Mapping
from pathlib import Path

import click

from geoapp.cli.desk import Desk
from geoapp.domain.code_column import read_column
from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.periods import is_date
from geoapp.errors import BadRequest, NotFound, Refused
from geoapp.i18n import speak
from geoapp.store import editions

_COLUMNS = {"code": ("code", "kode"), "name": ("name", "nama")}
_LIMIT_MIB = 64
_SYSTEMS = click.Choice([each.value for each in CodeSystem])


@click.group()
def codes() -> None:
    """Official lists of region codes; from them upper regions get their names."""


@codes.command("import", epilog="Example: geoapp codes import kemendagri_2025_kode_nama.csv.gz --dated 2025")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--system", type=_SYSTEMS, help="Who gave the codes; found by their form.")
@click.option("--dated", help="Year of the list; found in the file's name.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def import_(desk: Desk, file: Path, system: str | None, dated: str | None, as_json: bool) -> None:
    """Load FILE, a CSV (or .csv.gz) with the columns code and name; a list of the same name is replaced."""
    year = dated or next(iter(re.findall(r"(?<!\d)20\d\d(?!\d)", file.name)), None)
    if year is None or not is_date(year):
        raise BadRequest("error.code_list_date", file=file.name)
    found, names, skipped = _read(file, CodeSystem(system) if system else None)
    with desk.store.begin() as connection:
        id = editions.load_list(connection, found, year, names)
    if as_json:
        return desk.answer({"list": id, "codes": len(names), "skipped": skipped})
    desk.say("codes.loaded", list=id, n=len(names))
    if skipped:
        desk.say("codes.skipped", n=skipped)
    return None


@codes.command("list", epilog="Example: geoapp codes list")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def list_(desk: Desk, as_json: bool) -> None:
    """The official lists that are loaded."""
    with desk.store.begin() as connection:
        found = editions.lists(connection)
    if as_json:
        return desk.answer({"lists": [each._asdict() for each in found]})
    if not found:
        return desk.say("codes.none")
    headers = [speak(desk.language, f"codes.head_{name}") for name in ("list", "system", "dated", "codes")]
    return desk.table(headers, found)


def _read(file: Path, asked: CodeSystem | None) -> tuple[CodeSystem, Mapping[RegionCode, str], int]:
    """The list as code → name, and how many rows were no code or came twice."""
    rows = _rows(file)
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    at = {
        part: next((header.index(each) for each in known if each in header), None) for part, known in _COLUMNS.items()
    }
    if at["code"] is None or at["name"] is None:
        raise Refused("error.code_list_columns", file=file.name)
    width = max(at["code"], at["name"]) + 1
    whole = [(row[at["code"]], row[at["name"]].strip()) for row in rows[1:] if len(row) >= width]
    reading = read_column([code for code, _ in whole], [], {}, header[at["code"]], asked)
    if reading.system is None:
        raise Refused("error.code_list_undecided" if reading.question else "error.code_list_columns", file=file.name)
    names: dict[RegionCode, str] = {}
    for code, (_, name) in zip(reading.codes, whole, strict=True):
        if code is not None and code.level is not None and name:
            names.setdefault(code, name)
    return reading.system, names, len(rows) - 1 - len(names)


def _rows(file: Path) -> list[list[str]]:
    if not file.is_file():
        raise NotFound("error.boundary_file_absent", file=str(file))
    try:
        with (gzip.open if file.suffix == ".gz" else open)(file, "rb") as opened:
            content = opened.read(_LIMIT_MIB * 2**20 + 1)
        if len(content) > _LIMIT_MIB * 2**20:
            raise Refused("error.boundary_file_large", file=file.name, limit=_LIMIT_MIB)
        return list(csv.reader(content.decode("utf-8-sig").splitlines()))
    except (UnicodeDecodeError, csv.Error, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise Refused("error.code_list_columns", file=file.name) from error


COMMANDS: list[click.Command] = [codes]
