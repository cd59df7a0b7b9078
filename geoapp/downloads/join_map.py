"""The map of a join report: regions with a figure, without one, waiting for a yes, and without a row."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.levels import Level
from geoapp.domain.observations import Observation, State
from geoapp.domain.regions import Region
from geoapp.domain.words import Language
from geoapp.downloads import standalone
from geoapp.i18n import numbers, speak
from geoapp.layers.plan import CIRCLE_STEPS
from geoapp.releases.account import level_word, named, period_word
from geoapp.store import reading, shapes
from geoapp.store.releases import Said

_LOOKS = {
    "figure": ("#37689f", "account.legend.figure"),
    "some": ("some", "account.legend.some"),
    "missing": ("missing", "account.legend.missing"),
    "not_applicable": ("not_applicable", "account.legend.not_applicable"),
    "suggested": ("suggested", "account.legend.suggested"),
    "no_row": ("no_row", "account.legend.no_row"),
    "not_asked": ("out_of_scope", "account.legend.not_asked"),
}
"""Colour or pattern of what became of a region, and its words; the order is that of the legend."""
_MOST = 10_000
"""So many regions can be drawn one by one; of more, the regions that hold them are."""
_ZOOMS = ((600, 11), (3_000, 9), (_MOST, 7))
"""Up to so many regions, the outlines of this zoom: the fewer, the finer, and the page stays small."""
_LAYERS = 24
"""So many indicators and periods can be chosen on the map."""


class Standing(NamedTuple):
    """What became of a region in one series, and the sentence that says so."""

    look: str
    sentence: str


class Ground(NamedTuple):
    """What is drawn: these regions, and for each the codes of the table's own regions that it holds."""

    level: Level
    regions: Sequence[Region]
    holds: Sequence[Sequence[str]]


def document(
    said: Mapping[str, Any],
    observed: Iterable[Said],
    regions: Sequence[Region],
    connection: Connection,
    language: Language,
) -> dict[str, Any]:
    """What ``standalone.js`` draws: the shapes, and a layer for every indicator and period."""
    ground = _ground(said, regions, connection)
    zoom = next((zoom for most, zoom in _ZOOMS if len(ground.regions) <= most), 0)
    drawn = shapes.outlines(connection, said["edition"], ground.level, zoom)
    layers = _layers(said, observed, ground, language)
    return {
        "heading": "h2",
        "scrolls": True,
        "choose": speak(language, "account.map.choose"),
        "sources": speak(language, "account.map.note"),
        "language": language,
        "box": _box(_asked(ground.regions, layers["periods"])),
        "shapes": standalone.geometries([each.wkb for each in drawn], 4 if zoom < 9 else 5),
        "inside": [region.inside for region in ground.regions],
        "names": [f"{region.name} ({region.code})" for region in ground.regions],
        "steps": CIRCLE_STEPS,
        **layers,
    }


def _ground(said: Mapping[str, Any], regions: Sequence[Region], connection: Connection) -> Ground:
    """The table's regions, or where these are too many for a page the lowest regions above them that are not."""
    level = Level.of(said["level"]) if said["level"] else Level.VILLAGE
    if len(regions) <= _MOST:
        return Ground(level, regions, [[region.code] for region in regions])
    system = CodeSystem(said["code_system"])
    for upper in sorted((each for each in Level if each < min(level, Level.VILLAGE)), reverse=True):
        holders = reading.regions(connection, said["edition"], upper)
        if 0 < len(holders) <= _MOST:
            held: dict[str, list[str]] = {holder.code: [] for holder in holders}
            for region in regions:
                held.setdefault(RegionCode(system, region.code).at(upper).text, []).append(region.code)
            return Ground(upper, holders, [held[holder.code] for holder in holders])
    return Ground(level, (), ())


def _asked(regions: Sequence[Region], layers: Sequence[Mapping[str, Any]]) -> Sequence[Region]:
    """The regions that any layer speaks of, or all where none does."""
    asked = [region for n, region in enumerate(regions) if any(each["looks"][n] != "out_of_scope" for each in layers)]
    return asked or regions


