"""Pictures show every region in its plan's colour, and every text as text."""

import re
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import brotli
import numpy as np
import pytest
import rasterio
import shapely
from rasterio.errors import NotGeoreferencedWarning

from geoapp.atlas.captions import Telling
from geoapp.domain.mercator import metres
from geoapp.layers.plan import BYTE_STATES
from geoapp.pictures import looks, png, svg, tile
from geoapp.pictures.blocks import Origin
from geoapp.pictures.frame import Frame
from geoapp.pictures.sizes import SIZES
from geoapp.tiles.address import Address
from tests import world

SHAPES = {number: shapely.to_wkb(shape) for number, shape in world.mercator()}
EMPHATIC = {4: world.HOSTILE, 6: '"Ixora" & <b>'}
SVG = "{http://www.w3.org/2000/svg}"


def _drawn(page=None, size="web", chosen=None, compared=None, language="id", around=None, shapes=SHAPES, **origin):
    page = page or world.page()
    first, second = (page.region(code) if code else None for code in (chosen, compared))
    return svg.draw(Telling(page, language, first, second), svg.Sheet(shapes, around), SIZES[size], Origin(**origin))


def _written(root):
    """The texts that are seen; title and description are heard."""
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def _pixels(body):
    with pytest.warns(NotGeoreferencedWarning), rasterio.open(BytesIO(body)) as image:
        return np.moveaxis(image.read(), 0, 2)


def _rgb(colour):
    return tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_region_is_drawn_in_the_plans_colour(size, language):
    page = world.page()
    groups = list(ElementTree.fromstring(_drawn(page, size, language=language)).iter(f"{SVG}g"))
    regions = {int(each.get("data-number")): group for group in groups for each in group if each.get("data-number")}

    assert sorted(regions) == [each.number for each in page.regions]
    for number, group in regions.items():
        assert group.get("class") == f"c{page.plan.classes[number - 1]}"
        colour = page.plan.colour(number)
        if colour and not looks.estimated(page.plan, number):
            assert group.get("fill") == colour


def test_states_and_estimates_have_patterns_that_exist():
    drawn = _drawn(size="map")

    used = set(re.findall(r"url\(#([^)]+)\)", drawn))
    assert len(used) == 4
    assert used <= set(re.findall(r'<pattern id="([^"]+)"', drawn))


@pytest.mark.parametrize("make", [world.page, world.circles_page, world.category_page])
@pytest.mark.parametrize("size", SIZES)
def test_a_hostile_name_is_text_in_every_picture(make, size):
    drawn = _drawn(make(names=EMPHATIC), size, chosen="35.99.01.1004", site=world.HOSTILE)

    assert "<script" not in drawn
    said = " ".join(ElementTree.fromstring(drawn).itertext())
    assert world.HOSTILE in said
    assert EMPHATIC[6] in said


def test_a_small_picture_is_dark_on_dark_pages_and_keeps_its_classes():
    page = world.page()
    drawn = _drawn(page, size="thumb")

    style = ElementTree.fromstring(drawn).find("{http://www.w3.org/2000/svg}style")
    assert style.text.startswith("@media(prefers-color-scheme:dark){")
    assert not any(colour in style.text for colour in page.plan.colours)


def test_a_picture_has_no_style_attribute_or_element_and_loads_nothing():
    drawn = _drawn(size="1200x630", chosen="35.99.01.1001")

    assert " style=" not in drawn and "<style" not in drawn and "href" not in drawn
    assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]


def test_a_picture_to_share_says_title_counts_sources_boundaries_date_and_site():
    drawn = _drawn(size="1200x630", site="Data Kota Contoh", made=date(2026, 11, 21))

    said = " ".join(" ".join(ElementTree.fromstring(drawn).itertext()).split())
    for sentence in ("Kepadatan penduduk", "4 kelurahan", "sampai 2.500", "tidak ada data", "Dinas Contoh"):
        assert sentence in said
    for sentence in ("batas indikatif", "21 November 2026", "Data Kota Contoh", "1 km", "Tengah"):
        assert sentence in said


def test_the_inline_map_is_the_map_alone():
    drawn = ElementTree.fromstring(_drawn(size="map"))

    assert drawn.get("viewBox") == f"0 0 {SIZES['map'].width} {SIZES['map'].height}"
    assert "sampai 2.500" not in " ".join(_written(drawn))


def test_the_same_map_is_drawn_the_same_twice():
    assert _drawn(size="1200x630") == _drawn(size="1200x630")


def test_a_region_smaller_than_a_pixel_is_a_disc():
    point = shapely.Point(*metres(112.64, -7.97))
    shapes = {**SHAPES, 5: shapely.to_wkb(point.buffer(1))}

    drawn = _drawn(size="thumb", shapes=shapes)

    groups = ElementTree.fromstring(drawn).iter(f"{SVG}g")
    (group,) = (group for group in groups for each in group if each.get("data-number") == "5")
    assert group.get("fill") == world.page().plan.colour(5)
    assert [each.tag for each in group if each.get("data-number") == "5"] == [f"{SVG}circle"]


def test_a_region_without_shape_is_a_disc_too():
    drawn = _drawn(size="thumb", shapes={**SHAPES, 5: shapely.to_wkb(shapely.MultiPolygon())})

    assert 'data-number="5"' in drawn


