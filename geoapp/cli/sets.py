"""Named sets of regions: the ones that were asked, where that is not the whole area."""

import re

import click

from geoapp.cli.desk import Desk
from geoapp.domain.words import Words
from geoapp.errors import BadRequest, NotFound, Refused
from geoapp.i18n import speak
from geoapp.releases.region_sets import regions_meant
from geoapp.store import places, releases, retiring
from geoapp.store.places import RegionSet

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_JSON = click.option("--json", "as_json", is_flag=True, help="As one JSON object.")


@click.group()
def sets() -> None:
    """Named sets of an edition's regions, for tables that were asked of some only."""


@sets.command("add", epilog="Example: geoapp sets add kumuh-2021 --edition kota-medan-kemendagri-2025 kelurahan.csv")
@click.argument("name")
@click.argument("items", nargs=-1, required=True)
@click.option("--edition", required=True, help="The edition whose regions they are.")
@click.option("--title-id", help="What it is called in Indonesian; without it, NAME.")
@click.option("--title-en", help="What it is called in English; without it, as in Indonesian.")
@click.pass_obj
def add(
    desk: Desk, name: str, items: tuple[str, ...], edition: str, title_id: str | None, title_en: str | None
) -> None:
    """Keep the regions that ITEMS name under NAME: codes, names, or a CSV or workbook with a column of either."""
    if not _SLUG.fullmatch(name):
        raise BadRequest("error.set_name", name=name)
    with desk.store.begin() as connection:
        found = retiring.in_use(connection, edition)
        rows = [row for row in releases.tree(connection, edition) if row.number is not None]
        codes = regions_meant(items, {row.code: row.name for row in rows}, found.code_system, edition)
        if len({row.level for row in rows if row.code in set(codes)}) > 1:
            raise Refused("error.set_levels")
        made = RegionSet(name, edition, Words(title_id or name, title_en or ""), codes)
        if not places.add_set(connection, made):
            raise Refused("error.set_exists", name=name)
        releases.audit(connection, desk.actor, "add set", {"set": name, "edition": edition, "regions": len(codes)})
    desk.say("sets.added", name=name, edition=edition, n=len(codes))


@sets.command("list", epilog="Example: geoapp sets list")
@_JSON
@click.pass_obj
def list_(desk: Desk, as_json: bool) -> None:
    """Every set with its edition and number of regions."""
    with desk.store.begin() as connection:
        found = places.region_sets(connection)
    if as_json:
        return desk.answer({"sets": [_document(each) for each in found]})
    if not found:
        return desk.say("sets.none")
    rows = [(each.id, each.name[desk.language], each.edition, len(each.codes)) for each in found]
    return desk.table(
        [speak(desk.language, f"sets.head_{head}") for head in ("set", "title", "edition", "regions")], rows
    )


@sets.command("show", epilog="Example: geoapp sets show kumuh-2021")
@click.argument("name")
@_JSON
@click.pass_obj
def show(desk: Desk, name: str, as_json: bool) -> None:
    """The regions of a set."""
    with desk.store.begin() as connection:
        found = _one(places.region_set(connection, name), name)
        known = {row.code: row.name for row in releases.tree(connection, found.edition)}
    if as_json:
        return desk.answer(_document(found))
    return desk.table(
        [speak(desk.language, f"sets.head_{head}") for head in ("code", "name")],
        [(code, known.get(code)) for code in found.codes],
    )


@sets.command("remove", epilog="Example: geoapp sets remove kumuh-2021")
@click.argument("name")
@click.pass_obj
def remove(desk: Desk, name: str) -> None:
    """Let go of a set; what was published with it stays."""
    with desk.store.begin() as connection:
        if not places.remove_set(connection, name):
            raise NotFound("error.no_set", set=name)
        releases.audit(connection, desk.actor, "remove set", {"set": name})
    desk.say("sets.removed", name=name)


def _one(found: RegionSet | None, name: str) -> RegionSet:
    if found is None:
        raise NotFound("error.no_set", set=name)
    return found


def _document(each: RegionSet) -> dict[str, object]:
    return {"set": each.id, "name": each.name.as_dict(), "edition": each.edition, "regions": list(each.codes)}


COMMANDS: list[click.Command] = [sets]
