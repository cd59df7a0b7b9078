"""A map of very many small regions is burnt into an image: the same colours, lines and names as a map of paths."""

import re
from base64 import b64decode
from collections import Counter
from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.errors import NotGeoreferencedWarning

from geoapp.atlas.captions import Telling
from geoapp.atlas.page import MapPage
from geoapp.pictures import burnt, looks, png, svg
from geoapp.pictures.burnt import Burnt
from geoapp.pictures.frame import Frame
from geoapp.pictures.sizes import SIZES, Size
from tests import world

SHAPES = {number: shapely.to_wkb(shape) for number, shape in world.mercator()}
BARE = replace(SIZES["map"], labels=False)


@pytest.fixture
def burning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every map counts as one of very many small regions."""
    monkeypatch.setattr(burnt, "_MANY", 0)
    monkeypatch.setattr(burnt, "_SMALL", 1e9)


def drawn(page: MapPage, size: Size, chosen: str | None = None) -> str:
    telling = Telling(page, "id", page.region(chosen) if chosen else None, None)
    return svg.draw(telling, svg.Sheet(SHAPES), size, titled=False)


def pixels(body: bytes) -> Any:
    with pytest.warns(NotGeoreferencedWarning), rasterio.open(BytesIO(body)) as image:
        return np.moveaxis(image.read(), 0, 2)


def frame(page: MapPage, size: Size) -> Frame:
    return Frame.around(tuple(shapely.total_bounds([shape for _, shape in world.mercator()])), size)


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5))


def test_only_maps_of_very_many_small_regions_are_burnt() -> None:
    assert Burnt.suits(83_000, 1.0)
    assert not Burnt.suits(83_000, 12.0)
    assert not Burnt.suits(400, 1.0)
    assert "<image" not in drawn(world.page(), BARE)


@pytest.mark.usefixtures("burning")
def test_every_region_has_the_plans_colour_where_its_middle_is() -> None:
    page = world.page()
    seen = pixels(png.render(drawn(page, BARE), BARE.width))

    said = Counter()
    for region in page.regions:
        colour = page.plan.colour(region.number)
        if colour and not looks.estimated(page.plan, region.number):
            x, y = (int(each) for each in frame(page, BARE).pixel(*region.inside))
            assert tuple(seen[y, x, :3]) == rgb(colour), region.name
            said[colour] += 1
    assert len(said) > 1


@pytest.mark.usefixtures("burning")
def test_coast_casing_and_nothing_beyond_are_where_a_map_of_paths_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    page = world.page()
    raster = pixels(png.render(drawn(page, BARE), BARE.width)).astype(int)
    monkeypatch.undo()
    paths = pixels(png.render(drawn(page, BARE), BARE.width)).astype(int)

    dark = [np.all(np.abs(each[..., :3] - rgb(looks.OUTLINE)) < 40, axis=2) for each in (raster, paths)]
    averaged = [each[..., :3].reshape(35, 20, 48, 20, 3).mean(axis=(1, 3)) for each in (raster, paths)]
    assert 0.5 < dark[0].sum() / dark[1].sum() < 2
    assert np.abs(averaged[0] - averaged[1]).max() < 20, "patterns need not begin at the same point"


@pytest.mark.usefixtures("burning")
def test_what_lies_outside_the_area_is_faded_and_a_chosen_region_pointed_out() -> None:
    page = world.page()
    area = replace(page, area=next(iter(page.ancestors.values())), numbers=(1, 2))
    image = re.search(r'base64,([^"]+)"', drawn(area, BARE, chosen=page.regions[0].code))
    assert image
    seen = pixels(b64decode(image[1]))

    inside, outside = (region.inside for region in (page.regions[0], page.regions[-1]))
    bounds = tuple(shapely.total_bounds([shape for _, shape in world.mercator()][:2]))
    placed = Frame.around(bounds, BARE)
    assert seen[tuple(int(each) for each in reversed(placed.pixel(*inside)))][3] == 255
    x, y = (int(each) for each in placed.pixel(*outside))
    if 0 <= x < seen.shape[1] and 0 <= y < seen.shape[0]:
        assert seen[y, x, 3] == 56
    assert 'class="chosen"' in drawn(area, BARE, chosen=page.regions[0].code)


@pytest.mark.usefixtures("burning")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("make", [world.page, world.circles_page, world.category_page])
def test_every_size_and_kind_can_be_burnt(size: str, make: Any) -> None:
    page = make()
    made = svg.draw(Telling(page, "id", None, None), svg.Sheet(SHAPES), SIZES[size])

    image = re.search(r'<image width="([\d.]+)" height="([\d.]+)" href="data:image/png;base64,([^"]+)"/>', made)
    assert image and 'data-number="1" d=' not in made
    assert pixels(b64decode(image[3])).shape[1] == round(float(image[1]) * SIZES[size].pixels)
    assert png.render(made, 200).startswith(b"\x89PNG")


@pytest.mark.usefixtures("burning")
def test_upper_regions_are_named_where_they_have_room() -> None:
    page = world.page()
    made = drawn(page, SIZES["map"])

    names = {each.name for each in page.ancestors.values()}
    assert any(f">{name}<" in made for name in names)
