"""The join report as one HTML page: the account in tables, and a map of what joined, what waits, what stayed empty."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined, Template
from sqlalchemy import Connection

from geoapp.domain.levels import Level
from geoapp.domain.observations import Observation, State
from geoapp.domain.regions import Region
from geoapp.domain.words import Language
from geoapp.downloads import standalone
from geoapp.downloads.join_report import Evidence
from geoapp.i18n import numbers, speak
from geoapp.layers.plan import CIRCLE_STEPS
from geoapp.releases.account import Kept, account, by_reason, by_weight, level_word, outcome, period_word
from geoapp.releases.report import Fate, ranges
from geoapp.store import reading, shapes

_LOOKS = {
    "figure": "#37689f",
    "missing": "missing",
    "not_applicable": "not_applicable",
    "suggested": "#e6a532",
    "no_row": "#f0bfae",
    "not_asked": "out_of_scope",
}
"""Colour or pattern of what became of a region; the order is that of the legend."""
_LEGEND = {
    "figure": "account.legend.figure",
    "missing": "account.legend.missing",
    "not_applicable": "account.legend.not_applicable",
    "suggested": "account.legend.suggested",
    "no_row": "account.legend.no_row",
    "not_asked": "account.legend.not_asked",
}
_ZOOMS = ((600, 11), (3_000, 9), (20_000, 7))
"""Up to so many regions, the outlines of this zoom; more are drawn coarser still."""
_LAYERS = 24
"""So many indicators and periods can be chosen on the map."""


class Standing(NamedTuple):
    """What became of a region in one series, and the sentence that says so."""

    look: str
    sentence: str


def page(kept: Kept, evidence: Evidence, connection: Connection, language: Language) -> bytes:
    """The page; it opens with the network off and asks it for nothing.

    Raises
    ------
    Unavailable
        ``error.leaflet_missing`` if set-up has not fetched Leaflet.
    """
    said = account(kept, language)
    level = Level.of(said["level"])
    regions = reading.regions(connection, said["edition"], level)
    title = speak(language, "account.title", file=said["file"])
    before = _template().render(
        said=said,
        title=title,
        outcome=outcome(kept, language),
        say=partial(speak, language),
        head=lambda name: speak(language, f"statistics.head_{name}"),
        fate_word=lambda fate: speak(language, f"fate.{fate}"),
        weight=lambda weight: speak(language, f"weight.{weight}"),
        number=lambda count: numbers.figure(language, count, 0),
        bound=lambda value: numbers.bound(language, value, 0),
        period=partial(period_word, language),
        lines=lambda rows: ranges(row["line"] for row in rows),
        fates=[fate.value for fate in Fate],
        reasons=by_reason(said),
        findings=by_weight(said["findings"]),
        names={region.code: region.name for region in regions},
    )
    zoom = next((zoom for most, zoom in _ZOOMS if len(regions) <= most), 0)
    drawn = shapes.outlines(connection, said["edition"], level, zoom)
    document = {
        "heading": "h2",
        "sources": speak(language, "account.map_note"),
        "language": language,
        "box": _box(regions),
        "shapes": standalone.geometries([each.wkb for each in drawn], 4 if zoom < 9 else 5),
        "inside": [region.inside for region in regions],
        "names": [f"{region.name} ({region.code})" for region in regions],
        "steps": CIRCLE_STEPS,
        **_layers(said, evidence, regions, language),
    }
    return standalone.page(document, title, language, standalone.own("join_report.css"), before)


@cache
def _template() -> Template:
    """The account as HTML; what it says is escaped, and no text of ours is ever a template."""
    rules = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return rules.from_string(standalone.own("join_report.html"))


def _box(regions: Sequence[Region]) -> tuple[float, float, float, float]:
    """West, south, east and north of all regions."""
    boxes = [region.box for region in regions]
    lows, highs = ([pick(side) for side in zip(*boxes, strict=True)] for pick in (min, max))
    return lows[0], lows[1], highs[2], highs[3]


def _layers(said: Mapping[str, Any], evidence: Evidence, regions: Sequence[Region], language: Language) -> Any:
    """A layer for every indicator and period in the form that ``standalone.js`` draws; one alone without any figure."""
    waiting = {
        each["code"]: speak(language, "account.map.suggested", name=each["name"], line=each["line"])
        for each in said["suggestions"]
        if each["code"]
    }
    found: dict[tuple[str, str], dict[str, tuple[Observation, int | None]]] = {}
    for slug, its_period, code, observation, line in evidence.said:
        found.setdefault((slug, its_period.text), {})[code] = (observation, line)
    absent = {name: set(each["codes"]) for each in said["without_row"] for name in each["series"]}
    series = [(each["indicator"], each["period"]) for each in said["regions"]][:_LAYERS]
    layers = []
    for slug, text in series or [("", "")]:
        label = f"{slug}, {period_word(language, text)}" if slug else speak(language, "account.map_no_figure")
        standing = [
            _standing(region.code, found.get((slug, text), {}), waiting, absent.get(f"{slug} {text}", set()), language)
            for region in regions
        ]
        layers.append(_layer(f"{slug} {text}", label, standing, said["level"], language))
    return {"title": layers[0]["label"], "open": layers[0]["period"], "periods": layers}


def _standing(
    code: str,
    said: Mapping[str, tuple[Observation, int | None]],
    waiting: Mapping[str, str],
    absent: set[str],
    language: Language,
) -> Standing:
    """What became of one region in one series."""
    if code in said:
        observation, line = said[code]
        at = f" ({speak(language, 'place.line', line=line)})" if line else ""
        if observation.state is None:
            figure = observation.category
            if observation.figure is not None:
                figure = numbers.bound(language, observation.figure, 0)
            return Standing("figure", f"{figure}{at}")
        look = "not_applicable" if observation.state is State.NOT_APPLICABLE else "missing"
        if line is not None or code not in waiting:
            return Standing(look, speak(language, f"state.{observation.state.value}") + at)
    if code in waiting:
        return Standing("suggested", waiting[code])
    if code in absent:
        return Standing("no_row", speak(language, "account.map.no_row"))
    return Standing("not_asked", speak(language, "account.map.not_asked"))


def _layer(id: str, label: str, standing: Iterable[Standing], level: str, language: Language) -> dict[str, Any]:
    """One layer of the standalone map with its legend."""
    each = list(standing)
    counts = {look: sum(one.look == look for one in each) for look in _LOOKS}
    return {
        "period": id,
        "label": label,
        "kind": "choropleth",
        "looks": [_LOOKS[one.look] for one in each],
        "sizes": [],
        "figures": [one.sentence for one in each],
        "legend": [
            {
                "look": _LOOKS[look],
                "label": speak(
                    language,
                    "legend.row",
                    count=numbers.figure(language, n, 0),
                    level=level_word(language, level, n),
                    label=speak(language, _LEGEND[look]),
                ),
            }
            for look, n in counts.items()
            if n
        ],
    }
