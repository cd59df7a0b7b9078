"""A small true world for tests: one city of three districts and twelve villages, whose squares share their edges."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import shapely
from pyproj import Geod, Transformer
from shapely.geometry import Polygon
from sqlalchemy import Connection, insert

from geoapp.atlas.page import Aggregate, Layer, MapPage, Release
from geoapp.domain.codes import CodeSystem
from geoapp.domain.indicators import Aggregation, Category, Indicator, IndicatorKind, Polarity, Sensitivity
from geoapp.domain.levels import Level
from geoapp.domain.observations import MISSING, OUT_OF_SCOPE, Mark, Observation, State
from geoapp.domain.periods import Period
from geoapp.domain.regions import Ancestor, BoundaryStatus, Edition, Region
from geoapp.domain.rows import Row
from geoapp.domain.words import Words
from geoapp.domain.zooms import GRIDS
from geoapp.editions.coverage import polygons
from geoapp.editions.generalise import on_grid
from geoapp.editions.snap import Cuts
from geoapp.editions.snap_cells import snap_all
from geoapp.layers import KINDS
from geoapp.layers.plan import Plan, Style, Table
from geoapp.store import tables
from geoapp.store.editions import NewOutline, write_outlines

EDITION = "kota-contoh-uji-2026"
LAYER = "kepadatan-kota-contoh-uji-2026"
WITHDRAWN = "penduduk-kota-contoh-uji-2026"
HOSTILE = "{{7*191}}<script>alert(1)</script>"
PERIODS = (Period("2023"), Period("2024"))
WEST, SOUTH, SIDE = 112.60, -8.00, 0.02
COLUMNS, ROWS = 4, 3
"""A row of four squares is a district; numbers run from the south-west, east first."""
NAMES = ("Angsoka", "Bungur", "Cempaka", "Dahlia", "Eboni", "Flamboyan", "Gandaria", "Hanjuang", "Ixora", "Jati")
LAUT = {
    1: ("#3498a9",),
    2: ("#53c9ad", "#37659e"),
    3: ("#c2e9cd", "#3498a9", "#403872"),
    4: ("#c2e9cd", "#53c9ad", "#37659e", "#403872"),
    5: ("#c2e9cd", "#53c9ad", "#3498a9", "#37659e", "#403872"),
}
_MERCATOR = Transformer.from_crs(4326, 3857, always_xy=True)
_GEOD = Geod(ellps="WGS84")


def words(text: str) -> Words:
    """One text in both languages, the English one marked."""
    return Words(text, f"{text} (en)")


def indicator(slug: str = "kepadatan", **changes: Any) -> Indicator:
    """Population density, or what ``changes`` make of it."""
    made = Indicator(
        slug=slug,
        name=Words("Kepadatan penduduk", "Population density"),
        kind=IndicatorKind.DENSITY,
        unit=Words("jiwa/km²", "people/km²"),
        decimals=0,
        concept=words("Penduduk"),
        definition=words("Banyaknya penduduk setiap km²."),
        interpretation=words("Makin tinggi makin padat."),
        formula=words("penduduk / luas"),
        measure=words("Rasio"),
        breakdowns=words("Wilayah"),
        theme="penduduk",
        aggregation=Aggregation.MEAN,
        polarity=Polarity.NEUTRAL,
        sensitivity=Sensitivity.LOW,
        source=words("Dinas Contoh"),
    )
    return replace(made, **changes)


def count() -> Indicator:
    """Population, drawn as circles."""
    unit = Words("jiwa", "people")
    name = Words("Jumlah penduduk", "Population")
    return indicator("penduduk", name=name, unit=unit, kind=IndicatorKind.COUNT, aggregation=Aggregation.SUM)


def status() -> Indicator:
    """An ordered category."""
    return indicator(
        "status",
        name=Words("Status desa", "Village status"),
        unit=Words("", ""),
        kind=IndicatorKind.CATEGORY,
        aggregation=Aggregation.DISTRIBUTION,
        ordered=True,
        categories=tuple(Category(slug, words(slug.title())) for slug in ("tertinggal", "berkembang", "maju")),
    )


def edition(**changes: Any) -> Edition:
    """The edition of the city."""
    east, north = WEST + COLUMNS * SIDE, SOUTH + ROWS * SIDE
    made = Edition(
        id=EDITION,
        area="Kota Contoh",
        code_system=CodeSystem.KEMENDAGRI,
        source="uji",
        attribution=words("Batas: Pemerintah Kota Contoh"),
        licence="CC-BY-4.0",
        status=BoundaryStatus.INDICATIVE,
        dated="2026",
        box=(WEST, SOUTH, east, north),
        base_level=Level.VILLAGE,
        published_at=datetime(2026, 11, 1, 8, 0, tzinfo=UTC),
    )
    return replace(made, **changes)


def shapes(level: Level = Level.VILLAGE) -> dict[int, Polygon]:
    """Shape by number, EPSG:4326; the lines between neighbours bend, so that they are more than straight edges."""
    villages = {row * COLUMNS + column + 1: _square(column, row) for row in range(ROWS) for column in range(COLUMNS)}
    if level is Level.VILLAGE:
        return villages
    rows = [list(villages.values())[n * COLUMNS : (n + 1) * COLUMNS] for n in range(ROWS)]
    if level is Level.DISTRICT:
        return {n + 1: shapely.coverage_union_all(row) for n, row in enumerate(rows)}
    return {1: shapely.coverage_union_all(list(villages.values()))}


def mercator(level: Level = Level.VILLAGE) -> list[tuple[int, Any]]:
    """Number and shape in EPSG:3857, as the outlines of the store are read."""
    return [(number, _projected(shape)) for number, shape in shapes(level).items()]


def regions(level: Level = Level.VILLAGE, names: Mapping[int, str] | None = None) -> tuple[Region, ...]:
    """The regions in number order; ``names`` replace those of some numbers."""
    drawn = shapes(level)
    return tuple(_region(level, number, shape, drawn, names or {}) for number, shape in drawn.items())


def ancestors() -> dict[str, Ancestor]:
    """Province, city and districts by code; the province is only partly covered."""
    uppers = [Ancestor("35", "Provinsi Contoh", Level.PROVINCE)]
    for level in (Level.REGENCY, Level.DISTRICT):
        uppers += [Ancestor(each.code, each.name, level) for each in regions(level)]
    return {each.code: each for each in uppers}


def observations(shift: float = 0.0) -> list[Observation]:
    """One a village: figures with a zero and an estimated one, and each of the four states."""
    marked = Observation(figure=5200.0 + shift, marks=frozenset({Mark.ESTIMATED}))
    figures = [Observation(figure=each + shift) for each in (1200.0, 2400.0, 3600.0, 800.0, 9100.0, 12000.0)]
    states = [MISSING, Observation(state=State.NOT_APPLICABLE), Observation(state=State.SUPPRESSED), OUT_OF_SCOPE]
    return [*figures, Observation(figure=0.0), marked, *states]


def table() -> dict[Period, Sequence[Observation]]:
    """The villages' observations of both periods."""
    return {PERIODS[0]: observations(-100.0), PERIODS[1]: observations()}


