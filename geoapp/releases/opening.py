"""Opening a file: its table, and what is said of it by a person and, in a filled template, by the template itself."""

from pathlib import Path

from geoapp.releases.options import Options
from geoapp.releases.reading.layout import find_table
from geoapp.releases.reading.persons import refuse_persons
from geoapp.releases.reading.read import read_book
from geoapp.releases.reading.table import Table
from geoapp.releases.templates import template


def open_table(path: Path, options: Options) -> tuple[Table, Options]:
    """The table of a file, and these options over those of a filled template.

    Raises
    ------
    NotFound
        If there is no such file or sheet.
    Refused
        If the file is no table, passes a limit, or holds persons.
    """
    book = read_book(path)
    for sheet in book.sheets:
        refuse_persons(book.file, sheet.rows)
    filled = template.recognise(book)
    if filled is not None:
        options, book = options.over(filled.options), filled.book
    return find_table(book, options), options
