"""Bundles: an edition made on a large machine, as one file for others."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from geoapp.cli.boundary_report import numbers
from geoapp.cli.desk import Desk, Steps
from geoapp.domain.findings import Finding
from geoapp.domain.levels import Level
from geoapp.editions import bundling
from geoapp.errors import BadRequest
from geoapp.i18n import numbers as figures
from geoapp.i18n import speak


@click.command(epilog="Example: geoapp boundaries export indonesia-kemendagri-2025 indonesia.geoapp")
@click.argument("id")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def export(desk: Desk, id: str, file: Path, as_json: bool) -> None:
    """Write edition ID to FILE, from which boundaries import loads it elsewhere in seconds.

    The file holds everything that was made of it: regions, outlines for every zoom, surroundings, both codes where they
    were linked, lineage, source, licence, date and status, each with its digest. The same edition gives the same bytes.
    """
    with desk.progress("bundle.writing", file=file.name):
        made = bundling.export(desk.store, id, file)
    if as_json:
        return desk.answer({"edition": made.edition, "file": str(file), "bytes": made.size})
    return desk.say("bundle.written", edition=made.edition, file=file.name, size=_mib(desk, made.size))


def bring_in(desk: Desk, file: Path, said: Mapping[str, Any], as_json: bool) -> None:
    """Load a bundle, whose content says what files are asked for. Raises BadRequest for any option but an id."""
    _alone(file, said)
    with desk.progress("bundle.reading", file=file.name) as progress:
        published, about = bundling.load(desk.store, file, said["id"], _teller(progress))
    if as_json:
        told = {"edition": published.id, "area": published.area, "new": published.is_new}
        return desk.answer({**told, **_document(desk, file, about)})
    message = "bundle.loaded" if published.is_new else "bundle.unchanged"
    return desk.say(message, edition=published.id, area=published.area)


def look(desk: Desk, file: Path, said: Mapping[str, Any], as_json: bool) -> None:
    """Try a bundle, and store nothing."""
    _alone(file, said)
    with desk.progress("bundle.reading", file=file.name) as progress:
        about = bundling.check(file, _teller(progress))
    if as_json:
        return desk.answer(_document(desk, file, about))
    regions = numbers(desk, _levels(about))
    return desk.say("bundle.checked", file=file.name, edition=about["id"], area=about["area"], regions=regions)


def _teller(progress: Steps) -> Callable[[str], None]:
    return lambda table: progress.advance()


def _alone(file: Path, said: Mapping[str, Any]) -> None:
    """A bundle is taken as it was made: nothing but an id may be said beside it."""
    given = sorted(name for name, value in said.items() if value and name != "id")
    if given:
        raise BadRequest("error.bundle_options", file=file.name, option="--" + given[0].replace("_", "-"))


def _document(desk: Desk, file: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    """The object of ``--json``: the names of a file's report, as far as they say anything of a bundle."""
    report, level = about["report"], Level(about["base_level"]).slug
    regions = report["regions"].get(level, 0)
    return {
        "file": file.name,
        "layer": None,
        "profile": report.get("profile"),
        "code_system": about["code_system"],
        "level": level,
        "crs": "EPSG:4326",
        "features": regions,
        "regions": regions,
        "set_aside": 0,
        "refused": 0,
        "levels": _levels(about),
        "digest": about["digest"],
        "findings": [
            {
                "weight": each.weight.value,
                "sentence": speak(desk.language, each.message, **each.values),
                "row": each.place.line,
            }
            for each in map(Finding.of, report.get("findings", ()))
        ],
        "question": None,
    }


def _levels(about: Mapping[str, Any]) -> dict[str, int]:
    """Regions with a shape by level slug, from the top: the store does not keep the order of names."""
    counts = about["report"]["regions"]
    return {level.slug: counts[level.slug] for level in Level if level.slug in counts}


def _mib(desk: Desk, size: int) -> str:
    return f"{figures.figure(desk.language, size / (1 << 20), 1)} MiB"
