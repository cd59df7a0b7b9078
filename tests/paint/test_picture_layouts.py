"""Every size holds its parts: text large enough to read, names clipped, surroundings beside the area, never over it."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely

from geoapp.atlas.captions import Telling
from geoapp.atlas.page import MapPage
from geoapp.domain.mercator import metres
from geoapp.domain.observations import MISSING, Observation
from geoapp.domain.surroundings import NEIGHBOUR, SEA, PlaceName, Surroundings
from geoapp.domain.words import Words
from geoapp.pictures import png, svg, text
from geoapp.pictures.blocks import Origin
from geoapp.pictures.sizes import SIZES
from tests import world

SHAPES = {number: shapely.to_wkb(shape) for number, shape in world.mercator()}
SVG = "{http://www.w3.org/2000/svg}"
SHARED = {"1200x630": 15.0, "1080x1080": 20.0, "1080x1350": 20.0, "1080x1920": 20.0, "a4": 11.0, "web": 15.0}
LEFT_OUT = "35.99.01.1004"
ADDRESS = "https://peta-statistik.kabupaten-contoh.example.go.id/maps/kepadatan-kota-contoh-uji-2026"
LONG = "Kampung " + "Panjang Sekali " * 13
HOSTILE = f"\u202egnikat{world.HOSTILE} & \x07 😀"


def _around() -> Surroundings:
    """Land to the west, parted in two, and sea to the east of the small world."""
    west, south = metres(world.WEST - 0.3, world.SOUTH - 0.3)
    middle, north = metres(world.WEST + 0.04, world.SOUTH + 0.36)
    east = metres(world.WEST + 0.38, 0)[0]
    border = metres(0, world.SOUTH + 0.03)[1]
    return Surroundings(
        box=(world.WEST - 0.3, world.SOUTH - 0.3, world.WEST + 0.38, world.SOUTH + 0.36),
        land=shapely.MultiPolygon([shapely.box(west, south, middle, north)]),
        water=shapely.MultiPolygon(),
        lines=shapely.MultiLineString([[(west, border), (east, border)]]),
        names=(
            PlaceName("Kab. Utara", NEIGHBOUR, (world.WEST - 0.02, world.SOUTH + 0.06)),
            PlaceName("Kab. Selatan", NEIGHBOUR, (world.WEST - 0.02, world.SOUTH)),
            PlaceName("Laut Timur", SEA, (world.WEST + 0.11, world.SOUTH + 0.03)),
        ),
    )


def _drawn(
    page: MapPage, size: str, language: str = "id", codes: tuple[str, ...] = (), **said: object
) -> ElementTree.Element:
    regions = [page.region(code) for code in codes] + [None, None]
    sheet = svg.Sheet(SHAPES, said.pop("around", None))
    origin = Origin(**{"site": "Data Kota Contoh", "made": date(2026, 11, 21)} | said)
    made = SIZES[size].fitting(0.75)
    return ElementTree.fromstring(svg.draw(Telling(page, language, regions[0], regions[1]), sheet, made, origin))


def _texts(root: ElementTree.Element) -> list[ElementTree.Element]:
    return list(root.iter(f"{SVG}text"))


@pytest.mark.parametrize("size", SHARED)
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("make", [world.page, world.circles_page, world.category_page])
def test_no_text_of_a_shared_picture_is_too_small_to_read(size: str, language: str, make) -> None:
    for codes in ((), (LEFT_OUT,), (LEFT_OUT, "35.99.01.1001")):
        root = _drawn(make(), size, language, codes, around=_around())

        sizes = [float(each.get("font-size")) for each in _texts(root)]

        assert len(sizes) > 10
        assert min(sizes) >= SHARED[size]


@pytest.mark.parametrize("size", SHARED)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_shared_picture_says_what_where_when_and_from_whom(size: str, language: str) -> None:
    page = world.page()
    root = _drawn(page, size, language)

    said = " ".join(" ".join(each.itertext()) for each in _texts(root))
    wanted = {"id": ("2024", "batas indikatif", "21 November 2026", "dari 11 kelurahan"),
              "en": ("2024", "indicative boundaries", "21 November 2026", "of 11 urban villages")}  # fmt: skip
    for each in (*wanted[language], page.layer.indicator.name[language], "Data Kota Contoh", "km"):
        assert each in said, each
    assert len(root.find(f"{SVG}desc").text) > 80


def test_a_chosen_region_is_the_headline_with_its_figure() -> None:
    root = _drawn(world.page(), "1080x1350", codes=("35.99.01.1001",))

    largest = max(float(each.get("font-size")) for each in _texts(root))
    headline = " ".join(each.text for each in _texts(root) if float(each.get("font-size")) == largest)
    assert headline == "Kepadatan penduduk di Kelurahan Angsoka, 2024: 1.200 jiwa/km²"


@pytest.mark.parametrize("size", SIZES)
def test_names_around_stand_outside_the_area_and_on_their_own_ground(size: str) -> None:
    root = _drawn(world.page(), size, around=_around())
    labels = {each.text: each for each in _texts(root) if each.get("class") in ("beyond", "sea")}

    if not SIZES[size].labels:
        assert not labels
        return
    regions = [path.get("d") for path in root.iter(f"{SVG}path") if path.get("data-number")]
    scale = SIZES[size].grain
    corners = np.array([[float(n) for n in re.match(r"M(-?\d+) (-?\d+)", path).groups()] for path in regions]) / scale
    assert set(labels) <= {"KAB. UTARA", "KAB. SELATAN", "Laut Timur"}
    for name, label in labels.items():
        x = float(label.get("x"))
        assert x > corners[:, 0].max() if name == "Laut Timur" else x < corners[:, 0].min() + 1, name


def test_a_wide_picture_names_neighbours_and_sea() -> None:
    said = {each.text for each in _texts(_drawn(world.page(), "1080x1080", around=_around()))}

    assert {"KAB. UTARA", "KAB. SELATAN", "Laut Timur"} <= said


def _lowest(part: ElementTree.Element) -> float:
    """The lowest baseline of a block's texts, from the block's own upper edge."""
    return max((float(each.get("y", 0)) for each in part.iter(f"{SVG}text")), default=0)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", ["1200x630", "web"])
def test_a_legend_never_runs_into_the_sources(size: str, language: str) -> None:
    said = Words("Indeks Desa Membangun (IDM) Tahunan", "Village Development Index (IDM) of the Year")
    source = Words(
        "Kompilasi publik batas desa dan kelurahan dengan kode keputusan menteri", "Public compilation of villages"
    )
    shown = world.page(world.indicator(name=said, source=source))
    root = _drawn(shown, size, language, ("35.99.01.1001",), address=ADDRESS)

    blocks = [each for each in root if each.get("transform", "").startswith("translate(")]
    tops = [float(each.get("transform", "").rstrip(")").split()[-1]) for each in blocks]
    ends = [top + _lowest(each) for top, each in zip(tops, blocks, strict=True)]
    assert all(end < top for end, top in zip(ends, tops[1:], strict=False)), list(zip(tops, ends, strict=True))


def test_the_lines_of_a_headline_are_even_and_as_few_as_can_be() -> None:
    said = "Village Development Index (IDM) by village (desa) in Kabupaten Serang, 2024"

    lines = text.balanced(said, 34, 366, bold=True)

    assert " ".join(lines) == said
    assert len(lines) == len(text.wrapped(said, 34, 366, bold=True))
    widths = [text.width(each, 34, bold=True) for each in lines]
    assert max(widths) <= 366
    assert min(widths) > 180


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", [LONG, HOSTILE])
def test_long_and_hostile_names_are_clipped_and_harmless(size: str, name: str) -> None:
    names = dict.fromkeys(range(1, 13), name)
    for page in (world.page(names=names), world.circles_page(names)):
        page = replace(page, layer=replace(page.layer, edition=world.edition(area=name)))
        root = _drawn(page, size, codes=(LEFT_OUT,), around=_around(), site=name)

        assert not list(root.iter(f"{SVG}script"))
        assert "\u202e" not in "".join(root.itertext())
        for each in _texts(root):
            if each.get("class") != "beyond":
                assert len(each.text) * float(each.get("font-size")) * 0.3 < SIZES[size].width, each.text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("figures", ["none", "equal"])
def test_a_map_without_any_figure_and_one_of_equal_figures_are_drawn(size: str, figures: str) -> None:
    row = [MISSING if figures == "none" else Observation(figure=3.0)] * 12
    page = world.page(rows=dict.fromkeys(world.PERIODS, row))

    said = " ".join(each.text for each in _texts(_drawn(page, size, codes=(LEFT_OUT,))))

    if SIZES[size].layout != "bare":
        assert ("tidak ada data" in said) == (figures == "none")


@pytest.mark.parametrize("size", SIZES)
def test_a_map_of_one_region_is_drawn(size: str) -> None:
    page = world.page(rows={period: [Observation(figure=3.0)] * 12 for period in world.PERIODS})
    one = replace(page, regions=page.regions[:1], observations=page.observations[:1],
                  plan=replace(page.plan, classes=page.plan.classes[:1], total=1, known=1))  # fmt: skip

    root = _drawn(one, size)

    assert [each.get("data-number") for each in root.iter(f"{SVG}path") if each.get("data-number")] == ["1"]


def test_paper_has_an_arrow_to_the_north_and_broken_lines_where_boundaries_are_indicative() -> None:
    indicative, page = _drawn(world.page(), "a4"), world.page()
    fixed = replace(page, layer=replace(page.layer, edition=world.edition(status=world.BoundaryStatus.DEFINITIVE)))

    (arrow,) = (each for each in indicative.iter(f"{SVG}g") if each.get("class") == "north")
    assert "".join(arrow.itertext()) == "U"
    outline = next(each for each in indicative.iter(f"{SVG}path") if each.get("class") == "outline")
    assert outline.get("stroke-dasharray") == "12 8"
    assert (
        "stroke-dasharray"
        not in next(each for each in _drawn(fixed, "a4").iter(f"{SVG}path") if each.get("class") == "outline").attrib
    )
    assert indicative.get("width") == "297mm"


def test_a_sheet_of_paper_is_turned_for_a_high_area() -> None:
    wide, high = SIZES["a4"].fitting(0.6), SIZES["a4"].fitting(1.6)

    assert (wide.width, wide.height) == (high.height, high.width)
    assert wide.width > wide.height


@pytest.mark.parametrize("size", SHARED)
def test_a_png_has_the_pixels_of_its_size(size: str) -> None:
    made = SIZES[size].fitting(0.7)
    drawn = svg.draw(Telling(world.page(), "id"), svg.Sheet(SHAPES, _around()), made, titled=False)

    body = png.render(drawn, round(made.width * made.pixels))

    assert body[:8] == b"\x89PNG\r\n\x1a\n"
    across, down = int.from_bytes(body[16:20], "big"), int.from_bytes(body[20:24], "big")
    assert (across, down) == (made.width * made.pixels, made.height * made.pixels)


def test_a_marker_says_its_figure_however_long_the_name_is() -> None:
    page = world.page(names={1: "Panjangsekali" * 16})
    sheet = svg.Sheet({number: shape.wkb for number, shape in world.mercator()})

    drawn = svg.draw(Telling(page, "id", page.regions[0]), sheet, SIZES["1200x630"])

    labels = re.findall(r"<text[^>]*>(Panjangsekali[^<]*)</text>", drawn)
    assert [each for each in labels if each.endswith("… 1.200")]
