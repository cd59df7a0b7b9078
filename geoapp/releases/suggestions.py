"""The file of suggestions, in which a person said yes, read back as line → code."""

import csv
from collections.abc import Mapping
from pathlib import Path

from geoapp.domain.names import normalise
from geoapp.domain.numbered_names import without_number
from geoapp.errors import BadRequest, NotFound, Refused
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table, text_of

COLUMNS = ("line", "name", "parent", "suggested_code", "suggested_name", "score", "why", "accept")
"""As the file is written; ``accept`` is left empty for a person's ya, or another code."""
YES = {"y", "ya", "yes", "x", "v", "ok", "oke", "setuju", "benar", "1", "✓", "true"}
"""Words of a person who accepts what stands in a row …"""
NO = {"", "t", "tidak", "n", "no", "0", "-", "bukan", "false"}
"""… and of one who does not."""
_LIMIT_BYTES = 16 * 2**20


def read(path: Path) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """What a person said in the file: line → code of the accepted, and line → the name that line had.

    Raises
    ------
    NotFound
        If there is no such file.
    BadRequest
        If it is no file of suggestions, a line holds neither yes, no nor a code, or there is no yes in it at all.
    """
    codes: dict[int, str] = {}
    names: dict[int, str] = {}
    for number, row in _rows(path):
        said = row["accept"].strip().lstrip("'")
        if said.casefold() in NO:
            continue
        if said.casefold() not in YES and not any(sign.isdigit() for sign in said):
            raise BadRequest("error.suggestions_word", file=path.name, line=number, word=said[:40])
        code = row["suggested_code"].strip().lstrip("'") if said.casefold() in YES else said
        try:
            line = int(row["line"])
        except ValueError as error:
            raise BadRequest("error.suggestions_form", file=path.name) from error
        codes[line], names[line] = code, row["name"]
    if not codes:
        raise BadRequest("error.suggestions_none", file=path.name)
    return codes, names


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The file's rows with their line numbers; Excel may have saved it with semicolons."""
    try:
        if path.stat().st_size > _LIMIT_BYTES:
            raise BadRequest("error.suggestions_form", file=path.name)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound("error.no_file", file=path.name) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    lines = text.splitlines()
    delimiter = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.DictReader(lines, delimiter=delimiter, restval="")
    needed = {"line", "name", "suggested_code", "accept"}
    if not needed <= set(reader.fieldnames or ()):
        raise BadRequest("error.suggestions_form", file=path.name)
    return [(reader.line_num, {name: row[name] or "" for name in needed}) for row in reader]


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
