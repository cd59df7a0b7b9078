"""Official code lists and crosswalks: load one, list what is there, let go of one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from geoapp.cli.desk import Desk
from geoapp.domain.codes import CodeSystem
from geoapp.domain.periods import is_date
from geoapp.errors import BadRequest, NotFound
from geoapp.i18n import speak
from geoapp.releases.code_files import CodeList, Crosswalk, Skipped, read_codes, years
from geoapp.store import editions, places, releases

_SYSTEMS = click.Choice([each.value for each in CodeSystem])
_STATUSES = click.Choice(["official", "proposal"])
_JSON = click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
_SHOWN = 5


@click.group()
def codes() -> None:
    """Official lists of region codes, and crosswalks between the two code systems."""


@codes.command("import", epilog="Example: geoapp codes import kemendagri_2025_kode_nama.csv.gz --dated 2025")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--system", type=_SYSTEMS, help="Who gave the codes of a list; found by their form.")
@click.option("--status", type=_STATUSES, help="Whether an office stands behind a crosswalk; else a proposal.")
@click.option("--dated", help="Year of the list or crosswalk; found in the file's name.")
@_JSON
@click.pass_obj
def import_(desk: Desk, file: Path, system: str | None, status: str | None, dated: str | None, as_json: bool) -> None:
    """Load FILE: a list (columns code and name) or a crosswalk (kode_bps and kode_kemendagri), CSV or workbook.

    What is there already of the same regions, from the same system and year, is replaced.
    """
    year = dated or max(years(file.name), default=None)
    if year is None or not is_date(year):
        raise BadRequest("error.code_list_date", file=file.name)
    found = read_codes(file, CodeSystem(system) if system else None)
    if isinstance(found, CodeList):
        return _load_list(desk, found, year, as_json)
    return _load_crosswalk(desk, found, year, status, as_json)


@codes.command("list", epilog="Example: geoapp codes list")
@_JSON
@click.pass_obj
def list_(desk: Desk, as_json: bool) -> None:
    """The official lists and the crosswalks that are loaded."""
    with desk.store.begin() as connection:
        lists, walks = editions.lists(connection), places.crosswalks(connection)
    if as_json:
        return desk.answer(
            {"lists": [each._asdict() for each in lists], "crosswalks": [each._asdict() for each in walks]}
        )
    if lists:
        desk.table(_heads(desk, "list", "system", "dated", "codes"), lists)
    if walks:
        rows = [
            (each.id, speak(desk.language, f"codes.status_{each.status}"), each.dated, each.links, each.ambiguous)
            for each in walks
        ]
        desk.table(_heads(desk, "crosswalk", "status", "dated", "links", "ambiguous"), rows)
    return None if lists or walks else desk.say("codes.none")


@codes.command("remove", epilog="Example: geoapp codes remove bps-kemendagri-2020-district")
@click.argument("id")
@click.pass_obj
def remove(desk: Desk, id: str) -> None:
    """Let go of a list or a crosswalk; what was published with it stays."""
    with desk.store.begin() as connection:
        if not places.remove(connection, id):
            raise NotFound("error.no_code_list", list=id)
        releases.audit(connection, desk.actor, "remove codes", {"id": id})
    desk.say("codes.removed", list=id)


def _load_list(desk: Desk, found: CodeList, year: str, as_json: bool) -> None:
    with desk.store.begin() as connection:
        id = editions.load_list(connection, found.system, year, found.names)
        releases.audit(connection, desk.actor, "import codes", {"id": id, "codes": len(found.names)})
    if as_json:
        return desk.answer({"list": id, "codes": len(found.names), **_skipped(found.skipped)})
    desk.say("codes.loaded", list=id, n=len(found.names))
    return _say_skipped(desk, found.skipped)


def _load_crosswalk(desk: Desk, found: Crosswalk, year: str, status: str | None, as_json: bool) -> None:
    held = status or ("proposal" if found.doubt else "official")
    parts = [
        "bps-kemendagri",
        year,
        *(level.slug for level in found.levels),
        *(["proposal"] if held == "proposal" else []),
    ]
    id = "-".join(parts)
    with desk.store.begin() as connection:
        places.load_crosswalk(connection, id, year, held, found.links)
        releases.audit(connection, desk.actor, "import codes", {"id": id, "links": len(found.links), "status": held})
    if as_json:
        said = {"crosswalk": id, "status": held, "links": len(found.links), "ambiguous": found.ambiguous}
        return desk.answer({**said, **_skipped(found.skipped)})
    desk.say(f"codes.crosswalk_{held}", list=id, n=len(found.links))
    if found.doubt and status is None:
        message, values = found.doubt
        desk.say(message, **values)
    if found.ambiguous:
        desk.say("codes.ambiguous", n=found.ambiguous)
    return _say_skipped(desk, found.skipped)


def _skipped(left: Skipped) -> Mapping[str, Any]:
    return {"skipped": left.n, "blank": left.blank, "repeated": left.repeated, "unread_lines": list(left.unread)}


def _say_skipped(desk: Desk, left: Skipped) -> None:
    """What was left out, and why."""
    if left.blank:
        desk.say("codes.skipped_blank", n=left.blank)
    if left.repeated:
        desk.say("codes.skipped_repeated", n=left.repeated)
    if left.unread:
        lines = ", ".join(map(str, left.unread[:_SHOWN])) + (" …" if len(left.unread) > _SHOWN else "")
        desk.say("codes.skipped_unread", n=len(left.unread), lines=lines)


def _heads(desk: Desk, *names: str) -> list[str]:
    return [speak(desk.language, f"codes.head_{name}") for name in names]


COMMANDS: list[click.Command] = [codes]
