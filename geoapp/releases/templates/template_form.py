"""Which regions and columns a template has: those of an edition, an area, a level or a set, as a person asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from geoapp.domain.codes import CodeSystem, RegionCode, canonical
from geoapp.domain.indicators import Indicator, header_key
from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.domain.periods import Period
from geoapp.domain.regions import Edition
from geoapp.errors import BadRequest, NotFound, Question, Refused
from geoapp.i18n import dates
from geoapp.releases.checking.check import refuse_sensitive
from geoapp.releases.shaping.shape import indicator_named
from geoapp.releases.templates.template import Column, Form, Place, applies, level_name
from geoapp.store import places, releases, retiring
from geoapp.store.releases import TreeRow

_MOST_COLUMNS = 200


@dataclass(frozen=True)
class Wanted:
    """What a template is asked for; ``area`` is a code or name, empty for all of the edition."""

    edition: str
    indicators: tuple[str, ...]
    periods: tuple[Period, ...]
    level: Level | None = None
    area: str = ""
    region_set: str = ""


def form(connection: Connection, known: Mapping[str, Indicator], wanted: Wanted) -> Form:
    """The template for the regions of an edition.

    Raises
    ------
    NotFound
        If there is no such edition, indicator or set.
    BadRequest
        If the edition has no such area, or nothing was asked for.
    Question
        If several upper regions are called so.
    Refused
        If an indicator must not be published, the level has no regions, or there would be too many columns.
    """
    edition = retiring.in_use(connection, wanted.edition)
    level = wanted.level or edition.base_level
    tree = {row.code: row for row in releases.tree(connection, edition.id)}
    area = _area(tree, edition, level, wanted.area) if wanted.area else ""
    members = _members(connection, wanted.region_set, edition)
    regions = [
        _place(row, tree, edition.code_system)
        for row in tree.values()
        if row.level is level and row.number is not None and (members is None or row.code in members)
    ]
    if area:
        regions = [each for each in regions if area in {each.code, *_uppers(each.code, tree)}]
    if not regions:
        raise Refused("error.template_no_regions", edition=edition.id, level=level_name(level).lower())
    indicators = [indicator_named(slug, known) for slug in dict.fromkeys(wanted.indicators)]
    _refuse_impossible(indicators, regions)
    columns = _columns(indicators, wanted.periods, level)
    title = tree[area].name if area else edition.area
    return Form(edition, level, area, title, tuple(regions), columns, _levels(regions), wanted.region_set)


def _area(tree: Mapping[str, TreeRow], edition: Edition, level: Level, asked: str) -> str:
    """The upper region of this code or name."""
    code = canonical(edition.code_system, asked.strip())
    uppers = {each.code: each.name for each in tree.values() if each.level < level}
    found = [code] if code in uppers else [each for each, name in uppers.items() if normalise(name) == normalise(asked)]
    if len(found) > 1:
        several = "; ".join(f"{each} {uppers[each]}" for each in found if each)
        raise Question("question.template_area", "--area", area=asked, regions=several)
    if not found or found[0] is None:
        raise BadRequest("error.template_area", area=asked, edition=edition.id)
    return found[0]


def _members(connection: Connection, id: str, edition: Edition) -> frozenset[str] | None:
    if not id:
        return None
    found = places.region_set(connection, id)
    if found is None or found.edition != edition.id:
        raise NotFound("error.template_set", set=id, edition=edition.id)
    return frozenset(found.codes)


def _place(row: TreeRow, tree: Mapping[str, TreeRow], system: CodeSystem) -> Place:
    above = {tree[code].level: tree[code].name for code in _uppers(row.code, tree) if tree[code].name != code}
    return Place(row.code, row.name, RegionCode.parse(system, row.code).kind, above)


def _uppers(code: str, tree: Mapping[str, TreeRow]) -> Iterable[str]:
    """The codes above one, the nearest first."""
    parent = tree[code].parent
    while parent is not None and parent in tree:
        yield parent
        parent = tree[parent].parent


def _levels(regions: Sequence[Place]) -> tuple[Level, ...]:
    """The level just above, and those higher up that tell the regions apart; the nearest first."""
    levels = sorted({level for each in regions for level in each.above}, reverse=True)
    return tuple(
        level for n, level in enumerate(levels) if n == 0 or len({each.above.get(level) for each in regions}) > 1
    )


def _refuse_impossible(asked: Sequence[Indicator], regions: Sequence[Place]) -> None:
    for each in asked:
        if not any(applies(each, region) for region in regions):
            kinds = ", ".join(each.applies_to).replace("_", " ")
            raise Refused("error.template_impossible", indicator=each.slug, kinds=kinds)


def _columns(asked: Sequence[Indicator], periods: Sequence[Period], level: Level) -> tuple[Column, ...]:
    if not asked or not periods:
        raise BadRequest("error.template_nothing")
    if len(asked) * len(periods) > _MOST_COLUMNS:
        raise Refused("error.template_columns", n=len(asked) * len(periods), most=_MOST_COLUMNS)
    columns: dict[str, Column] = {}
    for indicator in asked:
        refuse_sensitive(indicator, level)
        for period in dict.fromkeys(periods):
            header = f"{indicator.name.id} {dates.period('id', period)}"
            if header_key(header) in columns:
                header = f"{indicator.name.id} ({indicator.slug}) {dates.period('id', period)}"
            columns[header_key(header)] = Column(header, indicator, period)
    return tuple(columns.values())
