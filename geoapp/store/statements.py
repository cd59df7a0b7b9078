"""The statements of ``sql/``, one a file, named for what it gives; values are always bound."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from sqlalchemy import TextClause, text

_FOLDER = Path(__file__).parent / "sql"


@cache
def statement(name: str) -> TextClause:
    """The statement kept in ``sql/<name>.sql``."""
    return text((_FOLDER / f"{name}.sql").read_text(encoding="utf-8"))


def lines(values: Iterable[str]) -> str:
    """Many codes as one text for ``string_to_array``: of an array the driver would wrap every element in Python."""
    return "\n".join(values)
