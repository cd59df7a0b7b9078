"""Files that are written on the way: never over what is read, and whole or not at all."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from geoapp.errors import BadRequest, Refused

_SQLITE = b"SQLite format 3\x00"


def refuse_overwriting(out: Path, read: Sequence[Path]) -> None:
    """Hold an output apart from the files that are read, or from another output.

    Raises
    ------
    BadRequest
        ``error.output_is_input``
    """
    if any(_same(out, each) for each in read):
        raise BadRequest("error.output_is_input", out=out.name)


def refuse_foreign(out: Path) -> None:
    """Hold a GeoPackage to be written apart from any other file that is there.

    Raises
    ------
    BadRequest
        ``error.output_taken``
    """
    if not out.exists():
        return
    if out.is_file():
        with out.open("rb") as file:
            if file.read(len(_SQLITE)) == _SQLITE:
                return
    raise BadRequest("error.output_taken", out=out.name)


@contextmanager
def aside(out: Path) -> Iterator[Path]:
    """A place beside a file to write it at; it takes the file's name once it is whole.

    Raises
    ------
    Refused
        ``error.output_not_written`` if the folder is missing or cannot be written to.
    """
    try:
        with TemporaryDirectory(prefix=".geoapp-", dir=out.parent) as folder:
            yield Path(folder) / "new.gpkg"
            (Path(folder) / "new.gpkg").replace(out)
    except OSError as error:
        raise Refused("error.output_not_written", out=out.name, reason=error.strerror or "") from error


def write_table(out: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table that people open in a spreadsheet and mark; none of its texts is taken for a formula.

    Raises
    ------
    Refused
        ``error.output_not_written``
    """
    try:
        with out.open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow(header)
            table.writerows([_safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    except OSError as error:
        raise Refused("error.output_not_written", out=out.name, reason=error.strerror or "") from error


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()
