"""Publishing a batch: merge, aggregate, decide the plans and show the layer, in one transaction or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from geoapp.catalogue import Catalogue
from geoapp.domain.aggregates import Aggregate, Member, aggregate
from geoapp.domain.indicators import AREAS, Indicator
from geoapp.domain.levels import Level
from geoapp.domain.observations import OUT_OF_SCOPE, Observation
from geoapp.domain.periods import Period, earlier
from geoapp.domain.words import Words
from geoapp.errors import NotFound, Refused
from geoapp.layers import KINDS
from geoapp.layers.plan import Style
from geoapp.releases.check import refuse_sensitive
from geoapp.releases.shape import indicator_named
from geoapp.store import releases
from geoapp.store.database import Store
from geoapp.store.releases import AggregateFigure, Batch, PlanBytes, TreeRow

Figures = Mapping[Period, Mapping[str, Observation]]
"""Period → code → observation."""


@dataclass(frozen=True, slots=True)
class Published:
    """What became public of one indicator; ``carried`` observations stand as they stood in the last release."""

    indicator: str
    layer: str
    release: int
    supersedes: int | None
    periods: tuple[str, ...]
    levels: tuple[str, ...]
    known: int
    total: int
    carried: int


@dataclass(frozen=True)
class Ground:
    """The regions of an edition as publishing needs them."""

    base: tuple[TreeRow, ...]
    uppers: tuple[TreeRow, ...]
    below: Mapping[str, Sequence[TreeRow]]
    """The base regions of every upper region."""

    @classmethod
    def of(cls, rows: Sequence[TreeRow], level: Level) -> "Ground":
        """From the rows of an edition whose base level is ``level``."""
        parents = {row.code: row.parent for row in rows}
        base = tuple(row for row in rows if row.level is level and row.number is not None)
        below: dict[str, list[TreeRow]] = {}
        for row in base:
            above = row.parent
            while above is not None:
                below.setdefault(above, []).append(row)
                above = parents.get(above)
        uppers = tuple(row for row in rows if row.level < level and row.number is not None)
        return cls(base, uppers, below)


def publish(
    store: Store, catalogue: Catalogue, batch: int, style: str | None = None, actor: str = ""
) -> tuple[Published, ...]:
    """Make a release of every indicator of a batch, its aggregates and plans, and show it in its default layer.

    Raises
    ------
    NotFound
        If there is no such batch, indicator or style.
    Refused
        If the batch was published before, or an indicator must not be public.
    """
    with store.begin() as connection:
        taken = releases.batch(connection, batch)
        if taken is None:
            raise NotFound("error.no_batch", batch=batch)
        if taken.published:
            raise Refused("error.batch_published", batch=batch)
        wanted = [_sourced(indicator_named(slug, catalogue.indicators), taken) for slug in taken.scope["periods"]]
        for indicator in wanted:
            refuse_sensitive(indicator, taken.level)
        ground = Ground.of(releases.tree(connection, taken.edition), taken.level)
        # parts first, so that a rate published with its parts is recomputed from them
        done = [
            _release(connection, catalogue, taken, ground, indicator, style)
            for indicator in sorted(wanted, key=lambda each: each.parts is not None)
        ]
        releases.mark_published(connection, batch)
        detail = {"batch": batch, "releases": [each.release for each in done]}
        releases.audit(connection, actor, "publish", detail)
    return tuple(done)


def withdraw(store: Store, release: int, reason: str, actor: str = "") -> None:
    """Take a release back; its layer answers with the reason until another is published.

    Raises
    ------
    NotFound
        If there is no such release, or it was withdrawn before.
    Refused
        If no reason is given.
    """
    if not reason.strip():
        raise Refused("error.reason_needed")
    with store.begin() as connection:
        if releases.withdraw(connection, release, reason.strip()) is None:
            raise NotFound("error.no_release_to_withdraw", release=release)
        releases.audit(connection, actor, "withdraw", {"release": release, "reason": reason.strip()})


def layer_id(indicator: str, edition: str) -> str:
    """The default layer of an indicator on an edition.

    >>> layer_id("idm_status", "kab-serang-kemendagri-2025")
    'idm-status-kab-serang-kemendagri-2025'
    """
    return f"{indicator.replace('_', '-')}-{edition}"


def _release(
    connection: Connection,
    catalogue: Catalogue,
    taken: Batch,
    ground: Ground,
    indicator: Indicator,
    asked: str | None,
) -> Published:
    style = _style(catalogue, indicator, asked)
    report = taken.report["public"][indicator.slug]
    release, previous, carried = releases.merge(connection, taken, indicator.as_dict(), report)
    figures = releases.observations(connection, release)
    made = _aggregates(connection, taken.edition, ground, indicator, figures)
    releases.write_aggregates(connection, release, _rows(ground, made))
    plans = _plans(catalogue, indicator, style, taken, release, ground, figures, made)
    layer = layer_id(indicator.slug, taken.edition)
    releases.write_layer(connection, layer, release, indicator.slug, taken.edition, style.as_dict(), plans)
    newest = figures[max(figures, key=lambda period: period.text)] if figures else {}
    return Published(
        indicator=indicator.slug,
        layer=layer,
        release=release,
        supersedes=previous,
        periods=tuple(period.text for period in figures),
        levels=tuple(dict.fromkeys(plan.level.slug for plan in plans)),
        known=sum(each.known for each in newest.values()),
        total=len(ground.base),
        carried=carried,
    )


def _sourced(indicator: Indicator, taken: Batch) -> Indicator:
    """The definition with the source that the batch names, if it names one."""
    said = taken.scope.get("source")
    return replace(indicator, source=Words(said, said)) if said else indicator


def _style(catalogue: Catalogue, indicator: Indicator, asked: str | None) -> Style:
    if asked is None:
        return catalogue.style_for(indicator)
    if asked not in catalogue.styles:
        raise NotFound("error.no_style", style=asked, styles=", ".join(sorted(catalogue.styles)))
    return catalogue.styles[asked]


Aggregates = Mapping[Period, Mapping[str, Aggregate]]


def _aggregates(
    connection: Connection, edition: str, ground: Ground, indicator: Indicator, figures: Figures
) -> Aggregates:
    """Every upper region's aggregate, by period and code; nothing where the rule or its parts give none."""
    above = _part(connection, edition, ground, indicator.parts.numerator if indicator.parts else None)
    below = _part(connection, edition, ground, indicator.parts.denominator if indicator.parts else None)
    made: dict[Period, dict[str, Aggregate]] = {}
    growth = indicator.parts is not None and indicator.parts.growth
    for period, said in figures.items():
        base, years = (period, None) if not growth else earlier(period, filter(None, below)) or (None, None)
        over, under = above.get(period, above.get(None, {})), below.get(base, below.get(None, {}))
        for upper in ground.uppers:
            members = [
                Member(said.get(row.code, OUT_OF_SCOPE), over.get(row.code), under.get(row.code))
                for row in ground.below.get(upper.code, ())
            ]
            found = aggregate(indicator, members, years)
            if found is not None:
                made.setdefault(period, {})[upper.code] = found
    return made


