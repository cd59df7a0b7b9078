"""What may be said beside a boundary file: the options of importing and checking, and how they are read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.periods import is_date
from geoapp.domain.regions import BoundaryStatus
from geoapp.editions import suggestions
from geoapp.editions.draft import Asked
from geoapp.editions.uppers import asked_uppers
from geoapp.errors import BadRequest

_SYSTEMS = click.Choice([system.value for system in CodeSystem])
_LEVELS = click.Choice([level.slug for level in Level])
_STATUS = click.Choice([status.value for status in BoundaryStatus])
_METRES = click.FloatRange(0.01, 1000)
_PATH = click.Path(path_type=Path)
_WORDS = ("source", "attribution", "licence")
_LONGEST = 300
"""Signs that maps have room for."""


def options(command: Callable[..., None]) -> Callable[..., None]:
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
            click.option("--gap", type=_METRES, metavar="METRES", help="Close gaps narrower than this (50)."),
            click.option("--snap", type=_METRES, metavar="METRES", help="Join vertices nearer than this (2)."),
            click.option(
                "--upper",
                "uppers",
                multiple=True,
                metavar="LEVEL=FILE",
                help="An upper level's own file: names, areas, and a check of the villages' (district=kec.geojson).",
            ),
            click.option(
                "--upper-difference",
                type=click.FloatRange(0, 100),
                metavar="PERCENT",
                help="How much an upper level's own shape may differ from its villages (10).",
            ),
            click.option(
                "--topology", type=_PATH, metavar="FILE", help="Write overlaps, gaps and broken rings as a GeoPackage."
            ),
            click.option("--id", help="Id of the edition, instead of <area>-<source>-<year>."),
            click.option("--area", help="Name of the area, instead of the region's that holds them all."),
            click.option("--dated", help="Year or date of the boundaries, instead of the source's."),
            click.option("--source", help="Whose boundaries they are, instead of the source that was recognised."),
            click.option("--attribution", help="The words by which every map names them, instead of the source's."),
            click.option("--licence", help="Their licence, such as CC-BY-4.0, instead of the source's."),
            click.option("--status", type=_STATUS, help="Whether the lines are fixed by regulation (definitive)."),
            click.option("--json", "as_json", is_flag=True, help="The report as one JSON object."),
        )
    ):
        command = option(command)
    return command


def asked_of(said: dict[str, Any]) -> Asked:
    """What was said beside the file. Raises BadRequest if it makes no sense."""
    for name in ("level", "complete"):
        said[name] = Level.of(said[name]) if said[name] else None
    for name in _WORDS:
        said[name] = " ".join((said[name] or "").split()) or None
        if said[name] and len(said[name]) > _LONGEST:
            raise BadRequest("error.words_long", option=f"--{name}", most=_LONGEST)
    said["uppers"] = asked_uppers(said["uppers"])
    said["status"] = BoundaryStatus(said["status"]) if said["status"] else None
    said["system"] = CodeSystem(said["system"]) if said["system"] else None
    said["accept"] = suggestions.acceptance(said["accept"]) if said["accept"] else None
    if said["level"] is not None and said["level"] < Level.VILLAGE:
        raise BadRequest("error.level_unfit", level=said["level"].slug)
    if said["dated"] and not is_date(said["dated"]):
        raise BadRequest("error.edition_date", dated=said["dated"])
    return Asked(**said)
