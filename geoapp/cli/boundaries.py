"""Boundaries: bring a file in as an edition, try one without storing anything, list what is there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from geoapp.catalogue.sources import profiles
from geoapp.cli.boundary_report import counted, document, numbers, show, show_refused
from geoapp.cli.desk import Desk, dress
from geoapp.cli.surroundings import surroundings
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.periods import is_date
from geoapp.editions import output, suggestions, topology
from geoapp.editions.below import villages_of
from geoapp.editions.draft import Asked, Draft, Villages
from geoapp.editions.line import STEPS, Attempt, attempt
from geoapp.editions.publish import publish
from geoapp.errors import BadRequest, GeoappError, NotFound
from geoapp.i18n import speak
from geoapp.store import editions, reading, shapes

_SYSTEMS = click.Choice([system.value for system in CodeSystem])
_LEVELS = click.Choice([level.slug for level in Level])
_PATH = click.Path(path_type=Path)


@click.group()
def boundaries() -> None:
    """Boundary files and the editions made of them."""


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """What may be said beside a file; the same for importing and for checking."""
    for option in reversed(
        (
            click.argument("file", type=_PATH),
            click.option("--layer", help="Layer of a file that has several; the one with villages is found."),
            click.option("--profile", help="Source profile, such as kemendagri or hdx; found by the columns."),
            click.option("--code-column", help="Column of the region codes."),
            click.option("--name-column", help="Column of the region names."),
            click.option("--system", type=_SYSTEMS, help="Code system, if the file leaves doubt."),
            click.option("--level", type=_LEVELS, help="Level of the file's regions: village or below."),
            click.option("--crs", help="Reference system, such as EPSG:32749, if the file does not say it."),
            click.option("--swap-axes", is_flag=True, help="Turn round features whose latitude stands first."),
            click.option("--parent", "parents", multiple=True, help="Upper region of names without codes: 31.71."),
            click.option(
                "--accept-names",
                "accept",
                is_flag=False,
                flag_value="0",
                metavar="[SCORE|FILE]",
                help="Take the regions suggested by names: all, those from a score on, or those marked in FILE.",
            ),
            click.option(
                "--suggestions", "out", type=_PATH, metavar="FILE", help="Write the suggestions to be marked."
            ),
            click.option("--within", help="Edition whose villages hold regions below them, where codes are missing."),
            click.option("--dissolve", is_flag=True, help="Make one region of several features with one code."),
            click.option("--trust-codes", "unknown", is_flag=True, help="Take codes that no official list has."),
            click.option("--partial", is_flag=True, help="Import a file without the rows that are refused."),
            click.option(
                "--complete",
                type=_LEVELS,
                is_flag=False,
                flag_value="regency",
                help="All regions of every area at this level are in the file (alone: regency).",
            ),
            click.option(
                "--area-change",
                type=click.FloatRange(0, 100),
                metavar="PERCENT",
                help="How much of its area a region may gain or lose when neighbours are fitted together.",
            ),
            click.option(
                "--topology", type=_PATH, metavar="FILE", help="Write overlaps, gaps and broken rings as a GeoPackage."
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
@click.pass_context
def import_(context: click.Context, /, file: Path, as_json: bool, **said: Any) -> None:
    """Make an edition of FILE.

    GeoJSON, TopoJSON, GeoPackage, FlatGeobuf, KML, Shapefile, SQL or CSV with shapes, also in zip or gzip. Shapes are
    repaired and fitted together, districts and regencies are made of their villages, and everything is published at
    once, or nothing. The same content again is the same edition.
    """
    desk: Desk = context.obj
    tried = _tried(desk, file, said)
    if tried.error is not None:
        context.exit(_refused(desk, tried, as_json))
    published = publish(desk.store, tried.draft, tried.findings)
    if as_json:
        about = {"edition": published.id, "area": published.area, "new": published.is_new}
        return desk.answer({**about, **document(tried, desk.language)})
    show(desk, tried.findings)
    message = "boundaries.published" if published.is_new else "boundaries.unchanged"
    return desk.say(message, edition=published.id, area=published.area, regions=counted(desk, tried.draft))


@boundaries.command(epilog="Example: geoapp boundaries check villages.gpkg --crs EPSG:32749")
@_options
@click.pass_context
def check(context: click.Context, /, file: Path, as_json: bool, **said: Any) -> None:
    """Try FILE as an import would, and store nothing.

    Leaves with 0 if it may be imported, 1 if it is refused or a question must be answered, 2 if the command line is
    wrong.

    \b
    A file without codes: see what its names may be, mark them, and say yes:
      geoapp boundaries check jakpus.gpkg --parent 31.71 --suggestions usulan.csv
      geoapp boundaries import jakpus.gpkg --parent 31.71 --accept-names usulan.csv
    """
    desk: Desk = context.obj
    tried = _tried(desk, file, said)
    if tried.error is not None:
        context.exit(_refused(desk, tried, as_json))
    if as_json:
        return desk.answer(document(tried, desk.language))
    show(desk, tried.findings)
    return desk.say("boundaries.checked", file=file.name, regions=counted(desk, tried.draft))


def _refused(desk: Desk, tried: Attempt, as_json: bool) -> int:
    """Say why a file cannot come in, and give the exit code."""
    assert tried.error is not None, "asked of a file that is refused"
    if as_json:
        desk.answer(document(tried, desk.language))
    else:
        show_refused(desk, tried)
    return dress(tried.error, desk.language)


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
    rows = ((e.id, e.area, f"{e.source} {e.dated}", numbers(desk, e.regions)) for e in found)
    return desk.table(headers, rows)


def _tried(desk: Desk, file: Path, said: dict[str, Any]) -> Attempt:
    """How far the file came, with the suggestions written where they were asked for."""
    out: Path | None = said.pop("out")
    faults: Path | None = said.pop("topology")
    draft = Draft(file, Asked(), profiles(desk.settings), {})
    try:
        _keep_apart(file, said["accept"], out, faults)
        asked = _asked(said)
        with desk.store.begin() as connection:
            official = {system: names for system in CodeSystem if (names := editions.official(connection, system))}
        draft = Draft(file, asked, profiles(desk.settings), official, _villages(desk, asked.within))
    except GeoappError as error:
        return Attempt(draft, (), error)
    with desk.progress("boundaries.step_read", len(STEPS)) as progress:

        def began(step: str) -> None:
            progress.say(f"boundaries.step_{step}")
            progress.advance()

        tried = attempt(draft, began=began)
    if out is not None:
        why = {each.why: speak(desk.language, each.why) for each in tried.draft.suggestions}
        suggestions.write(out, tried.draft.suggestions, why)
    if faults is not None and tried.draft.faults is not None:
        topology.write(faults, tried.draft.faults)
    return tried


def _keep_apart(file: Path, accept: str | None, out: Path | None, faults: Path | None) -> None:
    """Refuse what would be written over a file that is read, or over the other output. Raises BadRequest."""
    read = [file, *([Path(accept)] if accept and not accept.isdigit() else [])]
    if out is not None:
        output.refuse_overwriting(out, read)
    if faults is not None:
        output.refuse_overwriting(faults, [*read, *([out] if out is not None else [])])
        output.refuse_foreign(faults)


def _asked(said: dict[str, Any]) -> Asked:
    """What was said beside the file. Raises BadRequest if it makes no sense."""
    for name in ("level", "complete"):
        said[name] = Level.of(said[name]) if said[name] else None
    said["system"] = CodeSystem(said["system"]) if said["system"] else None
    said["accept"] = suggestions.acceptance(said["accept"]) if said["accept"] else None
    if said["level"] is not None and said["level"] < Level.VILLAGE:
        raise BadRequest("error.level_unfit", level=said["level"].slug)
    if said["dated"] and not is_date(said["dated"]):
        raise BadRequest("error.edition_date", dated=said["dated"])
    return Asked(**said)


def _villages(desk: Desk, edition: str | None) -> Villages | None:
    """The villages of the edition that was named. Raises NotFound if there is none."""
    if edition is None:
        return None
    with desk.store.begin() as connection:
        found = reading.edition(connection, edition)
        if found is None:
            raise NotFound("error.no_edition", edition=edition)
        named = {each.number: (each.code, each.name) for each in reading.regions(connection, edition, Level.VILLAGE)}
        drawn = shapes.full(connection, edition, Level.VILLAGE)
    if not drawn:
        raise NotFound("error.no_villages", edition=edition)
    return villages_of(edition, found.code_system, [(*named[each.number], each.wkb) for each in drawn])


boundaries.add_command(surroundings)

COMMANDS: list[click.Command] = [boundaries]
