"""Boundaries: bring a file in as an edition, or try one without storing anything."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from geoapp.catalogue.sources import profiles
from geoapp.cli import bundles
from geoapp.cli.boundary_options import asked_of, options
from geoapp.cli.boundary_report import counted, document, show, show_refused
from geoapp.cli.compare import compare
from geoapp.cli.desk import Desk, dress
from geoapp.cli.editions import EDITIONS
from geoapp.cli.lineage import lineage
from geoapp.cli.pace import Pace
from geoapp.cli.surroundings import surroundings
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.editions import output, suggestions, topology
from geoapp.editions.below import villages_of
from geoapp.editions.bundle import is_bundle
from geoapp.editions.draft import Asked, Draft, Villages
from geoapp.editions.ids import hold_slug
from geoapp.editions.line import STEPS, Attempt, attempt
from geoapp.editions.publish import foresee, publish
from geoapp.errors import GeoappError, NotFound
from geoapp.i18n import speak
from geoapp.store import editions, reading, retiring, shapes

Work = Callable[[Desk, Path, dict[str, Any], bool], None]


@click.group()
def boundaries() -> None:
    """Boundary files and the editions made of them."""


@boundaries.command("import", epilog="Example: geoapp boundaries import kel_36.04.geojson")
@options
@click.pass_context
def import_(context: click.Context, /, file: Path, as_json: bool, **said: Any) -> None:
    """Make an edition of FILE.

    GeoJSON, TopoJSON, GeoPackage, FlatGeobuf, KML, Shapefile, SQL or CSV with shapes, also in zip or gzip; or a bundle
    that boundaries export wrote, which is loaded as it is. Shapes are
    repaired and fitted together, districts and regencies are made of their villages, and everything is published at
    once, or nothing. The same content again is the same edition.
    """
    desk: Desk = context.obj
    if is_bundle(file):
        context.exit(_of_bundle(desk, file, said, as_json, bundles.bring_in))
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
@options
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
    if is_bundle(file):
        context.exit(_of_bundle(desk, file, said, as_json, bundles.look))
    tried = _tried(desk, file, said)
    if tried.error is None:
        try:
            placed = foresee(desk.store, tried.draft)
        except GeoappError as error:
            tried = tried._replace(error=error)
    if tried.error is not None:
        context.exit(_refused(desk, tried, as_json))
    if as_json:
        about = {"edition": placed.id, "area": placed.area, "new": placed.is_new}
        return desk.answer({**about, **document(tried, desk.language)})
    show(desk, tried.findings)
    return desk.say("boundaries.checked", file=file.name, regions=counted(desk, tried.draft))


def _of_bundle(desk: Desk, file: Path, said: dict[str, Any], as_json: bool, work: Work) -> int:
    """Load or try a bundle, and give the exit code; why it is refused is said as of any other file."""
    try:
        work(desk, file, said, as_json)
    except GeoappError as error:
        return _refused(desk, Attempt(Draft(file, Asked(), {}, {}), (), error), as_json)
    return 0


def _refused(desk: Desk, tried: Attempt, as_json: bool) -> int:
    """Say why a file cannot come in, and give the exit code."""
    assert tried.error is not None, "asked of a file that is refused"
    if as_json:
        desk.answer(document(tried, desk.language))
    else:
        show_refused(desk, tried)
    return dress(tried.error, desk.language)


def _tried(desk: Desk, file: Path, said: dict[str, Any]) -> Attempt:
    """How far the file came, with the suggestions written where they were asked for."""
    out: Path | None = said.pop("out")
    faults: Path | None = said.pop("topology")
    draft = Draft(file, Asked(), profiles(desk.settings), {})
    try:
        _keep_apart(file, said["accept"], out, faults)
        asked = asked_of(said)
        if asked.id:
            hold_slug(asked.id)
        with desk.store.begin() as connection:
            official = {system: names for system in CodeSystem if (names := editions.official(connection, system))}
        draft = Draft(file, asked, profiles(desk.settings), official, _villages(desk, asked.within))
    except GeoappError as error:
        return Attempt(draft, (), error)
    with desk.progress("boundaries.step_read", len(STEPS)) as progress:
        pace = Pace(progress)
        tried = attempt(replace(draft, watch=pace.watch), began=pace.began)
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


def _villages(desk: Desk, edition: str | None) -> Villages | None:
    """The villages of the edition that was named. Raises NotFound if there is none."""
    if edition is None:
        return None
    with desk.store.begin() as connection:
        found = retiring.in_use(connection, edition)
        named = {each.number: (each.code, each.name) for each in reading.regions(connection, edition, Level.VILLAGE)}
        drawn = shapes.full(connection, edition, Level.VILLAGE)
    if not drawn:
        raise NotFound("error.no_villages", edition=edition)
    return villages_of(edition, found.code_system, [(*named[each.number], each.wkb) for each in drawn])


for _command in (surroundings, lineage, *EDITIONS, compare, bundles.export):
    boundaries.add_command(_command)

COMMANDS: list[click.Command] = [boundaries]