def test_circles_have_areas_in_proportion_to_their_figures():
    page = world.circles_page()
    group = next(
        each for each in ElementTree.fromstring(_drawn(page, "map")).iter(f"{SVG}g") if each.get("class") == "circles"
    )

    radii = {int(each.get("data-number")): float(each.get("r")) for each in group}
    assert set(radii) == {1, 2, 3, 4, 5, 6, 8}
    assert (radii[6] / radii[1]) ** 2 == pytest.approx(12000 / 1200, rel=0.05)
    assert next(iter(radii)) == 6, "large ones lie below"


def test_the_lines_of_districts_are_drawn_once_and_the_outline_around_all():
    drawn = ElementTree.fromstring(_drawn(size="map"))
    paths = {each.get("class"): each.get("d") for each in drawn.iter(f"{SVG}path")}

    assert paths["parents"].count("M") == 2
    assert paths["outline"].count("M") == 1


def test_a_png_shows_the_plans_colours_at_inside_points():
    page = world.page()
    size = SIZES["thumb"]
    pixels = _pixels(png.render(_drawn(page, "thumb"), size.width))
    frame = Frame.around(tuple(shapely.total_bounds(shapely.from_wkb(list(SHAPES.values())))), size)

    assert pixels.shape[:2] == (size.height, size.width)
    for region in page.regions:
        colour = page.plan.colour(region.number)
        if colour and not looks.estimated(page.plan, region.number):
            x, y = frame.pixel(*region.inside)
            assert tuple(pixels[int(y), int(x), :3]) == _rgb(colour)


def test_text_is_really_rendered_in_a_png():
    size = SIZES["1200x630"]
    pixels = _pixels(png.render(_drawn(size="1200x630"), size.width))

    panel = pixels[30:160, 40 : size.panel, :3].astype(int)
    assert (panel.sum(axis=2) < 200).mean() > 0.05


def test_an_inline_map_of_many_villages_stays_small():
    assert len(brotli.compress(_drawn(size="map").encode(), quality=5)) < 26_000 * 12 / 326 + 3_000


@pytest.mark.parametrize("zoom", [10, 12, 14])
def test_a_picture_tile_has_the_plans_colour_at_every_inside_point(zoom):
    page = world.page()
    for region in page.regions:
        x, y = metres(*region.inside)
        side = Address(zoom, 0, 0).side
        half = side * (1 << zoom) / 2
        address = Address(zoom, int((x + half) / side), int((half - y) / side))
        west, _, _, north = address.bounds
        column, row = int((x - west) / side * 256), int((north - y) / side * 256)

        body = tile.paint(page.plan, list(SHAPES.items()), address.bounds, (address.x, address.y))

        found = _pixels(body)[row, column]
        colour = page.plan.colour(region.number)
        assert found[3] == 255
        if colour and not looks.estimated(page.plan, region.number):
            assert tuple(found[:3]) == _rgb(colour)
        elif page.plan.classes[region.number - 1] not in BYTE_STATES:
            assert tuple(found[:3]) != _rgb(looks.PATTERN_GROUND)


def test_a_picture_tile_is_clear_where_there_is_no_region():
    pixels = _pixels(tile.paint(world.page().plan, [], Address(10, 0, 0).bounds, (0, 0)))

    assert pixels.shape == (256, 256, 4)
    assert not pixels[..., 3].any()


def test_a_picture_tile_loses_no_region_however_small():
    page = world.page()

    pixels = _pixels(tile.paint(page.plan, list(SHAPES.items()), Address(3, 6, 4).bounds, (6, 4)))

    assert pixels[..., 3].any()


@pytest.mark.parametrize("make", [world.circles_page, world.category_page])
def test_circles_and_categories_have_picture_tiles_too(make):
    page = make()
    address = Address(10, 832, 534)

    insides = {each.number: metres(*each.inside) for each in page.regions}
    pixels = _pixels(tile.paint(page.plan, list(SHAPES.items()), address.bounds, (address.x, address.y), insides))

    shown = {tuple(each) for each in pixels.reshape(-1, 4)[:, :3].tolist()}
    if page.plan.kind == "category":
        assert {_rgb(each) for each in page.plan.colours} <= shown
    else:
        assert _rgb(looks.LAND) in shown and len(shown) > 10


@pytest.mark.parametrize("size", ["map", "embed", "1200x630", "1080x1350", "a4"])
def test_the_rings_of_a_circle_map_are_as_large_as_its_circles(size):
    page = world.circles_page()
    root = ElementTree.fromstring(_drawn(page, size))
    discs = next(each for each in root.iter() if each.get("class") == "circles")
    rings = next(each for each in root.iter() if each.get("class") == "rings")
    rows = [row for row in page.plan.legend if row.kind == "circle"]

    largest = max(float(each.get("r")) for each in discs)
    sizes = [float(each.get("r")) for each in rings if each.tag.endswith("circle")]

    assert len(sizes) == len(rows)
    for row, radius in zip(rows, sizes, strict=True):
        assert radius == pytest.approx(largest * (row.figure / page.plan.largest) ** 0.5, abs=0.15)
