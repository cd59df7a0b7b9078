"""Statistics: check a table, stage it as a batch, publish it as a release, take one back, see what was done."""

import getpass
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from geoapp.catalogue import Catalogue
from geoapp.cli.desk import Desk
from geoapp.domain.codes import NAMES, CodeSystem
from geoapp.domain.figures import Decimal
from geoapp.errors import NotFound, Refused
from geoapp.i18n import speak
from geoapp.releases.check import Draft
from geoapp.releases.intake import Intake, check_file, import_file
from geoapp.releases.mapping import read_mapping
from geoapp.releases.options import Options, asked_indicators, asked_period
from geoapp.releases.publish import publish, withdraw
from geoapp.releases.report import JoinReport
from geoapp.store import releases

_SHOWN = 5
_NAMED = 12


@click.group()
def statistics() -> None:
    """Tables of village statistics and the releases made of them."""


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """What may be said beside the files; the same for importing and for checking."""
    for option in reversed(
        (
            click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."),
            click.option(
                "--indicator",
                "indicators",
                multiple=True,
                metavar="SLUG[=COLUMN]",
                help="Indicator of the catalogue, and its column, with or without the year; may be repeated.",
            ),
            click.option("--map", "mapping", type=click.Path(path_type=Path), help="TOML file with these options."),
            click.option("--edition", help="Boundary edition; by itself the one that the codes fit best."),
            click.option("--source", help="Who made these figures, such as 'BPS, Sensus Penduduk 2010'."),
            click.option("--period", help="Period of the figures, where the table does not say it, such as 2024-S1."),
            click.option("--code-column", help="Column of the region codes."),
            click.option("--name-column", help="Column of the region names; - if there is none."),
            click.option("--period-column", help="Column of the periods."),
            click.option("--figure-column", help="Column of the figures, of one indicator."),
            click.option("--sheet", help="Sheet of a workbook."),
            click.option("--system", type=click.Choice([each.value for each in CodeSystem]), help="Code system."),
            click.option("--decimal", type=click.Choice([each.value for each in Decimal]), help="Decimal sign."),
            click.option("--whole", is_flag=True, help="The table speaks for every region: those without a row miss."),
            click.option("--json", "as_json", is_flag=True, help="The report as one JSON object."),
        )
    ):
        command = option(command)
    return command


@statistics.command(epilog="Example: geoapp statistics check penduduk.xlsx --indicator penduduk --period 2024")
@_options
@click.pass_obj
def check(desk: Desk, /, files: tuple[Path, ...], as_json: bool, **said: Any) -> None:
    """Try each FILE as an import would, show what would become of every row, and store nothing."""
    options, known = _said(said), Catalogue.of(desk.settings).indicators
    drafts = [check_file(desk.store, known, file, options) for file in files]
    if as_json:
        desk.answer(_together([_document(desk, draft) for draft in drafts]))
    else:
        for draft in drafts:
            _show(desk, draft)
        desk.say("statistics.checked")
    _refuse_stopped(drafts)


@statistics.command("import", epilog="Example: geoapp statistics import idm.xlsx --indicator idm='NILAI IDM'")
@_options
@click.option("--publish", "at_once", is_flag=True, help="Publish at once what may go on.")
@click.pass_obj
def import_(desk: Desk, /, files: tuple[Path, ...], as_json: bool, at_once: bool, **said: Any) -> None:
    """Stage each FILE (CSV, XLSX, XLS or ODS) as a batch, with the report of every row and region.

    Nothing is public before it is published. A table that must not go on is not stored.
    """
    if at_once and as_json:
        raise click.UsageError("--publish and --json do not go together: publish the batches of the report.")
    options, known = _said(said), Catalogue.of(desk.settings).indicators
    done: list[Intake] = []
    for file in files:
        with desk.progress("statistics.reading", file=file.name):
            done.append(import_file(desk.store, known, file, options, _actor()))
        if not as_json:
            _show(desk, done[-1].draft)
            if done[-1].batch is not None and not at_once:
                desk.say("statistics.staged", batch=done[-1].batch)
    if as_json:
        desk.answer(_together([{"batch": each.batch, **_document(desk, each.draft)} for each in done]))
    _refuse_stopped([each.draft for each in done])
    for each in done if at_once else ():
        if each.batch is not None:
            click.get_current_context().invoke(publish_, batch=each.batch, style=None, as_json=False)