def _part(
    connection: Connection, edition: str, ground: Ground, slug: str | None
) -> Mapping[Period | None, Mapping[str, float]]:
    """A part's figures by period and code; an area is the same in every period (None)."""
    if slug in AREAS:
        return {None: {row.code: (row.area_km2 or 0.0) * AREAS[slug] for row in ground.base}}
    release = releases.newest(connection, slug, edition) if slug else None
    if release is None:
        return {}
    return {
        period: {code: each.figure for code, each in said.items() if each.figure is not None}
        for period, said in releases.observations(connection, release).items()
    }


def _rows(ground: Ground, made: Aggregates) -> Iterable[AggregateFigure]:
    levels = {row.code: row.level for row in ground.uppers}
    for period, by_code in made.items():
        for code, a in by_code.items():
            yield AggregateFigure(
                period, code, levels[code], a.figure, a.distribution, a.state, a.marks, a.known, a.total
            )


def _plans(
    catalogue: Catalogue,
    indicator: Indicator,
    style: Style,
    taken: Batch,
    release: int,
    ground: Ground,
    figures: Figures,
    made: Aggregates,
) -> list[PlanBytes]:
    """The plans of the base level and of every upper level that has figures."""
    tables: dict[Level, dict[Period, list[Observation]]] = {
        taken.level: {
            period: [said.get(row.code, OUT_OF_SCOPE) for row in ground.base] for period, said in figures.items()
        }
    }
    for level in sorted({row.level for row in ground.uppers}, reverse=True):
        codes = [row.code for row in ground.uppers if row.level is level]
        table = {
            period: [_observation(by_code[code]) for code in codes]
            for period, by_code in made.items()
            if all(code in by_code and by_code[code].distribution is None for code in codes)
        }
        if any(each.known for row in table.values() for each in row):
            tables[level] = table
    plans = []
    for level, table in tables.items():
        for period, plan in KINDS[style.kind].decide(indicator, style, catalogue.ramp_of(style), table).items():
            version = plan.version(taken.edition, release)
            plans.append(PlanBytes(level, period, version, plan.document(), plan.classes, plan.marks))
    return plans


def _observation(made: Aggregate) -> Observation:
    return Observation(figure=made.figure, state=made.state, marks=made.marks)