def style(kind: str = "choropleth", **changes: Any) -> Style:
    """A style of this kind with five pretty classes."""
    return replace(Style(kind=kind, palette="laut"), **changes)


def ramp(classes: int) -> Sequence[str]:
    """The palette *laut* for this many classes."""
    return LAUT[classes]


def plans(
    shown: Indicator | None = None, drawn: Style | None = None, rows: Table | None = None
) -> Mapping[Period, Plan]:
    """The plan of each period as the layer kind decides."""
    drawn = drawn or style()
    return KINDS[drawn.kind].decide(shown or indicator(), drawn, ramp, rows or table())


@dataclass(frozen=True)
class _Published:
    id: int = 1
    at: datetime = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)


def page(
    shown: Indicator | None = None,
    drawn: Style | None = None,
    rows: Table | None = None,
    names: Mapping[int, str] | None = None,
    period: Period = PERIODS[1],
) -> MapPage:
    """One opened map of the villages, in memory."""
    shown, drawn, rows = shown or indicator(), drawn or style(), rows or table()
    plan = plans(shown, drawn, rows)[period]
    release = Release(_Published.id, _Published.at, None, None, None)
    layer = Layer(LAYER, shown, edition(), drawn, release, (Level.VILLAGE,), tuple(rows))
    wholes = {when: _whole(row) for when, row in rows.items()}
    return MapPage(
        layer=layer,
        level=Level.VILLAGE,
        period=period,
        plan=plan,
        version=plan.version(EDITION, release.id),
        regions=regions(names=names),
        observations=Row.of(rows[period]),
        ancestors=ancestors(),
        whole=wholes[period],
        wholes=wholes,
    )


def category_page(names: Mapping[int, str] | None = None) -> MapPage:
    """A map of an ordered category."""
    slugs = ("tertinggal", "berkembang", "maju")
    row = [Observation(category=slugs[n % 3]) for n in range(COLUMNS * ROWS - 1)]
    rows = {period: [*row, MISSING] for period in PERIODS}
    return page(status(), style("category", classes=3), rows, names)


def circles_page(names: Mapping[int, str] | None = None) -> MapPage:
    """A map of a count."""
    return page(count(), style("circles"), names=names)


