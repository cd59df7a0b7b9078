"""Small worlds that are awkward to draw, each a map of its own: one region, ties, an islet, forty parts, long names.

Most are maps of classes; the last ones are circles and categories.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, insert, null

from geoapp.domain.indicators import Indicator
from geoapp.domain.levels import Level
from geoapp.domain.observations import MISSING, Observation, State
from geoapp.domain.periods import Period
from geoapp.layers import KINDS
from geoapp.store import tables
from tests import world

SIDE, WEST, SOUTH = 0.02, 112.6, -8.0
EARLIER, NEWEST = Period("2023"), Period("2024")
LONG = "Sungai Panjang Hulu Tengah Sari Mekar Indah Jaya Makmur Abad"
"""Sixty characters, as the longest names of villages are."""
_MERCATOR = Transformer.from_crs(4326, 3857, always_xy=True)


Said = float | str | None


@dataclass(frozen=True)
class Awkward:
    """One map: shapes in EPSG:4326 by number from 1, and the figure or category of each by period; None is missing."""

    name: str
    shapes: tuple[BaseGeometry, ...]
    figures: Mapping[Period, Sequence[Said]]
    method: str = "pretty"
    long: bool = False
    kind: str = "choropleth"

    @property
    def indicator(self) -> Indicator:
        """What is shown."""
        return {"choropleth": world.indicator, "circles": world.count, "category": world.status}[self.kind]()

    @property
    def edition(self) -> str:
        """The edition's identifier."""
        return f"{self.name}-uji-2026"

    @property
    def layer(self) -> str:
        """The map's identifier."""
        return f"{self.indicator.slug}-{self.edition}"

    def names(self) -> list[str]:
        """The regions' names."""
        return [f"{LONG[:-3]} {n:02}" if self.long else f"Desa {n:02}" for n in range(1, len(self.shapes) + 1)]


def _square(column: float, row: float, side: float = SIDE) -> BaseGeometry:
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    return shapely.box(west, south, west + side, south + side)


