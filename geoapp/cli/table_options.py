"""What may be said beside a table: the options of check and import, and how they become ``Options``."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from geoapp.domain.codes import CodeSystem
from geoapp.domain.figures import Decimal
from geoapp.domain.levels import Level
from geoapp.errors import BadRequest
from geoapp.releases import suggestions
from geoapp.releases.options import Options, asked_indicators, asked_period
from geoapp.releases.shaping.mapping import read_mapping

OUTPUTS = ("csv_out", "html_out", "suggestions_out", "mapping_out")
_PATH = click.Path(path_type=Path)

_OPTIONS = (
    click.argument("files", nargs=-1, required=True, type=_PATH, metavar="FILE..."),
    click.option(
        "--indicator",
        "indicators",
        multiple=True,
        metavar="SLUG[=COLUMN]",
        help="Indicator of the catalogue, and its column, with or without the year; may be repeated.",
    ),
    click.option("--period", help="Period of the figures, where the table does not say it, such as 2024-S1."),
    click.option("--edition", help="Boundary edition; by itself the one that the codes fit best."),
    click.option(
        "--level",
        type=click.Choice([each.slug for each in Level]),
        help="Level of the rows, such as district; by itself the edition's lowest.",
    ),
    click.option("--area", help="Upper region in which all rows lie, by code or name, such as 'Kecamatan Lowokwaru'."),
    click.option("--regency", metavar="CODE", help="Regency code that the codes of the table leave out, such as 3301."),
    click.option("--set", "region_set", metavar="NAME", help="Named set of regions that was asked, and no others."),
    click.option("--code-column", metavar="COLUMN", help="Column of the region codes; - to join by names alone."),
    click.option("--name-column", metavar="COLUMN", help="Column of the region names; - if there is none."),
    click.option("--period-column", metavar="COLUMN", help="Column of the periods."),
    click.option("--figure-column", metavar="COLUMN", help="Column of the figures, of one indicator."),
    click.option("--sheet", help="Sheet of a workbook; by itself the one that holds the table."),
    click.option("--system", type=click.Choice([each.value for each in CodeSystem]), help="Who gave the codes."),
    click.option("--decimal", type=click.Choice([each.value for each in Decimal]), help="Decimal sign of the figures."),
    click.option("--source", help="Who made these figures, such as 'BPS, Sensus Penduduk 2010'."),
    click.option("--whole", is_flag=True, help="The table speaks for every region: those without a row miss."),
    click.option(
        "--split-by-share",
        is_flag=True,
        help="Divide amounts of a region that was split by the shares of the lineage, marked as estimated.",
    ),
    click.option(
        "--backcast",
        is_flag=True,
        help="Codes stand for the edition's regions in every period, also before these were changed.",
    ),
    click.option(
        "--accept",
        metavar="SCORE|FILE",
        help="Join the suggestions from this score up, such as 95, or those with a yes in this file of suggestions.",
    ),
    click.option("--map", "mapping", type=_PATH, help="TOML file with these options, such as --save-mapping writes."),
    click.option("--suggestions", "suggestions_out", type=_PATH, metavar="OUT.csv", help="Write the suggestions."),
    click.option("--save-mapping", "mapping_out", type=_PATH, metavar="OUT.toml", help="Write how it was understood."),
    click.option("--csv", "csv_out", type=_PATH, metavar="OUT.csv", help="Write the report: every row of the sheet."),
    click.option("--html", "html_out", type=_PATH, metavar="OUT.html", help="Write the report as a page with a map."),
    click.option("--json", "as_json", is_flag=True, help="The report as one JSON object."),
)


def table_options(command: Callable[..., None]) -> Callable[..., None]:
    """The same options for checking and for importing."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def options_of(said: Mapping[str, Any]) -> Options:
    """The options of the command line, over those of the mapping file.

    Raises
    ------
    BadRequest, NotFound
        If a period, a score, the mapping file or the file of suggestions cannot be read.
    """
    below = read_mapping(said["mapping"]) if said["mapping"] else Options()
    texts = ("sheet", "code_column", "name_column", "period_column", "figure_column", "edition", "source")
    above = Options(
        **{name: said[name] for name in (*texts, "area", "regency", "region_set", "whole")},
        **{name: said[name] for name in ("split_by_share", "backcast")},
        **_accepted(said["accept"]),
        level=Level.of(said["level"]) if said["level"] else None,
        period=asked_period(said["period"]) if said["period"] else None,
        code_system=CodeSystem(said["system"]) if said["system"] else None,
        decimal=Decimal(said["decimal"]) if said["decimal"] else None,
        indicators=asked_indicators(said["indicators"]),
    )
    return above.over(below)


def _accepted(said: str | None) -> dict[str, Any]:
    """A score from 0 to 100, or a file of suggestions."""
    if said is None:
        return {}
    try:
        score = float(said.replace(",", ".").rstrip("%"))
    except ValueError:
        codes, names = suggestions.read(Path(said))
        return {"accepted": codes, "named": names}
    if not 0 <= score <= 100:
        raise BadRequest("error.accept_score", score=said)
    return {"accept": score}


def check_outputs(said: Mapping[str, Any]) -> None:
    """Refuse early what could not be written after the work is done.

    Raises
    ------
    BadRequest
        If several files shall be written into one, or the folder of one is not there.
    """
    for name in OUTPUTS:
        out: Path | None = said[name]
        if out is None:
            continue
        if len(said["files"]) > 1:
            raise BadRequest("error.output_of_one", out=out.name)
        if out.is_dir() or not out.parent.is_dir():
            raise BadRequest("error.output_folder", out=str(out))