def store_world(connection: Connection, names: Mapping[int, str] | None = None, outlined: bool = True) -> int:
    """Insert the edition, its regions and outlines, a release, its plans and the layer; the release's id."""
    _store_edition(connection, names)
    if outlined:
        levels = (Level.REGENCY, Level.DISTRICT, Level.VILLAGE)
        store_outlines(connection, EDITION, {level: [each for _, each in mercator(level)] for level in levels})
    return _store_release(connection)


def store_withdrawn(connection: Connection) -> None:
    """Beside the world, a map that was taken back."""
    made, drawn = count(), style("circles")
    taken = {"withdrawn_at": datetime(2026, 11, 14, tzinfo=UTC), "withdrawn_reason": "Angka tiga desa tertukar."}
    release = _store_layer(connection, WITHDRAWN, made, drawn, batch_id=2, **taken)
    _store_plans(connection, release, Level.VILLAGE, plans(made, drawn), WITHDRAWN)


def _store_edition(connection: Connection, names: Mapping[int, str] | None) -> None:
    made = edition()
    connection.execute(
        insert(tables.EditionRow).values(
            id=made.id,
            area=made.area,
            code_system=made.code_system.value,
            source=made.source,
            attribution=made.attribution.as_dict(),
            licence=made.licence,
            status=made.status.value,
            dated=made.dated,
            base_level=made.base_level.value,
            box=list(made.box),
            digest="uji",
            report={},
            published_at=made.published_at,
        )
    )
    province = {"edition_id": EDITION, "code": "35", "level": 1, "name": "Provinsi Contoh"}
    connection.execute(insert(tables.RegionRow).values(**province))
    for level in (Level.REGENCY, Level.DISTRICT, Level.VILLAGE):
        drawn = shapes(level)
        rows = [_region_row(each, drawn[each.number]) for each in regions(level, names)]
        connection.execute(insert(tables.RegionRow), rows)


def store_outlines(connection: Connection, edition: str, levels: Mapping[Level, Sequence[Any]]) -> None:
    """Shapes (EPSG:3857, in number order) put on every grid and stored as an import does."""
    rows = []
    for level, shapes in levels.items():
        drawn = np.array(shapes, dtype=object)
        for grid in GRIDS:
            placed = on_grid(drawn, grid)
            inside = shapely.get_coordinates(shapely.point_on_surface(placed))
            snapped, _ = snap_all(placed, Cuts(grid.extent, grid.margin), inside)
            wkb = shapely.to_wkb(polygons(snapped))
            rows.extend(NewOutline(level, grid.zoom, number, each) for number, each in enumerate(wkb, 1))
    write_outlines(connection, edition, rows)


def _region_row(region: Region, shape: Polygon) -> dict[str, Any]:
    return {
        "edition_id": EDITION,
        "code": region.code,
        "level": region.level.value,
        "number": region.number,
        "name": region.name,
        "kind": region.kind,
        "parent": region.parent,
        "parent_level": region.level.value - 1,
        "area_km2": region.area_km2,
        "neighbours": list(region.neighbours),
        "inside": f"SRID=4326;POINT({region.inside[0]} {region.inside[1]})",
        "shape": _wkt(shape, 4326),
    }


def _store_release(connection: Connection) -> int:
    made, drawn = indicator(), style()
    release = _store_layer(connection, LAYER, made, drawn, batch_id=1)
    villages = table()
    for period, row in villages.items():
        said = [
            {
                "release_id": release,
                "period": period.text,
                "code": region.code,
                "figure": each.figure,
                "category": each.category,
                "state": each.state.value if each.state else None,
                "marks": sorted(mark.value for mark in each.marks),
            }
            for region, each in zip(regions(), row, strict=True)
        ]
        connection.execute(insert(tables.ObservationRow), said)
    _store_plans(connection, release, Level.VILLAGE, plans(made, drawn, villages))
    for level in (Level.DISTRICT, Level.REGENCY):
        made_of = {period: [_whole(group) for group in _groups(level, row)] for period, row in villages.items()}
        for period, wholes in made_of.items():
            connection.execute(insert(tables.AggregateRow), _aggregate_rows(release, period, level, wholes))
        upper = {period: [_said(each) for each in wholes] for period, wholes in made_of.items()}
        _store_plans(connection, release, level, plans(made, drawn, upper))
    return release


def _store_layer(connection: Connection, id: str, made: Indicator, drawn: Style, **said: Any) -> int:
    """A release of villages' figures and the map that shows it; the release's id."""
    of = {"indicator_slug": made.slug, "edition_id": EDITION}
    row = {"level": Level.VILLAGE.value, "indicator": made.as_dict(), "report": {}, "published_at": _Published.at}
    stored = insert(tables.ReleaseRow).values(**of, **row, **said).returning(tables.ReleaseRow.id)
    release = int(connection.execute(stored).scalar_one())
    connection.execute(insert(tables.LayerRow).values(id=id, release_id=release, style=drawn.as_dict(), **of))
    return release


