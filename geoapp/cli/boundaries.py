"""Boundaries: bring a file in as an edition, try one without storing anything, list what is there."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from geoapp.catalogue.sources import profiles
from geoapp.cli.desk import Desk
from geoapp.cli.surroundings import surroundings
from geoapp.domain.codes import CodeSystem
from geoapp.domain.findings import Finding, Weight
from geoapp.domain.levels import Level
from geoapp.domain.periods import is_date
from geoapp.editions.draft import Asked, Draft
from geoapp.editions.line import STEPS, prepare
from geoapp.editions.publish import counts, publish
from geoapp.errors import BadRequest
from geoapp.i18n import speak
from geoapp.store import editions

_SHOWN = 40
_SYSTEMS = click.Choice([system.value for system in CodeSystem])
_LEVELS = click.Choice([level.slug for level in Level])


@click.group()
def boundaries() -> None:
    """Boundary files and the editions made of them."""


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """What may be said beside a file; the same for importing and for checking."""
    for option in reversed(
        (
            click.argument("file", type=click.Path(path_type=Path)),
            click.option("--profile", help="Source profile, such as kemendagri or hdx; found by the columns."),
            click.option("--code-column", help="Column of the region codes."),
            click.option("--name-column", help="Column of the region names."),
            click.option("--system", type=_SYSTEMS, help="Code system, if the file leaves doubt."),
            click.option("--level", type=_LEVELS, help="Level of the file's regions: village or below."),
            click.option("--crs", help="Reference system, such as EPSG:32749, if the file does not say it."),
            click.option(
                "--complete",
                type=_LEVELS,
                is_flag=False,
                flag_value="regency",
                help="All regions of every area at this level are in the file (alone: regency).",
            ),
            click.option("--id", help="Id of the edition, instead of <area>-<source>-<year>."),
            click.option("--area", help="Name of the area, instead of the region's that holds them all."),
            click.option("--dated", help="Year or date of the boundaries, instead of the source's."),
            click.option("--json", "as_json", is_flag=True, help="The report as one JSON object."),
        )
    ):
        command = option(command)
    return command


@boundaries.command("import", epilog="Example: geoapp boundaries import kel_36.04.geojson")
@_options
@click.pass_obj
def import_(desk: Desk, /, file: Path, as_json: bool, **said: Any) -> None:
    """Make an edition of FILE: GeoJSON, GeoPackage or a zipped Shapefile of villages.

    Shapes are repaired and fitted together, districts and regencies are made of their villages, and everything is
    published at once, or nothing. The same content again is the same edition.
    """
    draft, findings = _prepared(desk, file, said)
    published = publish(desk.store, draft, findings)
    report = {"edition": published.id, "area": published.area, "new": published.is_new, **_report(draft, findings)}
    if as_json:
        return desk.answer(report)
    _show(desk, findings)
    message = "boundaries.published" if published.is_new else "boundaries.unchanged"
    desk.say(message, edition=published.id, area=published.area, regions=_counted(desk, draft))
    return None


@boundaries.command(epilog="Example: geoapp boundaries check villages.gpkg --crs EPSG:32749")
@_options
@click.pass_obj
def check(desk: Desk, /, file: Path, as_json: bool, **said: Any) -> None:
    """Try FILE as an import would, and store nothing."""
    draft, findings = _prepared(desk, file, said)
    if as_json:
        return desk.answer(_report(draft, findings))
    _show(desk, findings)
    desk.say("boundaries.checked", file=file.name, regions=_counted(desk, draft))
    return None


@boundaries.command("list", epilog="Example: geoapp boundaries list --json")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def list_(desk: Desk, as_json: bool) -> None:
    """The published editions."""
    with desk.store.begin() as connection:
        found = editions.list_editions(connection)
    if as_json:
        return desk.answer({"editions": [each._asdict() for each in found]})
    if not found:
        return desk.say("boundaries.none")
    headers = [speak(desk.language, f"boundaries.head_{name}") for name in ("edition", "area", "source", "regions")]
    rows = ((e.id, e.area, f"{e.source} {e.dated}", _numbers(desk, e.regions)) for e in found)
    return desk.table(headers, rows)


def _prepared(desk: Desk, file: Path, said: dict[str, Any]) -> tuple[Draft, tuple[Finding, ...]]:
    """The draft after every step; raises what a step refuses."""
    for name in ("level", "complete"):
        said[name] = Level.of(said[name]) if said[name] else None
    said["system"] = CodeSystem(said["system"]) if said["system"] else None
    if said["level"] is not None and said["level"] < Level.VILLAGE:
        raise BadRequest("error.level_unfit", level=said["level"].slug)
    if said["dated"] and not is_date(said["dated"]):
        raise BadRequest("error.edition_date", dated=said["dated"])
    with desk.store.begin() as connection:
        official = {system: names for system in CodeSystem if (names := editions.official(connection, system))}
    draft = Draft(file, Asked(**said), profiles(desk.settings), official)
    with desk.progress("boundaries.step_read", len(STEPS)) as progress:

        def began(step: str) -> None:
            progress.say(f"boundaries.step_{step}")
            progress.advance()

        return prepare(draft, began=began)


def _show(desk: Desk, findings: Sequence[Finding]) -> None:
    """The heaviest first, and no more than a screen or so of them."""
    order = list(Weight)
    ranked = sorted(findings, key=lambda each: order.index(each.weight))
    desk.show(ranked[:_SHOWN])
    if len(ranked) > _SHOWN:
        click.echo(speak(desk.language, "boundaries.more_findings", n=len(ranked) - _SHOWN), err=True)


def _report(draft: Draft, findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "file": draft.file.name,
        "profile": draft.profile.slug if draft.profile else None,
        "system": draft.system.value if draft.system else None,
        "level": draft.level.slug,
        "regions": counts(draft),
        "ancestors": [{"code": a.code, "name": a.name, "level": a.level.slug} for a in draft.ancestors],
        "findings": [finding.as_dict() for finding in findings],
    }


def _counted(desk: Desk, draft: Draft) -> str:
    return _numbers(desk, counts(draft))


def _numbers(desk: Desk, regions: Any) -> str:
    """``1 regency, 29 districts, 326 villages``."""
    return ", ".join(speak(desk.language, f"boundaries.count_{slug}", n=n) for slug, n in regions.items())


boundaries.add_command(surroundings)

COMMANDS: list[click.Command] = [boundaries]
