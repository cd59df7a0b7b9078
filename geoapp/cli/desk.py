"""What every command works at: settings, language, the store, and ways to speak, show progress and answer."""

import errno
import getpass
import logging
import os
import re
import sys
import textwrap
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import orjson
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.words import Language
from geoapp.editions.redraw import redraw
from geoapp.errors import BadRequest, GeoappError, NotFound, Unavailable
from geoapp.i18n import speak
from geoapp.settings import Settings
from geoapp.store.cluster import database_url
from geoapp.store.database import Store
from geoapp.store.migrate import migrate

_COLOURS = {Weight.STOP: "bold red", Weight.ASK: "yellow", Weight.WARN: "yellow", Weight.NOTE: "dim"}
_DISK_FULL = "53100"
_NOT_OPENED = (errno.ENAMETOOLONG, errno.EACCES, errno.EPERM, errno.ELOOP, errno.EISDIR, errno.ENOTDIR)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass
class Desk:
    """One command's desk; ``store`` is opened when first asked for."""

    settings: Settings
    language: Language
    _store: Store | None = field(default=None, init=False)

    @classmethod
    def open(cls) -> "Desk":
        """The desk of this process. Raises BadRequest if a setting cannot be read."""
        try:
            settings = Settings()
        except ValidationError as wrong:
            first = wrong.errors()[0]
            name = "GEOAPP_" + "_".join(map(str, first["loc"])).upper()
            raise BadRequest("error.setting", name=name, reason=first["msg"]) from wrong
        return cls(settings, settings.lang or language_of(os.environ.get("LANG", "")))

    @property
    def store(self) -> Store:
        """The database, started if it is the private one, brought to this version. Raises Unavailable, Refused."""
        if self._store is None:
            store = Store.at(*database_url(self.settings))
            try:
                migrate(store)
                redraw(store)
            except BaseException:
                store.close()
                raise
            self._store = store
        return self._store

    @property
    def actor(self) -> str:
        """Who is at the keyboard; in a container the user may have no name."""
        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return f"uid {os.getuid()}"

    def speaking(self, language: Language | None) -> "Desk":
        """This desk in another language, if one is said; the store is opened once for both."""
        if language is not None:
            self.language = language
        return self

    def close(self) -> None:
        """Let go of the database."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def say(self, message: str, /, **values: Any) -> None:
        """One sentence on stdout."""
        click.echo(printable(speak(self.language, message, **values)))

    def heading(self, text: str) -> None:
        """A title on stdout with a blank line before it, bold on a terminal."""
        click.echo("\n" + click.style(printable(text), bold=True))

    def line(self, text: str, mark: str = "", indent: int = 0, wrap: bool = True) -> None:
        """One paragraph on stdout, behind a mark if it is one of a list; broken to the terminal's width, if it is one.

        What a person copies from the screen must stay in one piece: ``wrap=False``.
        """
        before = " " * indent + (f"  {mark} " if mark else "")
        width = Console().width if wrap and sys.stdout.isatty() else 0
        if width <= len(before) + 20:
            return click.echo(before + printable(text))
        said = textwrap.fill(
            printable(text),
            width,
            initial_indent=before,
            subsequent_indent=" " * len(before),
            break_long_words=False,
            break_on_hyphens=False,
        )
        return click.echo(said)

    def show(self, findings: Iterable[Finding]) -> None:
        """Findings on stderr, one a line: weight, sentence, place."""
        console = Console(stderr=True, soft_wrap=True, highlight=False)
        for each in findings:
            weight = Text(speak(self.language, f"weight.{each.weight.value}"), _COLOURS[each.weight])
            sentence = speak(self.language, each.message, **each.values)
            where = place_in_words(self.language, each.place)
            console.print(weight, Text(printable(f"{sentence} ({where})" if where else sentence)))

    @contextmanager
    def progress(self, message: str, total: float | None = None, /, **values: Any) -> Iterator["Steps"]:
        """A bar on stderr while the block runs; nothing is drawn where stderr is no terminal."""
        console = Console(stderr=True)
        columns = [
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            *([MofNCompleteColumn()] if total is not None else []),
            TimeElapsedColumn(),
        ]
        with Progress(*columns, console=console, disable=not console.is_terminal) as drawn:
            yield Steps(self.language, drawn, drawn.add_task(speak(self.language, message, **values), total=total))

    def answer(self, document: Any) -> None:
        """One JSON object on stdout, for ``--json``."""
        click.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode())

    def table(self, headers: Sequence[str], rows: Iterable[Sequence[object]], right: Container[int] = ()) -> None:
        """A table on stdout; ``headers`` are texts already in the reader's language, None is an empty cell.

        ``right`` are the columns of numbers, which stand below each other by their last digit.
        """
        drawn = Table(box=None, pad_edge=False, header_style="bold")
        for number, header in enumerate(headers):
            drawn.add_column(header, overflow="fold", justify="right" if number in right else "left")
        for row in rows:
            drawn.add_row(*(Text("" if cell is None else printable(str(cell))) for cell in row))
        console = Console(highlight=False)
        if not console.is_terminal:
            console.width = 200
        console.print(drawn)


@dataclass(frozen=True)
class Steps:
    """How far a long work is."""

    language: Language
    _drawn: Progress
    _task: TaskID

    def advance(self, n: float = 1) -> None:
        """``n`` more of the total are done."""
        self._drawn.advance(self._task, n)

    def reach(self, done: float) -> None:
        """So many of the total are done."""
        self._drawn.update(self._task, completed=done)

    def say(self, message: str, /, **values: Any) -> None:
        """Name the step that begins."""
        self._drawn.update(self._task, description=speak(self.language, message, **values))


def language_of(locale: str) -> Language:
    """Indonesian where the shell's locale is Indonesian, else English.

    >>> language_of("id_ID.UTF-8"), language_of("C.UTF-8")
    ('id', 'en')
    """
    return "id" if locale.startswith("id") else "en"


def printable(text: str) -> str:
    """Text without what would command the terminal or turn the writing round; files and cells may hold it.

    >>> printable("\x1b[31mDesa\u202e")
    '\ufffd[31mDesa\ufffd'
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def place_in_words(language: Language, place: Place) -> str:
    """Where something was seen: ``data.xlsx, sheet Sheet1, line 4``."""
    parts = {"sheet": place.sheet, "line": place.line, "cell": place.cell}
    said = [speak(language, f"place.{name}", **{name: part}) for name, part in parts.items() if part]
    return ", ".join(([place.file] if place.file else []) + said)


def dress(error: Exception, language: Language) -> int:
    """Say an error as one sentence on stderr and give its exit code; what nobody foresaw is logged whole."""
    error = foreseen(error)
    if isinstance(error, GeoappError):
        click.echo(printable(speak(language, error.message, **error.values)), err=True)
        return 2 if isinstance(error, BadRequest) else 3 if isinstance(error, Unavailable) else 1
    logging.basicConfig(stream=sys.stderr)
    logging.getLogger("geoapp").error("unforeseen", exc_info=error)
    click.echo(speak(language, "error.unforeseen"), err=True)
    return 3


def foreseen(error: Exception) -> Exception:
    """The same error; a full disk or a path that cannot be opened, wherever it was met, as our own."""
    if isinstance(error, OSError) and error.errno in _NOT_OPENED and error.filename:
        return NotFound("error.file_not_opened", file=Path(str(error.filename)).name[:80])
    state = getattr(getattr(error, "orig", error), "sqlstate", None)
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    if not full and state != _DISK_FULL:
        return error
    said = Unavailable("error.disk_full")
    said.__cause__ = error
    return said
