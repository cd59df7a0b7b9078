"""The statements of ``sql/``, one a file, named for what it gives; values are always bound."""

from functools import cache
from pathlib import Path

from sqlalchemy import TextClause, text

_FOLDER = Path(__file__).parent / "sql"


@cache
def statement(name: str) -> TextClause:
    """The statement kept in ``sql/<name>.sql``."""
    return text((_FOLDER / f"{name}.sql").read_text(encoding="utf-8"))
