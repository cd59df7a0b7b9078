"""Editions side by side: list and show them, take one out of use and back, remove one that nothing stands on."""

from collections.abc import Mapping
from typing import Any

import click

from geoapp.cli.boundary_report import numbers
from geoapp.cli.desk import Desk
from geoapp.domain.codes import NAMES
from geoapp.domain.findings import Finding
from geoapp.domain.regions import Edition, Retired
from geoapp.errors import BadRequest, NotFound
from geoapp.i18n import dates, speak
from geoapp.store import editions, portraits, reading, releases, retiring

_JSON = click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
_HEADS = ("edition", "area", "source", "dated", "status", "licence", "regions", "maps", "retired")
_DIGITS = 12
"""Of the digest, for people."""


@click.command("list", epilog="Example: geoapp boundaries list --json")
@_JSON
@click.pass_obj
def list_(desk: Desk, as_json: bool) -> None:
    """The published editions: source, date, status, licence, contents, maps, and whether they are retired."""
    with desk.store.begin() as connection:
        found = editions.list_editions(connection)
    if as_json:
        return desk.answer({"editions": [each._asdict() for each in found]})
    if not found:
        return desk.say("boundaries.none")
    rows = (
        (
            each.id,
            each.area,
            each.source,
            each.dated,
            speak(desk.language, f"editions.status_{each.status}"),
            each.licence,
            numbers(desk, each.regions),
            each.maps,
            _since(desk, Retired(each.retired, each.reason or "", each.successor)) if each.retired else "",
        )
        for each in found
    )
    return desk.table([speak(desk.language, f"editions.head_{name}") for name in _HEADS], rows, right={7})


@click.command(epilog="Example: geoapp boundaries show kota-malang-kemendagri-2025")
@click.argument("id")
@_JSON
@click.pass_obj
def show(desk: Desk, id: str, as_json: bool) -> None:
    """All that is kept of edition ID: origin, rights, contents, maps, and what its import noted."""
    with desk.store.begin() as connection:
        edition = reading.edition(connection, id)
        if edition is None:
            raise NotFound("error.no_edition", edition=id)
        about = reading.edition_about(connection, id)
        counted = portraits.counts(connection, id)
        out = retiring.retired(connection).get(id)
    regions = {level.slug: count.drawn for level, count in counted.items() if count.drawn}
    ancestors = sum(count.regions - count.drawn for count in counted.values())
    if as_json:
        return desk.answer(_document(desk, edition, about, out, {"regions": regions, "ancestors": ancestors}))
    return _shown(desk, edition, about, out, regions)


def _document(
    desk: Desk, edition: Edition, about: Mapping[str, Any], out: Retired | None, counted: Mapping[str, Any]
) -> dict[str, Any]:
    said = [Finding.of(each) for each in about["report"].get("findings", ())]
    return {
        "id": edition.id,
        "area": edition.area,
        "code_system": edition.code_system.value,
        "level": edition.base_level.slug,
        "source": edition.source,
        "attribution": edition.attribution.as_dict(),
        "licence": edition.licence,
        "status": edition.status.value,
        "dated": edition.dated,
        "box": list(edition.box),
        **counted,
        "maps": list(about["maps"]),
        "published": edition.published_at,
        "file": about["report"].get("file"),
        "profile": about["report"].get("profile"),
        "digest": about["digest"],
        "grids": about["grids"],
        "retired": out and {"since": out.at, "reason": out.reason, "successor": out.successor},
        "findings": [
            {
                "weight": each.weight.value,
                "sentence": speak(desk.language, each.message, **each.values),
                "row": each.place.line,
                "message": each.message,
            }
            for each in said
        ],
    }


def _shown(
    desk: Desk, edition: Edition, about: Mapping[str, Any], out: Retired | None, regions: Mapping[str, int]
) -> None:
    status = speak(desk.language, f"editions.status_{edition.status.value}")
    desk.heading(f"{edition.id} ({edition.area})")
    if out is not None:
        desk.say("editions.show_retired", retired=_since(desk, out))
    desk.say("editions.show_origin", source=edition.source, dated=edition.dated, status=status)
    desk.say("editions.show_attribution", attribution=edition.attribution[desk.language])
    desk.say("editions.show_licence", licence=edition.licence)
    desk.say("editions.show_system", system=NAMES[edition.code_system])
    desk.say("editions.show_regions", regions=numbers(desk, regions))
    desk.say("editions.show_maps", maps=", ".join(about["maps"]) or "-")
    made = dates.day(desk.language, edition.published_at)
    file = about["report"].get("file") or "-"
    desk.say("editions.show_made", date=made, file=file, digest=about["digest"][:_DIGITS])
    if findings := about["report"].get("findings"):
        desk.heading(speak(desk.language, "editions.show_findings"))
        for each in map(Finding.of, findings):
            desk.line(speak(desk.language, each.message, **each.values), mark="-")


def _since(desk: Desk, out: Retired) -> str:
    said = {"date": dates.day(desk.language, out.at), "reason": out.reason}
    if out.successor is None:
        return speak(desk.language, "editions.retired_since", **said)
    return speak(desk.language, "editions.retired_for", **said, successor=out.successor)


@click.command(
    epilog='Example: geoapp boundaries retire kota-a-own-2020 --reason "Drawn wrongly" --successor kota-a-big-2023'
)
@click.argument("id")
@click.option("--reason", required=True, help="Why, as people will read it on its maps.")
@click.option("--successor", help="The edition to be used in its place.")
@click.pass_obj
def retire(desk: Desk, id: str, reason: str, successor: str | None) -> None:
    """Take edition ID out of use.

    Its maps, files and tiles stay at their addresses and say so. Nothing new is made on it, and its maps are offered
    only where no other map stands in for them. unretire takes it back.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise BadRequest("error.retire_reason")
    with desk.store.begin() as connection:
        retiring.retire(connection, id, reason, successor)
        said = {"edition": id, "reason": reason, "successor": successor}
        releases.audit(connection, desk.actor, "retire edition", said)
    desk.say("editions.retired", edition=id)


@click.command(epilog="Example: geoapp boundaries unretire kota-a-own-2020")
@click.argument("id")
@click.pass_obj
def unretire(desk: Desk, id: str) -> None:
    """Take edition ID back into use."""
    with desk.store.begin() as connection:
        retiring.unretire(connection, id)
        releases.audit(connection, desk.actor, "unretire edition", {"edition": id})
    desk.say("editions.unretired", edition=id)


@click.command(epilog="Example: geoapp boundaries remove kota-a-own-2020")
@click.argument("id")
@click.pass_obj
def remove(desk: Desk, id: str) -> None:
    """Remove edition ID, if no release, table or set stands on it; else retire it."""
    with desk.store.begin() as connection:
        retiring.remove(connection, id, desk.actor)
    desk.say("editions.removed", edition=id)


EDITIONS: tuple[click.Command, ...] = (list_, show, retire, unretire, remove)
"""Commands of the group boundaries."""
