"""Publishing a batch: merge, aggregate, decide the plans and show the layer, in one transaction or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from geoapp.catalogue import Catalogue
from geoapp.domain.indicators import Indicator
from geoapp.domain.levels import Level
from geoapp.domain.words import Words
from geoapp.errors import NotFound, Refused
from geoapp.layers.plan import Style
from geoapp.releases.checking.check import refuse_sensitive
from geoapp.releases.publishing.led import still_led
from geoapp.releases.publishing.plans import plans, tables
from geoapp.releases.publishing.uppers import Aggregates, Figures, Ground, Site, aggregates, rows
from geoapp.releases.shaping.shape import indicator_named
from geoapp.store import redone, releases, retiring
from geoapp.store.database import Store
from geoapp.store.releases import AggregateFigure, Batch


@dataclass(frozen=True, slots=True)
class Published:
    """What became public of one indicator; ``carried`` observations stand as they stood in the last release.

    ``redone``: the batch did not bring this indicator but these parts of it, so that its upper levels are made again.
    """

    indicator: str
    layer: str
    release: int
    supersedes: int | None
    periods: tuple[str, ...]
    levels: tuple[str, ...]
    known: int
    total: int
    carried: int
    redone: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Work:
    """One publishing: where it stands, and with what."""

    connection: Connection
    catalogue: Catalogue
    site: Site
    base: Level
    """The edition's base level."""


@dataclass(frozen=True)
class _New:
    """A release whose observations are written, with what is shown of it."""

    release: int
    supersedes: int | None
    carried: int
    indicator: Indicator
    style: Style
    layer: str


def publish(
    store: Store, catalogue: Catalogue, batch: int, style: str | None = None, actor: str = ""
) -> tuple[Published, ...]:
    """Make a release of every indicator of a batch, its aggregates and plans, and show it in its default layer.

    Rates that were published before these parts of theirs get a new release, whose upper levels are made of them.

    Raises
    ------
    NotFound
        If there is no such batch, indicator or style.
    Refused
        If the batch was published before, an indicator must not be public, or another map has the layer's name.
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
        work = _work(connection, catalogue, taken)
        # parts first, so that a rate published with its parts is recomputed from them
        done = [
            _release(work, taken, indicator, style)
            for indicator in sorted(wanted, key=lambda each: each.parts is not None)
        ]
        done += _redo(work, [each.indicator for each in done], batch)
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


def layer_id(indicator: str, edition: str, level: Level | None = None) -> str:
    """The default layer of an indicator on an edition; ``level`` where it is not the edition's base level.

    >>> layer_id("idm_status", "kab-serang-kemendagri-2025")
    'idm-status-kab-serang-kemendagri-2025'
    >>> layer_id("penduduk", "kota-malang-hdx-2020", Level.DISTRICT)
    'penduduk-kota-malang-hdx-2020-district'
    """
    return "-".join([indicator.replace("_", "-"), edition, *([level.slug] if level else [])])


def _work(connection: Connection, catalogue: Catalogue, taken: Batch) -> _Work:
    edition = retiring.in_use(connection, taken.edition)
    ground = Ground.of(releases.tree(connection, taken.edition), taken.level)
    return _Work(connection, catalogue, Site(taken.edition, taken.level, ground), edition.base_level)


def _release(work: _Work, taken: Batch, indicator: Indicator, asked: str | None) -> Published:
    style = _style(work.catalogue, indicator, asked)
    report = taken.report["public"][indicator.slug]
    report = {**report, "lineage": [*report.get("lineage", ()), *still_led(work.connection, taken, indicator.slug)]}
    release, previous, carried = releases.merge(work.connection, taken, indicator.as_dict(), report)
    layer = layer_id(indicator.slug, taken.edition, None if taken.level is work.base else taken.level)
    figures = releases.observations(work.connection, release)
    made = aggregates(work.connection, work.site, indicator, figures)
    return _shown(work, _New(release, previous, carried, indicator, style, layer), figures, made)


def _redo(work: _Work, brought: Sequence[str], batch: int) -> list[Published]:
    """New releases of the rates that were published before the parts which this batch brought."""
    done = []
    for before in redone.dependents(work.connection, work.site.edition, work.site.level, brought):
        indicator = Indicator.of(before.indicator)
        figures = releases.observations(work.connection, before.release)
        made = aggregates(work.connection, work.site, indicator, figures)
        if _same(rows(work.site.ground, made), redone.aggregates(work.connection, before.release)):
            continue
        assert indicator.parts is not None  # or nothing would be made of what was brought
        parts = tuple(slug for slug in brought if slug in (indicator.parts.numerator, indicator.parts.denominator))
        release, carried = redone.copy(
            work.connection, before, (work.site.edition, work.site.level), {"parts": list(parts), "batch": batch}
        )
        new = _New(release, before.release, carried, indicator, Style.of(before.style), before.layer)
        done.append(replace(_shown(work, new, figures, made), redone=parts))
    return done


def _same(made: Iterable[AggregateFigure], kept: Iterable[AggregateFigure]) -> bool:
    """Whether both say the same of every upper region."""

    def comparable(said: Iterable[AggregateFigure]) -> Mapping[tuple[str, str], AggregateFigure]:
        return {(each.period.text, each.code): each for each in said}

    return comparable(made) == comparable(kept)


def _shown(work: _Work, new: _New, figures: Figures, made: Aggregates) -> Published:
    """Keep the aggregates and plans of a release and move its layer to it."""
    site, indicator = work.site, new.indicator
    releases.write_aggregates(work.connection, new.release, rows(site.ground, made))
    seen = tables(site, figures, made)
    decided = plans(work.catalogue, indicator, new.style, seen, (site.edition, new.release))
    releases.write_layer(
        work.connection, new.layer, new.release, indicator.slug, site.edition, new.style.as_dict(), decided
    )
    newest = figures[max(figures, key=lambda period: period.text)] if figures else {}
    return Published(
        indicator=indicator.slug,
        layer=new.layer,
        release=new.release,
        supersedes=new.supersedes,
        periods=tuple(period.text for period in figures),
        levels=tuple(dict.fromkeys(plan.level.slug for plan in decided)),
        known=sum(each.known for each in newest.values()),
        total=len(site.ground.base),
        carried=new.carried,
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
