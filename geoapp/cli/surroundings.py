"""The surroundings of an edition: make them from a file of what lies there, or let go of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoapp.cli.desk import Desk
from geoapp.domain.findings import Finding
from geoapp.domain.zooms import GRIDS
from geoapp.errors import BadRequest, NotFound
from geoapp.store import nature, reading, releases, shapes
from geoapp.store import surroundings as store_surroundings

if TYPE_CHECKING:
    from geoapp.domain.surroundings import Surroundings

_LONGEST = 200
"""Signs of a source that maps have room for."""
_FINE = GRIDS[-2].zoom
"""The zoom whose outlines stand for the edition's area: finer than anything drawn around it."""


@click.command(
    epilog='Example: geoapp boundaries surroundings kabupaten.geojson --edition kab-a-2024 --sea "Laut=106,-5.8"'
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--edition", required=True, help="The edition around which it lies.")
@click.option("--name-column", help="Column of the names; found by its own.")
@click.option("--sea", "seas", multiple=True, help="A name of the sea and its place, name=longitude,latitude.")
@click.option("--source", help="Whose it is, with its licence, as maps are to name it.")
@click.option("--remove", is_flag=True, help="Let go of the surroundings that the edition has.")
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON object.")
@click.pass_obj
def surroundings(
    desk: Desk,
    file: Path | None,
    edition: str,
    name_column: str | None,
    seas: tuple[str, ...],
    source: str | None,
    remove: bool,
    as_json: bool,
) -> None:
    """Draw what lies around an edition, from FILE: neighbouring regencies or coast.

    FILE is GeoJSON, TopoJSON, GeoPackage or a zipped Shapefile. Its polygons are land; one whose column kind says
    water, or whose name begins with Danau or Waduk, is water; its points are names of the sea. What an edition had is
    replaced.
    """
    if remove == (file is not None):
        raise BadRequest("error.surroundings_file_or_remove")
    if remove:
        return _remove(desk, edition)
    assert file is not None
    made, findings = _made(desk, file, edition, name_column, seas)
    kept = _keep(desk, edition, made, {"file": file.name, "source": " ".join((source or "").split())[:_LONGEST]})
    if as_json:
        return desk.answer({"edition": edition, **kept, "findings": [finding.as_dict() for finding in findings]})
    desk.show(findings)
    return desk.say("surroundings.made", edition=edition, names=", ".join(each.name for each in made.names) or "-")


def _remove(desk: Desk, edition: str) -> None:
    from geoapp.editions.nature import draw_water

    with desk.store.begin() as connection:
        if not store_surroundings.remove(connection, edition):
            raise NotFound("error.no_surroundings", edition=edition)
        if found := reading.edition(connection, edition):
            draw_water(connection, edition, found.box, nature.of(connection, edition))
        releases.audit(connection, desk.actor, "remove surroundings", {"edition": edition})
    desk.say("surroundings.removed", edition=edition)


def _made(
    desk: Desk, file: Path, edition: str, name_column: str | None, seas: tuple[str, ...]
) -> "tuple[Surroundings, tuple[Finding, ...]]":
    import shapely

    from geoapp.editions.nature import water_of
    from geoapp.editions.surroundings import Ground, make, sea

    named = [sea(each) for each in seas]
    with desk.store.begin() as connection:
        found = reading.edition(connection, edition)
        if found is None:
            raise NotFound("error.no_edition", edition=edition)
        drawn = shapes.outlines(connection, edition, found.base_level, _FINE)
        water = water_of(nature.of(connection, edition))
    ground = Ground(shapely.coverage_union_all(shapely.from_wkb([each.wkb for each in drawn])), found.box)
    return make(file, ground, name_column, named, water)


def _keep(desk: Desk, edition: str, made: "Surroundings", said: dict[str, Any]) -> dict[str, Any]:
    """Write what was made, and give its digest with what is said of it."""
    from geoapp.editions.surroundings import kept

    document = kept(made)
    report = {**said, "names": len(made.names), "bytes": len(document.document.encode())}
    with desk.store.begin() as connection:
        store_surroundings.write(connection, edition, document, report)
        releases.audit(connection, desk.actor, "surroundings", {"edition": edition, **report})
    return {"digest": document.digest, **report}