_ROW = tuple(_square(n, 0) for n in range(6))
_ISLET = _square(3.6, 0.4, 0.00001)
_SCATTERED = shapely.multipolygons([_square(n % 8 * 0.75, 1.5 + n // 8 * 0.75, 0.01) for n in range(40)])
assert len(LONG) == 60

WORLDS = (
    Awkward("satu", _ROW[:1], {EARLIER: [700.0], NEWEST: [900.0]}),
    Awkward("dua", _ROW[:2], {EARLIER: [700.0, 10.0], NEWEST: [900.0, 20.0]}),
    Awkward("sama", _ROW, {EARLIER: [50.0] * 6, NEWEST: [50.0] * 6}),
    Awkward("kosong", _ROW, {EARLIER: [None] * 6, NEWEST: [None] * 6}),
    Awkward("sekali", _ROW, {NEWEST: [100.0, 200.0, 300.0, 400.0, None, 600.0]}),
    Awkward("seri", _ROW, {EARLIER: [5.0] * 5 + [9.0], NEWEST: [1.0, 1.0, 1.0, 1.0, 2.0, 90.0]}, "quantiles"),
    Awkward("titik", (*_ROW[:3], _ISLET), {EARLIER: [10.0, 20.0, 30.0, 900.0], NEWEST: [10.0, 20.0, 30.0, 800.0]}),
    Awkward("serpihan", (*_ROW[:2], _SCATTERED), {EARLIER: [10.0, 400.0, 900.0], NEWEST: [20.0, 500.0, 900.0]}),
    Awkward(
        "panjang",
        _ROW,
        {EARLIER: [1.0, 2.0, 3.0, 4.0, 5.0, None], NEWEST: [100.0, 20.0, 3.0, 4.0, 5.0, 6.0]},
        long=True,
    ),
    Awkward(
        "lingkar",
        (*_ROW[:5], _ISLET, _SCATTERED),
        {EARLIER: [5.0, 5.0, None, 0.0, 90000.0, 40.0, 70.0], NEWEST: [4.0, 4.0, 0.0, None, 90000.0, 30.0, 60.0]},
        kind="circles",
        long=True,
    ),
    Awkward("lingkaran", _ROW[:1], {NEWEST: [0.0]}, kind="circles"),
    Awkward(
        "jenis",
        (*_ROW[:3], _ISLET, _SCATTERED),
        {
            EARLIER: ["maju", None, "maju", "tertinggal", "maju"],
            NEWEST: ["maju", "maju", None, "berkembang", "tertinggal"],
        },
        kind="category",
        long=True,
    ),
    Awkward("sejenis", _ROW[:2], {NEWEST: ["maju", "maju"]}, kind="category"),
)


def store(connection: Connection) -> None:
    """Insert every awkward map with its edition."""
    for number, made in enumerate(WORLDS, 11):
        _store_edition(connection, made, f"35.{number}")
        _store_release(connection, made, f"35.{number}")


def codes(made: Awkward) -> list[str]:
    """The regions' codes, in number order."""
    return [f"35.{WORLDS.index(made) + 11}.01.{2001 + n}" for n in range(len(made.shapes))]


def _store_edition(connection: Connection, made: Awkward, city: str) -> None:
    whole = shapely.union_all(made.shapes)
    values = world.edition(id=made.edition, area=f"Kota {made.name.title()}", box=whole.bounds)
    connection.execute(
        insert(tables.EditionRow).values(
            id=values.id,
            area=values.area,
            code_system=values.code_system.value,
            source=values.source,
            attribution=values.attribution.as_dict(),
            licence=values.licence,
            status=values.status.value,
            dated=values.dated,
            base_level=values.base_level.value,
            box=list(values.box),
            digest=made.name,
            report={},
            published_at=values.published_at,
        )
    )
    province = {"edition_id": made.edition, "code": "35", "level": 1, "name": "Provinsi Contoh"}
    connection.execute(insert(tables.RegionRow).values(**province))
    villages = [
        (code, name, f"{city}.01", shape)
        for code, name, shape in zip(codes(made), made.names(), made.shapes, strict=True)
    ]
    rows = {
        Level.REGENCY: [(city, values.area, "35", whole)],
        Level.DISTRICT: [(f"{city}.01", "Tengah", city, whole)],
        Level.VILLAGE: villages,
    }
    drawn = {level: _store_regions(connection, made, level, each) for level, each in rows.items()}
    world.store_outlines(connection, made.edition, drawn)


def _store_regions(
    connection: Connection, made: Awkward, level: Level, rows: Sequence[tuple[str, str, str, BaseGeometry]]
) -> list[BaseGeometry]:
    drawn = []
    for number, (code, name, parent, shape) in enumerate(rows, 1):
        point = shape.representative_point()
        connection.execute(
            insert(tables.RegionRow).values(
                edition_id=made.edition,
                code=code,
                level=level.value,
                number=number,
                name=name,
                kind="desa" if level is Level.VILLAGE else None,
                parent=parent,
                parent_level=level.value - 1,
                area_km2=max(shape.area * 12_300, 0.000001),
                neighbours=[],
                inside=f"SRID=4326;POINT({point.x} {point.y})",
                shape=_wkt(shape, 4326),
            )
        )
        projected = shapely.transform(shape, lambda xy: np.column_stack(_MERCATOR.transform(xy[:, 0], xy[:, 1])))
        drawn.append(projected)
    return drawn


def _store_release(connection: Connection, made: Awkward, city: str) -> None:
    shown, drawn = made.indicator, world.style(made.kind, method=made.method)
    release = connection.execute(
        insert(tables.ReleaseRow)
        .values(
            indicator_slug=shown.slug,
            edition_id=made.edition,
            level=Level.VILLAGE.value,
            indicator=shown.as_dict(),
            batch_id=1,
            report={},
            published_at=datetime(2026, 11, 12, 9, 30, tzinfo=UTC),
        )
        .returning(tables.ReleaseRow.id)
    ).scalar_one()
    layer = {"id": made.layer, "indicator_slug": shown.slug, "edition_id": made.edition, "release_id": release}
    connection.execute(insert(tables.LayerRow).values(**layer, style=drawn.as_dict()))
    rows = {when: [_observation(each) for each in figures] for when, figures in made.figures.items()}
    for when, row in rows.items():
        _store_period(connection, made, release, when, row, city)
    for when, plan in KINDS[drawn.kind].decide(shown, drawn, world.ramp, rows).items():
        connection.execute(
            insert(tables.PlanRow).values(
                layer_id=made.layer,
                release_id=release,
                level=Level.VILLAGE.value,
                period=when.text,
                version=plan.version(made.edition, release),
                document=plan.document(),
                classes=plan.classes,
                marks=plan.marks,
            )
        )


def _store_period(
    connection: Connection, made: Awkward, release: int, when: Period, row: Sequence[Observation], city: str
) -> None:
    here = {"release_id": release, "period": when.text}
    said = [
        {
            **here,
            "code": code,
            "figure": each.figure,
            "category": each.category,
            "state": each.state and each.state.value,
            "marks": [],
        }
        for code, each in zip(codes(made), row, strict=True)
    ]
    connection.execute(insert(tables.ObservationRow), said)
    known = [each for each in row if each.known]
    figures = [each.figure for each in known if each.figure is not None]
    whole = {
        **here,
        "figure": sum(figures) / (1 if made.kind == "circles" else len(figures)) if figures else None,
        "distribution": Counter(each.category for each in known) if known and not figures else null(),
        "state": None if known else State.MISSING.value,
        "marks": ["partial"] if 0 < len(known) < len(row) else [],
        "known": len(known),
        "total": len(row),
    }
    uppers = ((city, Level.REGENCY), (f"{city}.01", Level.DISTRICT))
    for code, level in uppers:
        connection.execute(insert(tables.AggregateRow).values(**whole, code=code, level=level.value))


def _observation(said: Said) -> Observation:
    if isinstance(said, str):
        return Observation(category=said)
    return MISSING if said is None else Observation(figure=said)


def _wkt(shape: BaseGeometry, srid: int) -> str:
    parts = shapely.multipolygons([shape]) if shape.geom_type == "Polygon" else shape
    return f"SRID={srid};{shapely.to_wkt(parts, rounding_precision=-1)}"
