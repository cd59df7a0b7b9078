"""A file of suggestions in which a person said yes: what was accepted, row by row."""

import csv
from typing import NamedTuple

from geoapp.errors import BadRequest

YES = frozenset({"y", "ya", "yes", "x", "v", "ok", "oke", "setuju", "benar", "1", "✓", "true"})
"""Words of a person who accepts what stands in a row …"""
NO = frozenset({"", "t", "tidak", "n", "no", "0", "-", "bukan", "false"})
"""… and of one who does not."""
LIMIT_BYTES = 16 * 2**20
"""No list of suggestions is longer."""


class Accepted(NamedTuple):
    """A yes, or a code of a person's own: of which ``row`` (as the file numbers them), and the name that row had."""

    row: int
    name: str
    code: str


def accepted(content: bytes, file: str, numbered: str, form: str) -> list[Accepted]:
    """What a person accepted in a file of suggestions, whose column ``numbered`` says of which row each is.

    ``file`` is its name, ``form`` the message id of what is no such file.

    Raises
    ------
    BadRequest
        If it is no file of suggestions, a line holds neither yes, no nor a code, or there is no yes in it at all.
    """
    found = []
    for line, row in _rows(content, file, numbered, form):
        said = row["accept"].strip().lstrip("'")
        if said.casefold() in NO:
            continue
        if said.casefold() not in YES and not any(sign.isdigit() for sign in said):
            raise BadRequest("error.suggestions_word", file=file, line=line, word=said[:40])
        code = row["suggested_code"].strip().lstrip("'") if said.casefold() in YES else said
        try:
            found.append(Accepted(int(row[numbered]), row["name"], code))
        except ValueError as error:
            raise BadRequest(form, file=file) from error
    if not found:
        raise BadRequest("error.suggestions_none", file=file)
    return found


def _rows(content: bytes, file: str, numbered: str, form: str) -> list[tuple[int, dict[str, str]]]:
    """The file's rows with their line numbers; Excel may have saved it with semicolons."""
    if len(content) > LIMIT_BYTES:
        raise BadRequest(form, file=file)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    lines = text.splitlines()
    delimiter = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.DictReader(lines, delimiter=delimiter, restval="")
    needed = {numbered, "name", "suggested_code", "accept"}
    if not needed <= set(reader.fieldnames or ()):
        raise BadRequest(form, file=file)
    return [(reader.line_num, {name: row[name] or "" for name in needed}) for row in reader]
