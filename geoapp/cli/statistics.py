"""Statistics: check a table, stage it as a batch, publish it as a release, take one back, see what was done."""

import getpass
import os
from pathlib import Path
from typing import Any

import click

from geoapp.catalogue import Catalogue
from geoapp.cli.desk import Desk
from geoapp.cli.join_report import show, show_steps, shown_codes
from geoapp.cli.next_steps import next_steps, reporting, typed
from geoapp.cli.outcome import Outcome, attempt, kept_report, leave, names_of, of_batch, write_outputs
from geoapp.cli.table_options import check_outputs, options_of, table_options
from geoapp.domain.words import LANGUAGES, Language
from geoapp.errors import NotFound
from geoapp.i18n import speak
from geoapp.releases.account import account
from geoapp.releases.intake import Intake, check_file, import_file
from geoapp.releases.publishing.publish import publish, withdraw
from geoapp.store import releases

_PATH = click.Path(path_type=Path)


@click.group()
def statistics() -> None:
    """Tables of village statistics and the releases made of them.

    The way of a table: check FILE, import FILE, publish BATCH. What was published can be withdrawn, and the report of
    every batch read again.
    """


@statistics.command(epilog="Example: geoapp statistics check penduduk.xlsx --indicator penduduk --period 2024")
@table_options
@click.pass_context
def check(context: click.Context, /, as_json: bool, **said: Any) -> None:
    """Try each FILE as an import would, show what would become of every row, and store nothing.

    Start here. The report says first how many regions get a figure; then what was understood of the table, and which
    option says otherwise; which rows wait for your yes, and which were refused and why; and last the command to type.

    \b
    Names instead of codes, with spellings for you to confirm:
      geoapp statistics check kk.csv --area "Kecamatan Lowokwaru" --suggestions usulan.csv
      geoapp statistics check kk.csv --area "Kecamatan Lowokwaru" --accept usulan.csv
    A table of districts; every row beside its fate; a page with a map:
      geoapp statistics check kepadatan.xlsx --level district --csv laporan.csv --html laporan.html
    The same shape every year: keep how it was read, and say it again:
      geoapp statistics check idm_2023.xlsx --save-mapping idm.toml
      geoapp statistics check idm_2024.xlsx --map idm.toml

    Leaves with 0 if the table may be imported, 1 if it is refused or a question must be answered, 2 if the command
    line is wrong, 3 if something is broken.
    """
    desk: Desk = context.obj

    def work(file: Path) -> Intake:
        return Intake(check_file(desk.store, Catalogue.of(desk.settings).indicators, file, options_of(said)), None)

    outcomes = [attempt(desk, file, said, work) for file in said["files"]]
    if as_json:
        desk.answer(_together([each.document(desk.language) for each in outcomes]))
    else:
        for each in outcomes:
            _show(context, each, tried=True)
    context.exit(leave(desk, outcomes, shown=not as_json))


@statistics.command("import", epilog="Example: geoapp statistics import idm.xlsx --indicator idm='NILAI IDM'")
@table_options
@click.option("--publish", "at_once", is_flag=True, help="Publish at once what may go on.")
@click.pass_context
def import_(context: click.Context, /, as_json: bool, at_once: bool, **said: Any) -> None:
    """Stage each FILE (CSV, XLSX, XLS or ODS) as a batch, with the report of every row and region.

    Nothing is public before it is published. A table that must not go on is not stored. The report is kept with the
    batch for ever; see it again with: geoapp statistics report BATCH

    \b
    All suggestions of a sure score joined, and published at once:
      geoapp statistics import kk.csv --accept 95 --publish
    """
    if at_once and as_json:
        raise click.UsageError("--publish and --json do not go together: publish the batches of the report.")
    desk: Desk = context.obj

    def work(file: Path) -> Intake:
        return import_file(desk.store, Catalogue.of(desk.settings).indicators, file, options_of(said), _actor())

    outcomes = []
    for file in said["files"]:
        outcomes.append(attempt(desk, file, said, work))
        if not as_json:
            _show(context, outcomes[-1], at_once)
    if as_json:
        desk.answer(_together([{"batch": each.batch, **each.document(desk.language)} for each in outcomes]))
    for batch in [each.batch for each in outcomes if at_once and each.batch is not None]:
        context.invoke(publish_, batch=batch, style=None, as_json=False)
    context.exit(leave(desk, outcomes, shown=not as_json))


@statistics.command(epilog="Example: geoapp statistics report 3 --html laporan.html --lang id")
@click.argument("batch", type=int)
@click.option("--csv", "csv_out", type=_PATH, metavar="OUT.csv", help="Write every row of the sheet with its fate.")
@click.option("--html", "html_out", type=_PATH, metavar="OUT.html", help="Write the page with its map.")
@click.option("--suggestions", "suggestions_out", type=_PATH, metavar="OUT.csv", help="Write the suggestions.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language, instead of the command line's.")
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON object.")
@click.pass_obj
def report(desk: Desk, /, batch: int, lang: Language | None, as_json: bool, **said: Any) -> None:
    """The report that was kept with BATCH, as it was when the table came, in either language."""
    desk = desk.speaking(lang)
    said |= {"files": (batch,), "mapping_out": None}
    check_outputs(said)
    kept, published = kept_report(desk.store, batch)
    write_outputs(desk, said, kept, lambda: of_batch(desk.store, batch))
    if as_json:
        return desk.answer({"batch": batch, **account(kept, desk.language)})
    steps = reporting(kept, batch, published)
    return show(desk, kept, names_of(desk.store, kept["edition"], shown_codes(kept)), steps)


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
        fields = (
            "indicator",
            "layer",
            "release",
            "supersedes",
            "periods",
            "levels",
            "known",
            "total",
            "carried",
            "redone",
        )
        return desk.answer({"published": [{name: getattr(each, name) for name in fields} for each in done]})
    for each in done:
        if each.redone:
            desk.say("statistics.redone", layer=each.layer, release=each.release, parts=", ".join(each.redone))
            continue
        desk.say(
            "statistics.published",
            layer=each.layer,
            release=each.release,
            known=each.known,
            total=each.total,
        )
        if each.carried:
            desk.say("statistics.carried", n=each.carried)
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


def _heads(desk: Desk, *names: str) -> list[str]:
    return [speak(desk.language, f"statistics.head_{name}") for name in names]


def _together(documents: list[dict[str, Any]]) -> Any:
    """One file's report stands alone; several are a list under one key."""
    return documents[0] if len(documents) == 1 else {"files": documents}


def _show(context: click.Context, done: Outcome, at_once: bool = False, tried: bool = False) -> None:
    """The report as a person reads it; a file without a table has but its error, said as the command leaves."""
    desk: Desk = context.obj
    steps = next_steps(done.kept, typed(context), done.batch, at_once)
    if done.read:
        show(desk, done.kept, names_of(desk.store, done.kept["edition"], shown_codes(done.kept)), steps, tried)
    elif done.kept["question"]:
        show_steps(desk, None, steps)