def _box(regions: Sequence[Region]) -> tuple[float, float, float, float]:
    """West, south, east and north of all regions; the whole country where none is drawn."""
    boxes = [region.box for region in regions] or [(95.0, -11.0, 141.0, 6.0)]
    lows, highs = ([pick(side) for side in zip(*boxes, strict=True)] for pick in (min, max))
    return lows[0], lows[1], highs[2], highs[3]


def _layers(said: Mapping[str, Any], observed: Iterable[Said], ground: Ground, language: Language) -> dict[str, Any]:
    """A layer for every indicator and period in the form that ``standalone.js`` draws; one alone without any figure."""
    found: dict[tuple[str, str], dict[str, tuple[Observation, int | None]]] = {}
    for slug, its_period, code, observation, line in observed:
        found.setdefault((slug, its_period.text), {})[code] = (observation, line)
    waiting = {
        each["code"]: speak(language, "account.map.suggested", name=each["name"], line=each["line"])
        for each in said["suggestions"]
        if each["code"]
    }
    absent = {name: set(each["codes"]) for each in said["without_row"] for name in each["series"]}
    layers = []
    for slug, text in [(each["indicator"], each["period"]) for each in said["regions"]][:_LAYERS] or [("", "")]:
        label = (
            f"{named(said, slug, language)}, {period_word(language, text)}"
            if slug
            else speak(language, "account.map.no_figure")
        )
        series = _Series(found.get((slug, text), {}), waiting, absent.get(f"{slug} {text}", set()), language)
        standing = [series.of(codes, said["level"]) for codes in ground.holds]
        layers.append(_layer(f"{slug} {text}", label, standing, ground.level.slug, language))
    return {"title": layers[0]["label"], "open": layers[0]["period"], "periods": layers}


class _Series(NamedTuple):
    """What is known of one indicator in one period, by region code."""

    said: Mapping[str, tuple[Observation, int | None]]
    waiting: Mapping[str, str]
    absent: set[str]
    language: Language

    def of(self, codes: Sequence[str], level: str) -> Standing:
        """What became of a region that holds these; most are one and hold themselves."""
        each = [self._one(code) for code in codes]
        if len(each) == 1:
            return each[0]
        looks = Counter(one.look for one in each)
        asked = len(each) - looks["not_asked"]
        values = {"known": looks["figure"], "n": asked, "level": level_word(self.language, level, asked)}
        sentence = speak(self.language, "account.outcome_regions", **values)
        if not asked:
            return Standing("not_asked", speak(self.language, "account.map.not_asked"))
        if looks["figure"]:
            return Standing("figure" if looks["figure"] == asked else "some", sentence)
        return Standing(max(looks - Counter(not_asked=looks["not_asked"]), key=looks.__getitem__), sentence)

    def _one(self, code: str) -> Standing:
        observation, line = self.said.get(code, (None, None))
        if observation is not None and (line is not None or code not in self.waiting):
            return self._observed(observation, line)
        if code in self.waiting:
            return Standing("suggested", self.waiting[code])
        if code in self.absent:
            return Standing("no_row", speak(self.language, "account.map.no_row"))
        return Standing("not_asked", speak(self.language, "account.map.not_asked"))

    def _observed(self, observation: Observation, line: int | None) -> Standing:
        at = f" ({speak(self.language, 'place.line', line=line)})" if line is not None else ""
        if observation.state is not None:
            look = "not_applicable" if observation.state is State.NOT_APPLICABLE else "missing"
            return Standing(look, speak(self.language, f"state.{observation.state.value}") + at)
        if observation.figure is None:
            return Standing("figure", f"{observation.category}{at}")
        return Standing("figure", numbers.bound(self.language, observation.figure, 0) + at)


def _layer(id: str, label: str, standing: Sequence[Standing], level: str, language: Language) -> dict[str, Any]:
    """One layer of the standalone map with its legend."""
    counts = Counter(each.look for each in standing)
    return {
        "period": id,
        "label": label,
        "kind": "choropleth",
        "looks": [_LOOKS[each.look][0] for each in standing],
        "sizes": [],
        "figures": [each.sentence for each in standing],
        "legend": [
            {
                "look": colour,
                "label": speak(
                    language,
                    "legend.row",
                    count=numbers.figure(language, counts[look], 0),
                    level=level_word(language, level, counts[look]),
                    label=speak(language, words),
                ),
            }
            for look, (colour, words) in _LOOKS.items()
            if counts[look]
        ],
    }
