"""``geoapp statistics template``: a workbook to fill in, which comes back without any option."""

from pathlib import Path

import click

from geoapp.catalogue import Catalogue
from geoapp.cli.desk import Desk
from geoapp.cli.statistics import statistics
from geoapp.domain.levels import Level
from geoapp.errors import BadRequest
from geoapp.releases.options import asked_period
from geoapp.releases.templates.template_form import Wanted, form

COMMANDS: list[click.Command] = []
"""The command stands in the group ``statistics``."""


@statistics.command(
    "template",
    epilog="Example: geoapp statistics template --edition kota-malang-2025 --area Lowokwaru --indicator penduduk "
    "--period 2026 -o isian.xlsx",
)
@click.option("--edition", required=True, help="Boundary edition whose regions are asked.")
@click.option("--indicator", "indicators", multiple=True, required=True, metavar="SLUG", help="May be repeated.")
@click.option("--period", "periods", multiple=True, required=True, help="Such as 2026 or 2026-S1; may be repeated.")
@click.option("--level", type=click.Choice([each.slug for each in Level]), help="Level; the edition's lowest without.")
@click.option("--area", default="", help="Upper region, by code or name; all of the edition without.")
@click.option("--set", "region_set", default="", metavar="NAME", help="Named set of regions, and no others.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE.xlsx", help="To write.")
@click.option("--replace", is_flag=True, help="Replace FILE where there is one.")
@click.pass_obj
def template(
    desk: Desk,
    /,
    output: Path,
    level: str | None,
    indicators: tuple[str, ...],
    periods: tuple[str, ...],
    replace: bool,
    **said: str,
) -> None:
    """Write a workbook to fill in: codes and names are locked, figures are checked as they are typed.

    Filled in by LibreOffice or Excel it comes back with: geoapp statistics import FILE
    """
    from geoapp.releases.templates.template_book import write  # openpyxl takes longer than most commands

    _refuse_output(output, replace)
    known = Catalogue.of(desk.settings)
    wanted = Wanted(
        indicators=indicators,
        periods=tuple(map(asked_period, periods)),
        level=Level.of(level) if level else None,
        **said,
    )
    with desk.store.begin() as connection:
        made = form(connection, known.indicators, wanted)
    output.write_bytes(write(made, known.site))
    desk.say("template.written", file=output.name, regions=len(made.places), n=len(made.columns))


def _refuse_output(output: Path, replace: bool) -> None:
    if output.suffix.lower() != ".xlsx":
        raise BadRequest("error.template_ending", file=output.name)
    if not output.parent.is_dir():
        raise BadRequest("error.template_folder", folder=str(output.parent))
    if output.exists() and not replace:
        raise BadRequest("error.template_exists", file=output.name)
