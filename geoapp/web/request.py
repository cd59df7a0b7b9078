"""Questions: the query of an address as typed values, parsed once at the door.

Machines get 400 for a parameter that is unknown, written twice or unreadable; people get the nearest view and a notice.
What mailers and social networks hang on an address passes silently.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from geoapp.atlas.choices import Choice, read_change, read_classes, read_palette
from geoapp.domain.levels import Level
from geoapp.domain.periods import Period
from geoapp.domain.search_words import LONGEST
from geoapp.domain.words import LANGUAGES, Language
from geoapp.errors import BadRequest

_PASSING = re.compile(r"fbclid|gclid|igshid|(utm|mc)_\w+")
_LONGEST = 60
"""Characters of a reader's own value that a sentence repeats."""
_MOST = 5
"""Sentences about an address; more would only hide the page."""

CHOICES = ("classes", "palette", "since", "change")
"""What a visitor may choose of a map's look."""
VIEW = ("lang", "period", "level", "area", "region", "compare", *CHOICES, "release")
"""The whole state of a view; page, frame, picture and the words exchanged have the same query."""


HIDEABLE = ("title", "reading", "periods")
"""What a frame may leave out; map, legend, coverage and source always stay."""
THEMES = ("light", "dark")
"""How a frame looks; without one as the reader's device says."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence above a page: what of the address was not followed; ``link`` is a message that leads to ``href``."""

    message: str
    values: dict[str, Any] = field(default_factory=dict)
    link: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks for; None where it leaves the choice to us."""

    lang: Language = "id"
    period: Period | None = None
    level: Level | None = None
    area: str | None = None
    region: str | None = None
    compare: str | None = None
    classes: tuple[str, int, bool] | None = None
    palette: str | None = None
    since: Period | None = None
    change: bool = False
    release: int | None = None
    other: str | None = None
    second: Period | None = None
    size: str | None = None
    theme: str | None = None
    sort: str | None = None
    hide: frozenset[str] = frozenset()
    x: float | None = None
    y: float | None = None
    layer: str | None = None
    q: str = ""
    v: str | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def choice(self) -> Choice:
        """What is chosen of the map's look."""
        method, count, pooled = self.classes or (None, None, True)
        return Choice(method, count, pooled, self.palette, self.since, self.change)

    def noticing(self, message: str, **values: Any) -> "Question":
        """The same question with one more notice."""
        return replace(self, notices=(*self.notices, Notice(message, values)))


def _lang(raw: str) -> Language:
    for each in LANGUAGES:
        if raw == each:
            return each
    raise ValueError(raw)


def _release(raw: str) -> int:
    if not re.fullmatch(r"[0-9]{1,18}", raw):
        raise ValueError(raw)
    return int(raw)


def _word(raw: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}", raw):
        raise ValueError(raw)
    return raw


def _sort(raw: str) -> str:
    if not re.fullmatch(r"-?[a-z]{1,20}", raw):
        raise ValueError(raw)
    return raw


def _text(raw: str) -> str:
    """What somebody typed: any signs, on one line, no longer than names are."""
    return " ".join(raw.split())[:LONGEST]


def _hidden(raw: str) -> frozenset[str]:
    parts = frozenset(filter(None, raw.split(",")))
    if not parts <= frozenset(HIDEABLE):
        raise ValueError(raw)
    return parts


def _share(raw: str) -> float:
    if not re.fullmatch(r"0(\.[0-9]{1,4})?|1(\.0{1,4})?", raw):
        raise ValueError(raw)
    return float(raw)


def _layer(raw: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z_-]{0,199}", raw):
        raise ValueError(raw)
    return raw


_READERS: dict[str, Callable[[str], Any]] = {
    "lang": _lang,
    "period": Period.parse,
    "level": Level.of,
    "area": _word,
    "region": _word,
    "compare": _word,
    "classes": read_classes,
    "palette": read_palette,
    "since": Period.parse,
    "other": _layer,
    "second": Period.parse,
    "change": read_change,
    "release": _release,
    "size": _word,
    "v": _word,
    "theme": _word,
    "sort": _sort,
    "hide": _hidden,
    "x": _share,
    "y": _share,
    "layer": _word,
    "q": _text,
}


def ask(args: MultiDict[str, str], *known: str) -> Question:
    """A machine's question; ``known`` are the parameters of this address.

    Raises
    ------
    BadRequest
        At the first parameter that is unknown, written twice or unreadable.
    """
    values = {}
    for name, raws in args.lists():
        if name not in known:
            if _PASSING.fullmatch(name):
                continue
            raise BadRequest("error.parameter_unknown", name=name[:_LONGEST])
        if len(raws) > 1:
            raise BadRequest("error.parameter_twice", name=name)
        try:
            values[name] = _READERS[name](raws[0])
        except ValueError:
            raise BadRequest("error.parameter_value", name=name, value=raws[0][:_LONGEST]) from None
    return Question(**values)


def ask_kindly(args: MultiDict[str, str], *known: str) -> Question:
    """A person's question: what cannot be followed is left aside, with a notice."""
    question, values = Question(), {}
    for name, raws in args.lists():
        if name not in known:
            if not _PASSING.fullmatch(name):
                question = question.noticing("notice.parameter", name=name[:_LONGEST])
            continue
        if not raws[0]:
            continue  # a form whose field was left empty
        try:
            values[name] = _READERS[name](raws[0])
        except ValueError:
            question = _unread(question, name, raws[0][:_LONGEST], known)
    return replace(question, **values, notices=question.notices[:_MOST])


def _unread(question: Question, name: str, raw: str, known: tuple[str, ...]) -> Question:
    if name in ("period", "level", "classes", "palette", "since", "other", "second"):
        return question.noticing(f"notice.{name}", asked=raw)
    if name in ("area", "region", "compare") and "region" in known:  # the catalogue's area is a name, not a code
        return question.noticing(f"notice.{name}", code=raw)
    return question.noticing("notice.value", name=name)


def language(args: MultiDict[str, str]) -> Language:
    """The language of an address alone, whatever else it says."""
    return "en" if args.get("lang") == "en" else "id"
