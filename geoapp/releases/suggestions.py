"""The file of suggestions, in which a person said yes, read back as line → code."""

from collections.abc import Mapping
from pathlib import Path

from geoapp.domain.accepted import LIMIT_BYTES, accepted
from geoapp.domain.names import normalise
from geoapp.domain.numbered_names import without_number
from geoapp.errors import NotFound, Refused
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table, text_of

COLUMNS = ("line", "name", "parent", "suggested_code", "suggested_name", "score", "why", "accept")
"""As the file is written; ``accept`` is left empty for a person's ya, or another code."""


def read(path: Path) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """What a person said in the file: line → code of the accepted, and line → the name that line had.

    Raises
    ------
    NotFound
        If there is no such file.
    BadRequest
        If it is no file of suggestions, a line holds neither yes, no nor a code, or there is no yes in it at all.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT_BYTES + 1)
    except FileNotFoundError as error:
        raise NotFound("error.no_file", file=path.name) from error
    found = accepted(content, path.name, "line", "error.suggestions_form")
    return {each.row: each.code for each in found}, {each.row: each.name for each in found}


def refuse_stale(table: Table, options: Options) -> None:
    """Refuse what was accepted of another table, or of this one before its rows were moved.

    Raises
    ------
    Refused
        ``error.suggestions_stale`` with the first line that no longer has the name that was accepted.
    """
    if not options.named:
        return
    rows = {row.line: row for row in table.rows}
    for line, name in sorted(options.named.items()):
        texts = [text_of(cell) for cell in rows[line].cells] if line in rows else []
        if normalise(name.removeprefix("'")) not in {normalise(as_) for text in texts for as_ in _as_asked(text)}:
            raise Refused("error.suggestions_stale", file=table.file, line=line, name=name[:60])


def _as_asked(text: str) -> tuple[str, str]:
    """A cell as it stands, and as it is asked about where its column is numbered."""
    return text, without_number(text)