def _store_plans(
    connection: Connection, release: int, level: Level, decided: Mapping[Period, Plan], layer: str = LAYER
) -> None:
    for period, plan in decided.items():
        connection.execute(
            insert(tables.PlanRow).values(
                layer_id=layer,
                release_id=release,
                level=level.value,
                period=period.text,
                version=plan.version(EDITION, release),
                document=plan.document(),
                classes=plan.classes,
                marks=plan.marks,
            )
        )


def _groups(level: Level, row: Sequence[Observation]) -> list[Sequence[Observation]]:
    return [row] if level is Level.REGENCY else [row[n * COLUMNS : (n + 1) * COLUMNS] for n in range(ROWS)]


def _whole(row: Iterable[Observation]) -> Aggregate:
    said = list(row)
    figures = [each.figure for each in said if each.figure is not None]
    mean = sum(figures) / len(figures) if figures else None
    marks = frozenset({Mark.PARTIAL}) if figures and len(figures) < len(said) else frozenset[Mark]()
    state = None if figures else State.MISSING
    return Aggregate("35.99", Level.REGENCY, mean, None, state, marks, len(figures), len(said))


def _said(whole: Aggregate) -> Observation:
    return MISSING if whole.figure is None else Observation(figure=whole.figure, marks=whole.marks)


def _aggregate_rows(release: int, period: Period, level: Level, wholes: Sequence[Aggregate]) -> list[dict[str, Any]]:
    return [
        {
            "release_id": release,
            "period": period.text,
            "code": region.code,
            "level": level.value,
            "figure": whole.figure,
            "state": whole.state.value if whole.state else None,
            "marks": sorted(mark.value for mark in whole.marks),
            "known": whole.known,
            "total": whole.total,
        }
        for region, whole in zip(regions(level), wholes, strict=True)
    ]


def _region(
    level: Level, number: int, shape: Polygon, drawn: Mapping[int, Polygon], names: Mapping[int, str]
) -> Region:
    code, name, kind, parent = _identity(level, number)
    point = shape.representative_point()
    west, south, east, north = shape.bounds
    return Region(
        number=number,
        code=code,
        name=names.get(number, name),
        level=level,
        kind=kind,
        parent=parent,
        inside=(point.x, point.y),
        box=(west, south, east, north),
        area_km2=abs(_GEOD.geometry_area_perimeter(shape)[0]) / 1e6,
        neighbours=tuple(
            other
            for other, beside in drawn.items()
            if other != number and shapely.intersection(shape, beside).length > 1e-9
        ),
    )


def _identity(level: Level, number: int) -> tuple[str, str, str | None, str]:
    if level is Level.REGENCY:
        return "35.99", "Kota Contoh", None, "35"
    if level is Level.DISTRICT:
        return f"35.99.{number:02}", ("Selatan", "Tengah", "Utara")[number - 1], None, "35.99"
    district, place = divmod(number - 1, COLUMNS)
    name = [*NAMES, "Kenanga", "Lontar"][number - 1]
    return f"35.99.{district + 1:02}.{1001 + place}", name, "kelurahan", f"35.99.{district + 1:02}"


def _square(column: int, row: int) -> Polygon:
    """A square whose inner corners are shifted, with a vertex in the middle of each side."""
    corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
    ring = [_corner(*corner) for corner in corners]
    middles = [
        ((ax + bx) / 2 + _bend(ay, by), (ay + by) / 2 + _bend(ax, bx))
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True)
    ]
    return Polygon([point for pair in zip(ring, middles, strict=True) for point in pair])


def _corner(column: int, row: int) -> tuple[float, float]:
    inner = 0 < column < COLUMNS and 0 < row < ROWS
    shift = 0.003 * ((column * 7 + row * 5) % 3 - 1) if inner else 0.0
    return WEST + column * SIDE + shift, SOUTH + row * SIDE - shift


def _bend(a: float, b: float) -> float:
    """The same whichever way the side is walked."""
    return 0.0 if min(abs(a - b), 1) < 1e-9 else 0.0005 * round((abs(a - b) * 1e4) % 3)


def _projected(shape: Any) -> Any:
    return shapely.transform(shape, lambda xy: np.column_stack(_MERCATOR.transform(xy[:, 0], xy[:, 1])))


def _wkt(shape: Any, srid: int) -> str:
    parts = shapely.multipolygons([shape]) if shape.geom_type == "Polygon" else shape
    return f"SRID={srid};{shapely.to_wkt(parts, rounding_precision=-1)}"