@statistics.command("publish", epilog="Example: geoapp statistics publish 3")
@click.argument("batch", type=int)
@click.option("--style", help="Style of the catalogue, instead of the indicator's own.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def publish_(desk: Desk, batch: int, style: str | None, as_json: bool) -> None:
    """Make BATCH public: one release and one map for each of its indicators, all of them or none."""
    with desk.progress("statistics.publishing", batch=batch):
        done = publish(desk.store, Catalogue.of(desk.settings), batch, style, _actor())
    if as_json:
        fields = ("indicator", "layer", "release", "supersedes", "periods", "levels", "known", "total", "carried")
        return desk.answer({"published": [{name: getattr(each, name) for name in fields} for each in done]})
    for each in done:
        desk.say(
            "statistics.published",
            layer=each.layer,
            release=each.release,
            known=each.known,
            total=each.total,
            carried=each.carried,
        )
    return None


@statistics.command("withdraw", epilog='Example: geoapp statistics withdraw 12 --reason "Wrong year"')
@click.argument("release", type=int)
@click.option("--reason", required=True, help="Why; visitors read it.")
@click.pass_obj
def withdraw_(desk: Desk, release: int, reason: str) -> None:
    """Take RELEASE back; its map answers with the reason until another release is published."""
    withdraw(desk.store, release, reason, _actor())
    desk.say("statistics.withdrawn", release=release, reason=reason)


@statistics.command(epilog="Example: geoapp statistics history penduduk-kota-malang-hdx-2020")
@click.argument("layer", required=False)
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def history(desk: Desk, layer: str | None, as_json: bool) -> None:
    """Every release, of LAYER or of all, newest first."""
    with desk.store.begin() as connection:
        found = releases.history(connection, layer)
    if layer is not None and not found:
        raise NotFound("error.no_layer", layer=layer)
    if as_json:
        return desk.answer({"releases": [dict(row) for row in found]})
    if not found:
        return desk.say("statistics.no_history")
    yes = speak(desk.language, "statistics.yes")
    rows = (
        (r["id"], r["layer"], f"{r['published_at']:%Y-%m-%d %H:%M}", yes if r["shown"] else "", r["withdrawn_reason"])
        for r in found
    )
    return desk.table(_heads(desk, "release", "layer", "published", "shown", "withdrawn"), rows)


@statistics.command("list", epilog="Example: geoapp statistics list --json")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def list_(desk: Desk, as_json: bool) -> None:
    """Every batch, newest first, and whether it was published."""
    with desk.store.begin() as connection:
        found = releases.batches(connection)
    if as_json:
        return desk.answer({"batches": [dict(row) for row in found]})
    if not found:
        return desk.say("statistics.no_batches")
    rows = (
        (
            row["id"],
            row["file"],
            row["edition_id"],
            ", ".join(row["indicators"]),
            f"{row['published_at']:%Y-%m-%d %H:%M}" if row["published_at"] else "",
        )
        for row in found
    )
    return desk.table(_heads(desk, "batch", "file", "edition", "indicator", "published"), rows)


COMMANDS: list[click.Command] = [statistics]


def _actor() -> str:
    """Who is at the keyboard; in a container the user may have no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"uid {os.getuid()}"


def _said(said: Mapping[str, Any]) -> Options:
    """The options of the command line, over those of the mapping file."""
    below = read_mapping(said["mapping"]) if said["mapping"] else Options()
    above = Options(
        sheet=said["sheet"],
        code_column=said["code_column"],
        name_column=said["name_column"],
        period_column=said["period_column"],
        figure_column=said["figure_column"],
        edition=said["edition"],
        source=said["source"],
        period=asked_period(said["period"]) if said["period"] else None,
        code_system=CodeSystem(said["system"]) if said["system"] else None,
        decimal=Decimal(said["decimal"]) if said["decimal"] else None,
        whole=said["whole"],
        indicators=asked_indicators(said["indicators"]),
    )
    return above.over(below)


def _refuse_stopped(drafts: list[Draft]) -> None:
    """Leave as refused if a finding stopped a table; its report was shown."""
    stopped = [draft.report.file for draft in drafts if draft.report.stopped]
    if stopped:
        raise Refused("error.table_stopped", file=", ".join(stopped))


def _heads(desk: Desk, *names: str) -> list[str]:
    return [speak(desk.language, f"statistics.head_{name}") for name in names]


def _together(documents: list[dict[str, Any]]) -> Any:
    """One file's report stands alone; several are a list under one key."""
    return documents[0] if len(documents) == 1 else {"files": documents}


def _document(desk: Desk, draft: Draft) -> dict[str, Any]:
    """The report with its sentences."""
    document = draft.report.as_dict()
    for row in document["others"]:
        row["sentence"] = speak(desk.language, row["reason"], **row["values"])
    document["findings"] = [
        {
            "weight": each.weight.value,
            "sentence": speak(desk.language, each.message, **each.values),
            "sheet": each.place.sheet,
            "line": each.place.line,
            "cell": each.place.cell,
        }
        for each in draft.report.findings
    ]
    return document


def _show(desk: Desk, draft: Draft) -> None:
    """The report as a person reads it."""
    report = draft.report
    desk.say(
        "statistics.read",
        file=report.file,
        system=NAMES[report.code_system],
        column=report.code_column,
        area=report.area,
        edition=report.edition,
    )
    desk.say("statistics.rows", **report.counts)
    heads = _heads(desk, "indicator", "period", "figure", "state", "no_row", "asked")
    desk.table(heads, ((s.indicator, s.period, s.figure, s.state, s.no_row, s.asked) for s in report.series))
    _show_rows(desk, report)
    for series, codes in report.without_row:
        named = ", ".join(codes[:_NAMED]) + (" …" if len(codes) > _NAMED else "")
        desk.say("statistics.without", series=", ".join(series[:_NAMED]), n=len(codes), codes=named)
    desk.show(report.findings)


def _show_rows(desk: Desk, report: JoinReport) -> None:
    """Every row that was not joined, by what became of it; long lists are cut, the JSON has them all."""
    for (fate, _), rows in report.reasons().items():
        desk.say("statistics.reason", fate=speak(desk.language, f"fate.{fate.value}"), n=len(rows))
        for row in rows[:_SHOWN]:
            why = speak(desk.language, row.reason, **row.values)
            desk.say("statistics.line", line=row.line, why=why)
        if len(rows) > _SHOWN:
            desk.say("statistics.more", n=len(rows) - _SHOWN)
