"""Making a batch of a rate from what is published of its parts, so that nobody has to compute it by hand."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.indicators import AREAS, Indicator, Parts
from geoapp.domain.observations import Observation
from geoapp.domain.periods import Period, earlier
from geoapp.domain.regions import Edition
from geoapp.errors import Refused
from geoapp.releases.checking.check import refuse_sensitive
from geoapp.releases.checking.derive import Said, compare, derived, from_areas, summed
from geoapp.releases.report import JoinReport, count_regions
from geoapp.releases.shaping.shape import indicator_named
from geoapp.store import releases, retiring
from geoapp.store.database import Store

Figures = Mapping[Period, Said]
_SHOWN = 3


@dataclass(frozen=True)
class Derived:
    """A staged batch of one derived indicator: of how many regions there is a figure, by period."""

    indicator: str
    batch: int
    report: JoinReport


@dataclass(frozen=True)
class _Ground:
    """An edition with its base regions: code → km², in number order."""

    edition: Edition
    km2: Mapping[str, float]


def derive(
    store: Store,
    known: Mapping[str, Indicator],
    slug: str,
    edition: str,
    periods: tuple[Period, ...] = (),
    actor: str = "",
) -> Derived:
    """Stage a batch of the indicator ``slug``, made of the newest releases of its parts on ``edition``.

    ``periods`` are those that both parts have, unless some are asked for. A part that is not published itself is added
    up from what it is the sum of.

    Raises
    ------
    NotFound
        If there is no such indicator or edition.
    Refused
        If it has no parts, one of them is not published, they share no period, or it must not be public.
    """
    indicator = indicator_named(slug, known)
    if indicator.parts is None:
        raise Refused("error.derive_no_parts", indicator=slug)
    with store.begin() as connection:
        ground = _ground(connection, edition)
        refuse_sensitive(indicator, ground.edition.base_level)
        above = _part(connection, ground, indicator.parts.numerator, known)
        below = _part(connection, ground, indicator.parts.denominator, known)
        made = _made(indicator, above, below, ground, periods)
        if not made:
            raise Refused("error.derive_no_period", indicator=slug, **_named(indicator.parts))
        report = _report(connection, indicator, ground, made)
        batch = _stage(connection, indicator, ground, made, report)
        releases.audit(connection, actor, "derive", {"batch": batch, "indicator": slug})
    return Derived(slug, batch, report)


def _named(parts: Parts) -> dict[str, Any]:
    return {"numerator": parts.numerator, "denominator": parts.denominator}


def _ground(connection: Connection, id: str) -> _Ground:
    edition = retiring.in_use(connection, id)
    rows = releases.tree(connection, id)
    base = [row for row in rows if row.number is not None and row.level is edition.base_level]
    return _Ground(edition, {row.code: row.area_km2 or 0.0 for row in base})


def _part(
    connection: Connection, ground: _Ground, slug: str, known: Mapping[str, Indicator]
) -> Mapping[Period | None, Said]:
    """What is published of a part by period, or an area, which is the same in every period (None)."""
    if slug in AREAS:
        return {None: from_areas(slug, ground.km2)}
    if (found := _published(connection, ground, slug)) is not None:
        return {period: said for period, said in found.items()}  # noqa: C416
    for group in known[slug].sums:
        members = [found for each in group if (found := _published(connection, ground, each)) is not None]
        if len(members) == len(group):
            shared = set.intersection(*(set(each) for each in members))
            return {period: summed([each[period] for each in members]) for period in sorted(shared)}
    raise Refused("error.derive_part", part=slug, edition=ground.edition.id)


def _published(connection: Connection, ground: _Ground, slug: str) -> Figures | None:
    release = releases.newest(connection, slug, ground.edition.id, ground.edition.base_level)
    if release is None:
        return None
    return {
        period: {code: each for code, each in said.items() if code in ground.km2}
        for period, said in releases.observations(connection, release).items()
    }


def _made(
    indicator: Indicator,
    above: Mapping[Period | None, Said],
    below: Mapping[Period | None, Said],
    ground: _Ground,
    asked: tuple[Period, ...],
) -> Figures:
    """The indicator in every period of its numerator for which there is a denominator."""
    assert indicator.parts is not None
    made = {}
    for period in sorted(period for period in above if period is not None and period in (asked or above)):
        base, years = period if period in below else None, None
        if indicator.parts.growth:
            found = earlier(period, [each for each in below if each is not None])
            if found is None:
                continue
            base, years = found
        if base in below:
            said = derived(indicator, above[period], below[base], years)
            made[period] = {code: said[code] for code in ground.km2 if code in said}
    return made


def _report(connection: Connection, indicator: Indicator, ground: _Ground, made: Figures) -> JoinReport:
    """The account of a batch that no table brought: no rows, but every region."""
    assert indicator.parts is not None
    said = {
        (indicator.slug, period): {code: each.known for code, each in by_code.items()}
        for period, by_code in made.items()
    }
    counts, without = count_regions(ground.km2, said)
    note = Finding(Weight.NOTE, "derive.made", {"indicator": indicator.slug, **_named(indicator.parts)})
    return JoinReport(
        file=f"{indicator.parts.numerator} / {indicator.parts.denominator}",
        sheet="",
        edition=ground.edition.id,
        area=ground.edition.area,
        code_system=ground.edition.code_system,
        code_column="",
        level=ground.edition.base_level,
        rows=(),
        series=counts,
        without_row=without,
        findings=(note, *_against_the_last(_published(connection, ground, indicator.slug), indicator, made)),
    )


def _against_the_last(before: Figures | None, indicator: Indicator, made: Figures) -> tuple[Finding, ...]:
    """What the last release of the indicator said otherwise."""
    found = []
    for period in sorted(set(before or {}) & set(made)):
        assert before is not None
        other = compare(before[period], made[period], indicator.decimals)
        if other:
            values = {"n": len(other), "indicator": indicator.slug, "period": period.text}
            examples = "; ".join(_pair(code, before[period][code], made[period][code]) for code in other[:_SHOWN])
            found.append(Finding(Weight.WARN, "derive.differs", {**values, "examples": examples}, Place()))
    return tuple(found)


def _pair(code: str, before: Observation, now: Observation) -> str:
    return f"{code} {before.figure:g} → {now.figure:g}"


def _stage(connection: Connection, indicator: Indicator, ground: _Ground, made: Figures, report: JoinReport) -> int:
    said = [
        (indicator.slug, period, code, each, None) for period, by_code in made.items() for code, each in by_code.items()
    ]
    written = repr([(slug, period.text, code, each) for slug, period, code, each, _ in said])
    scope = {
        "source": None,
        "periods": {indicator.slug: [period.text for period in made]},
        "regions": list(ground.km2),
        "refused": [],
    }
    return releases.stage(
        connection,
        report.file,
        hashlib.sha256(written.encode()).hexdigest(),
        ground.edition.id,
        ground.edition.base_level,
        scope,
        {**report.as_dict(), "public": {indicator.slug: report.public(indicator.slug)}},
        said,
    )
