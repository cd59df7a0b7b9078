"""``statistics count-per-region``: what may leave a list of persons is how many rows each region has."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from geoapp.catalogue import Catalogue
from geoapp.cli.desk import Desk, printable
from geoapp.cli.statistics import statistics
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.errors import BadRequest, Refused
from geoapp.i18n import speak
from geoapp.releases.count import Counts, category_columns, count, without_persons
from geoapp.releases.matching.match import Match
from geoapp.releases.options import Options, asked_period
from geoapp.releases.placing import place
from geoapp.releases.reading.layout import find_table
from geoapp.releases.reading.read import read_book
from geoapp.releases.shaping.shape import indicator_named

_PATH = click.Path(path_type=Path)
_LEFT = {
    "suggested": "count.left_suggested",
    "unplaced": "count.left_unplaced",
    "outside": "count.left_outside",
    "aside": "count.left_aside",
    "uncategorised": "count.left_uncategorised",
}
_FIGURE = "jumlah"


@statistics.command(
    "count-per-region", epilog="Example: geoapp statistics count-per-region penerima.xlsx --by jk -o jumlah.csv"
)
@click.argument("file", type=_PATH)
@click.option("--by", multiple=True, metavar="COLUMN", help="Category to count by, such as sex; may be repeated.")
@click.option("--indicator", metavar="SLUG", help="Indicator that the counts are of: the header of their column.")
@click.option("--period", help="Period of the list, such as 2024-S1; it is written beside every count.")
@click.option("--whole", is_flag=True, help="The list holds everybody: regions without a row count 0.")
@click.option("--edition", help="Boundary edition; by itself the one that the codes fit best.")
@click.option(
    "--level", type=click.Choice([each.slug for each in Level]), help="Level of the regions, such as district."
)
@click.option("--area", help="Upper region in which all rows lie, by code or name.")
@click.option("--regency", metavar="CODE", help="Regency code that the codes of the table leave out, such as 3301.")
@click.option("--code-column", metavar="COLUMN", help="Column of the region codes; - to join by names alone.")
@click.option("--name-column", metavar="COLUMN", help="Column of the region names; - if there is none.")
@click.option("--sheet", help="Sheet of a workbook; by itself the one that holds the table.")
@click.option("--system", type=click.Choice([each.value for each in CodeSystem]), help="Who gave the codes.")
@click.option(
    "--accept", type=click.FloatRange(0, 100), metavar="SCORE", help="Count names that are so near, such as 95."
)
@click.option("-o", "--output", type=_PATH, metavar="OUT", help="CSV or XLSX to write the counts to.")
@click.option("--json", "as_json", is_flag=True, help="Counts and account as one JSON object.")
@click.pass_obj
def count_per_region(desk: Desk, /, file: Path, output: Path | None, as_json: bool, **said: Any) -> None:
    """Count the rows of FILE, a list of persons, in every region; only the counts leave this machine's memory."""
    from geoapp.downloads import counts as files  # with all other downloads, which take longer than most commands

    _refuse_output(file, output)
    known = Catalogue.of(desk.settings).indicators
    slug = indicator_named(said["indicator"], known).slug if said["indicator"] else _FIGURE
    period = asked_period(said["period"]).text if said["period"] else None
    with desk.progress("statistics.reading", file=file.name):
        counted, found = _counted(desk, file, said)
    if not counted.counted:
        raise Refused("error.count_nothing", file=file.name, n=counted.read, edition=found.target.edition.id)
    heads = files.Heads(slug, tuple(said["by"]), period)
    table = list(files.rows(counted, found.target.regions, heads))
    if output is not None:
        output.write_bytes(files.write_csv(table) if output.suffix.lower() == ".csv" else files.write_xlsx(table))
    if as_json:
        return desk.answer(_document(counted, found, file, output, table))
    if output is None:
        desk.table([str(head) for head in table[0]], table[1:])
    for sentence in _account(desk, counted, found, file, tuple(said["by"])):
        click.echo(printable(sentence), err=output is None)
    if output is not None:
        asked = [f"--indicator {slug}" if said["indicator"] else f"--indicator INDIKATOR={slug}"]
        asked += [] if period else ["--period 2024"]
        written = shlex.join(["geoapp", "statistics", "check", str(output)])
        desk.say("count.written", output=output.name, n=len(table) - 1, command=" ".join([written, *asked]))
    return None


def _refuse_output(file: Path, output: Path | None) -> None:
    """Refuse to write what is neither CSV nor XLSX, where no folder is, or over the list itself."""
    if output is None:
        return
    from geoapp.downloads import counts as files

    if output.suffix.lower() not in files.FORMS:
        raise BadRequest("error.count_form", output=output.name)
    if not output.parent.is_dir() or output.is_dir():
        raise BadRequest("error.output_folder", out=str(output))
    if output.exists() and file.exists() and output.samefile(file):
        raise BadRequest("error.count_over_list", output=output.name)


def _counted(desk: Desk, file: Path, said: dict[str, Any]) -> tuple[Counts, Match]:
    texts = ("sheet", "edition", "area", "regency", "code_column", "name_column", "accept")
    options = Options(
        **{name: said[name] for name in texts},
        level=Level.of(said["level"]) if said["level"] else None,
        code_system=CodeSystem(said["system"]) if said["system"] else None,
    )
    table = find_table(read_book(file), options)
    columns = category_columns(table, said["by"])
    asked = [column for column in (options.code_column, options.name_column) if column]
    found = place(desk.store, without_persons(table, asked), options)
    return count(table, found, columns, said["whole"]), found


def _account(desk: Desk, counted: Counts, found: Match, file: Path, by: tuple[str, ...]) -> Iterator[str]:
    """What was counted, what was not and why, and what to be careful with."""
    edition = found.target.edition.id
    values = {"file": file.name, "n": counted.read, "counted": counted.counted, "regions": counted.regions}
    yield speak(desk.language, "count.read", **values, edition=edition)
    for name, message in _LEFT.items():
        if n := getattr(counted, name):
            yield speak(desk.language, message, n=n, columns=", ".join(by))
    if counted.alike:
        yield speak(desk.language, "count.alike", n=counted.alike)
    written = len({cell.code for cell in counted.cells})
    if without := len(found.target.regions) - written:
        yield speak(desk.language, "count.no_rows", n=without, edition=edition)
    if counted.small:
        yield speak(desk.language, "count.small", n=counted.small)


def _document(
    counted: Counts, found: Match, file: Path, output: Path | None, table: list[tuple[str | int, ...]]
) -> dict[str, Any]:
    """The account and the counts; no cell of the list is in it but regions and categories."""
    names = ("read", "counted", *_LEFT, "alike")
    return {
        "file": file.name,
        "edition": found.target.edition.id,
        "code_system": found.system.value,
        "rows": {name: getattr(counted, name) for name in names},
        "regions": {"asked": len(found.target.regions), "counted": counted.regions},
        "small": counted.small,
        "output": str(output) if output is not None else None,
        "header": list(table[0]),
        "counts": [list(row) for row in table[1:]],
    }
