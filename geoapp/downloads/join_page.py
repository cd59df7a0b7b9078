"""The join report as one HTML page: the account in tables beside a map of what joined."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape
from sqlalchemy import Connection

from geoapp.domain.levels import Level
from geoapp.domain.regions import Region
from geoapp.domain.words import Language
from geoapp.downloads import join_map, standalone
from geoapp.downloads.join_report import Evidence
from geoapp.i18n import numbers, speak
from geoapp.releases.account import (
    Kept,
    account,
    alike,
    by_reason,
    by_weight,
    named,
    outcome,
    period_word,
    say,
    series_word,
    with_place,
    with_ways,
)
from geoapp.releases.report import Fate, ranges
from geoapp.store import reading

_SUGGESTIONS = 2_000
"""So many are shown; the file of suggestions has them all."""


def page(kept: Kept, evidence: Evidence, connection: Connection, language: Language) -> bytes:
    """The page; it opens with the network off and asks it for nothing.

    Raises
    ------
    Unavailable
        ``error.leaflet_missing`` if set-up has not fetched Leaflet.
    """
    said = account(kept, language)
    regions = reading.regions(connection, said["edition"], Level.of(said["level"])) if said["level"] else ()
    title = speak(language, "account.title", file=said["file"])
    drawn = join_map.document(said, evidence.said, regions, connection, language)
    style = standalone.own("join_report.css")
    return standalone.page(drawn, title, language, style, article(kept, regions, language))


def article(kept: Kept, regions: Sequence[Region], language: Language) -> str:
    """The account as HTML: a header with the outcome, and every part of the report below it."""
    said = account(kept, language)
    return _template().render(
        said=said,
        title=speak(language, "account.title", file=said["file"]),
        outcome=outcome(kept, language),
        say=lambda message, **values: say(language, message, values),
        head=lambda name: speak(language, f"statistics.head_{name}"),
        fate_word=lambda fate: speak(language, f"fate.{fate}"),
        weight=lambda weight: speak(language, f"weight.{weight}"),
        placed=partial(with_place, language),
        number=lambda count: numbers.figure(language, count, 0),
        bound=lambda value: numbers.bound(language, value, 0),
        period=partial(period_word, language),
        lines=lambda rows: ranges(row["line"] for row in rows),
        ranges=ranges,
        grouped=_by_indicator(said["regions"]),
        alike=alike,
        indicator=lambda slug: named(said, slug, language),
        series=lambda text: series_word(said, text, language),
        understood=with_ways(said, language),
        breakable=_breakable,
        fates=[fate.value for fate in Fate],
        reasons=by_reason(said),
        findings=by_weight(said["findings"]),
        most=_SUGGESTIONS,
        names={region.code: region.name for region in regions},
    )


def _by_indicator(regions: Sequence[Mapping[str, Any]]) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The counts of regions, those of one indicator together, in the order of the table."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for each in regions:
        found.setdefault(each["indicator"], []).append(each)
    return found


def _breakable(text: str) -> Markup:
    """A file's name that may be broken behind its joints, rather than anywhere."""
    return Markup(re.sub(r"([_.-])(?=.)", r"\1<wbr>", str(escape(text))))  # noqa: S704  # escaped


@cache
def _template() -> Template:
    """The account as HTML; what it says is escaped, and no text of ours is ever a template."""
    rules = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return rules.from_string(standalone.own("join_report.html"))
