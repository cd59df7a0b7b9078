"""One file's way through a check or an import: its report, what is written of it, and the code to leave with."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoapp.cli.desk import Desk, dress, foreseen, printable
from geoapp.cli.table_options import OUTPUTS, check_outputs, options_of
from geoapp.domain.findings import Weight
from geoapp.domain.words import Language
from geoapp.errors import GeoappError, NotFound, Refused, Unavailable
from geoapp.i18n import speak
from geoapp.releases.account import Kept, account, stopped, without_table
from geoapp.releases.intake import Intake
from geoapp.releases.shaping.mapping import write_mapping
from geoapp.releases.source_rows import source_rows
from geoapp.store import intake, reading
from geoapp.store.database import Store

if TYPE_CHECKING:
    from geoapp.downloads.join_report import Evidence


@dataclass(frozen=True)
class Outcome:
    """What came of one file: its report in the kept form, its batch if one was staged, and its error.

    ``read`` is false of a file in which no table was found; a table that was read may still have an error, where a
    file of its report could not be written.
    """

    kept: Kept
    batch: int | None = None
    error: Exception | None = None
    read: bool = True

    def document(self, language: Language) -> dict[str, Any]:
        """The object of ``--json``."""
        return account(self.kept, language)

    def reason(self, language: Language) -> str:
        """Why a table cannot go on: the question it waits for, or what stops it."""
        said = self.document(language)
        stops = [each["sentence"] for each in said["findings"] if each["weight"] == Weight.STOP.value]
        question = said["question"]
        return str(question["sentence"]) if question and question["blocking"] else " ".join(stops[:1])


def attempt(desk: Desk, file: Path, said: Mapping[str, Any], work: Callable[[Path], Intake]) -> Outcome:
    """Do the work on one file and write what was asked for; an error is kept, so that other files have their turn."""
    try:
        check_outputs(said)
        with desk.progress("statistics.reading", file=file.name):
            done = work(file)
    except Exception as raised:
        error = foreseen(raised)
        known = error if isinstance(error, GeoappError) else Unavailable("error.unforeseen")
        return Outcome(without_table(file.name[:200], known), error=error, read=False)
    kept = done.draft.report.as_dict()
    try:
        write_outputs(desk, said, kept, lambda: _of_draft(done))
        if said["mapping_out"] is not None:
            _write(said["mapping_out"], _mapping(done, said))
    except Exception as raised:
        return Outcome(kept, done.batch, foreseen(raised))
    return Outcome(kept, done.batch)


def leave(desk: Desk, outcomes: Iterable[Outcome], shown: bool = False) -> int:
    """Say on stderr what did not go on, and give the exit code: the worst of all files'.

    Of a table whose report was ``shown`` only that it waits: the report has told why.
    """
    codes = [0]
    for each in outcomes:
        if each.error is not None:
            codes.append(dress(each.error, desk.language))
        elif stopped(each.kept):
            why = speak(desk.language, "statistics.waits", file=each.kept["file"])
            click.echo(printable(why if shown else each.reason(desk.language)), err=True)
            codes.append(1)
    return max(codes)


def kept_report(store: Store, batch: int) -> tuple[Kept, bool]:
    """The report kept with a batch, and whether it was published. Raises NotFound if there is no such batch."""
    with store.begin() as connection:
        found = intake.report_of(connection, batch)
    if found is None:
        raise NotFound("error.no_batch", batch=batch)
    return {name: part for name, part in found.report.items() if name != "public"}, found.published


def names_of(store: Store, edition: str, codes: Iterable[str]) -> Mapping[str, str]:
    """The names of regions by code."""
    wanted = set(codes)
    if not wanted:
        return {}
    with store.begin() as connection:
        return reading.region_names(connection, edition, wanted)


def of_batch(store: Store, batch: int) -> "Evidence":
    """The rows and the observations of a batch, as they were kept."""
    from geoapp.downloads.join_report import Evidence

    with store.begin() as connection:
        return Evidence(intake.rows_of(connection, batch), tuple(intake.staged_of(connection, batch)))


def _of_draft(done: Intake) -> "Evidence":
    from geoapp.downloads.join_report import Evidence

    return Evidence(tuple(source_rows(done.draft)), done.draft.staged)


def _mapping(done: Intake, said: Mapping[str, Any]) -> bytes:
    """How the table was understood, for the next of its shape."""
    table, shape = done.draft.table, done.draft.shape
    if table is None or shape is None:
        raise Refused("error.mapping_unknown", file=done.draft.report.file)
    return write_mapping(table, shape, options_of(said)).encode()


def write_outputs(desk: Desk, said: Mapping[str, Any], kept: Kept, evidence: Callable[[], "Evidence"]) -> None:
    """Write the files that were asked for. Raises Refused if one cannot be written."""
    wanted = {name: said[name] for name in OUTPUTS if said[name] is not None}
    if not wanted.keys() - {"mapping_out"}:
        return
    from geoapp.downloads import join_page, join_report

    if out := wanted.get("suggestions_out"):
        _write(out, join_report.suggestions_csv(kept, desk.language))
    if not {"csv_out", "html_out"} & wanted.keys():
        return
    seen = evidence()
    if out := wanted.get("csv_out"):
        names = names_of(desk.store, kept["edition"], seen.codes())
        _write(out, join_report.rows_csv(kept, seen, names, desk.language))
    if out := wanted.get("html_out"):
        with desk.store.begin() as connection:
            _write(out, join_page.page(kept, seen, connection, desk.language))


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise Refused("error.output_not_written", out=out.name, reason=error.strerror or "") from error
