"""The statements of ``sql/``, one a file, named for what it gives; values are always bound."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from sqlalchemy import TextClause, text

_FOLDER = Path(__file__).parent / "sql"
_INCLUDED = re.compile(r"^-- include (\w+)$", re.MULTILINE)


@cache
def statement(name: str) -> TextClause:
    """The statement kept in ``sql/<name>.sql``; a line ``-- include <other>`` stands for the text of another file."""
    return text(_INCLUDED.sub(lambda found: _read(found[1]), _read(name)))


def _read(name: str) -> str:
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8").rstrip()


def lines(values: Iterable[str]) -> str:
    """Many codes as one text for ``string_to_array``: of an array the driver would wrap every element in Python."""
    return "\n".join(values)
