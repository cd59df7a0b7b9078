"""Whatever the coverage and however badly it was drawn: no region is lost, none overlaps, borders stay shared."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.mercator import projected
from geoapp.domain.zooms import GRIDS
from geoapp.editions import coverage
from geoapp.editions.clean import clean
from geoapp.editions.dissolve import dissolve
from geoapp.editions.draft import Draft
from geoapp.editions.generalise import generalise, on_grid
from tests.editions import exact, files
from tests.editions.test_snap import voronoi

M = 1 / 111_320
"""About a metre, in degrees at the equator."""
WIDTH = 60.0
DEEP = 9
"""The first zoom at which tiles promise to be exact."""


def shifted(shape: Any, chance: np.random.Generator, far: float) -> Any:
    """Drawn some metres away."""
    return shapely.transform(shape, lambda points: points + chance.normal(0, far / 2, 2))


def swollen(shape: Any, chance: np.random.Generator, far: float) -> Any:
    """Drawn over all its neighbours, or short of them."""
    drawn = shapely.buffer(shape, chance.uniform(-far, far), join_style="mitre")
    return shape if drawn.is_empty else drawn


def coarser(shape: Any, chance: np.random.Generator, far: float) -> Any:
    """Drawn with fewer vertices than its neighbours, or with vertices of its own on straight borders."""
    return shapely.simplify(shape, far) if chance.random() < 0.5 else shapely.segmentize(shape, 10 * far)


def trembling(shape: Any, chance: np.random.Generator, far: float) -> Any:
    """Every vertex drawn by an unsteady hand; rings may cross themselves."""
    wild = chance.uniform(1e7, 2e7, 2)
    return shapely.transform(shape, lambda points: points + far / 3 * np.sin(points[:, ::-1] * wild))


FAULTS = (shifted, swollen, coarser, trembling)


def badly_drawn(shapes: np.ndarray, seed: int, unit: float, faults: int) -> np.ndarray:
    """The regions in degrees, ``unit`` metres to one, so many of them with a fault of up to some metres."""
    chance = np.random.default_rng(seed)
    drawn = shapely.transform(shapes, lambda points: (110, -8) + points * unit * M)
    for region in chance.permutation(len(drawn))[:faults]:
        wrong = FAULTS[chance.integers(len(FAULTS))](drawn[region], chance, min(30, unit / 10) * M)
        drawn[region] = drawn[region] if wrong.is_empty else wrong
    return drawn


def draft_of(shapes: np.ndarray) -> Draft:
    """The draft as it comes to cleaning: villages of three districts of one city, which are all there."""
    codes = [f"88.71.{1 + n % 3:02}.1{n:03}" for n in range(len(shapes))]
    frame = geopandas.GeoDataFrame({"code": codes, "name": codes}, geometry=list(shapes), crs=4326)
    made = files.draft(Path("acak.geojson"), {CodeSystem.KEMENDAGRI: {}}, complete=Level.PROVINCE, area_change=30.0)
    return replace(made, frame=frame, system=CodeSystem.KEMENDAGRI, level=Level.VILLAGE)


def held(draft: Draft, shapes: np.ndarray) -> None:
    """Hold everything that is promised of a coverage from its cleaning to its last grid."""
    cleaned, _ = clean(draft)
    assert cleaned.question is None, cleaned.question
    assert cleaned.frame["code"].tolist() == sorted(draft.frame["code"])
    exact.judged(shapely.transform(cleaned.frame.geometry.values, lambda points: np.round(points * 10_000_000)))

    done, findings = generalise(dissolve(cleaned)[0])

    over = {(each.values["level"], each.values["zoom"]) for each in findings}
    for level, frame in done.levels.items():
        assert len(frame) == {Level.VILLAGE: len(shapes), Level.DISTRICT: min(3, len(shapes))}.get(level, 1)
        full = shapely.transform(np.asarray(frame.geometry.values), projected)
        for grid in GRIDS:
            drawn = done.outlines[level, grid.zoom]
            assert len(drawn) == len(frame) and (shapely.area(drawn) > 0).all()
            assert shapely.is_valid(drawn).all() and exact.turned_right(drawn)
            if grid.zoom < DEEP and (level.slug, grid.zoom) in over:
                continue  # more regions than cells: some are drawn over others, and it is said
            coast = exact.judged(drawn)
            if (shapely.area(drawn) > 1).all():
                held_at_the_coast(coast, on_grid(coverage.simplify(full, grid.tolerance * grid.unit), grid))


def held_at_the_coast(coast: set[exact.Edge], simple: np.ndarray) -> None:
    """What has no other side once it is drawn had none before: no border moved otherwise on its two sides."""
    lines = shapely.linestrings([list(edge) for edge in exact.unmatched(exact.directed(simple))])
    shore = shapely.boundary(shapely.coverage_union_all(simple))
    assert shapely.length(lines).sum() == pytest.approx(shapely.length(shore), rel=1e-9)
    ends = shapely.points(np.array([point for edge in coast for point in edge]))
    assert (shapely.distance(ends, shore) < 0.7072).all()


coverages = st.builds(
    voronoi,
    st.integers(0, 2**32 - 1),
    st.integers(6, 80),
    st.just(WIDTH),
    st.integers(2, 25),
    st.sampled_from([0.0, 0.1, 0.4]),
    st.integers(0, 3),
)
drawn_badly = given(coverages, st.integers(0, 2**32 - 1), st.sampled_from([20.0, 100.0, 800.0]), st.integers(0, 12))


@settings(max_examples=6, derandomize=True)
@drawn_badly
def test_from_cleaning_to_the_last_grid_no_region_is_lost_none_overlaps_and_borders_stay_shared(
    shapes: np.ndarray, seed: int, unit: float, faults: int
) -> None:
    held(draft_of(badly_drawn(shapes, seed, unit, faults)), shapes)


@pytest.mark.proof(reason="the same, of many more coverages")
@settings(max_examples=400)
@drawn_badly
def test_of_hundreds_of_coverages_no_region_is_lost_none_overlaps_and_borders_stay_shared(
    shapes: np.ndarray, seed: int, unit: float, faults: int
) -> None:
    held(draft_of(badly_drawn(shapes, seed, unit, faults)), shapes)
