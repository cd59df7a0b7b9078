"""Palettes stay apart for every eye and in grey: ΔE2000 as seen normally and with three colour vision deficiencies."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from geoapp.catalogue import STYLES, palettes
from geoapp.pictures.looks import letter_ink

PALETTES = palettes.read((STYLES,))
SEQUENTIAL = sorted(name for name, each in PALETTES.items() if each.use == "sequential")

BOUNDS = {n: 36 / (n - 1) for n in range(3, 10)}
"""Least ΔE2000 of neighbours by number of classes: 9 at five, 6 at seven, 4.5 at nine, one rule through all three."""

VIEWS = {
    "normal": np.eye(3),
    # Machado, Oliveira, Fernandes (2009), severity 1, on linear RGB.
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
RGB_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
)
WHITE = RGB_TO_XYZ.sum(axis=1)


def lab(colour: str, view: str = "normal") -> np.ndarray:
    """CIE Lab (D65) of ``#rrggbb`` as one of VIEWS sees it."""
    srgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    xyz = RGB_TO_XYZ @ np.clip(VIEWS[view] @ linear, 0, 1) / WHITE
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def delta_e(one: np.ndarray, other: np.ndarray) -> float:
    """CIEDE2000 of two Lab colours (Sharma, Wu, Dalal 2005)."""
    chroma = (np.hypot(*one[1:]) + np.hypot(*other[1:])) / 2
    g = 0.5 * (1 - np.sqrt(chroma**7 / (chroma**7 + 25.0**7)))
    a = np.array([one[1], other[1]]) * (1 + g)
    b = np.array([one[2], other[2]])
    c = np.hypot(a, b)
    h = np.degrees(np.arctan2(b, a)) % 360
    turn = (h[1] - h[0] + 180) % 360 - 180 if c.all() else 0.0
    d_h = 2 * np.sqrt(c[0] * c[1]) * np.sin(np.radians(turn / 2))
    mean_h = (h[0] + turn / 2) % 360 if c.all() else h.sum()
    mean_l, mean_c = (one[0] + other[0]) / 2, c.mean()
    t = (
        1
        - 0.17 * np.cos(np.radians(mean_h - 30))
        + 0.24 * np.cos(np.radians(2 * mean_h))
        + 0.32 * np.cos(np.radians(3 * mean_h + 6))
        - 0.20 * np.cos(np.radians(4 * mean_h - 63))
    )
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / np.sqrt(20 + (mean_l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    twist = (
        -2 * np.sqrt(mean_c**7 / (mean_c**7 + 25.0**7)) * np.sin(np.radians(60 * np.exp(-(((mean_h - 275) / 25) ** 2))))
    )
    light, colour, hue = (other[0] - one[0]) / s_l, (c[1] - c[0]) / s_c, d_h / s_h
    return float(np.sqrt(light**2 + colour**2 + hue**2 + twist * colour * hue))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ],
)
def test_the_difference_of_colours_agrees_with_the_published_pairs(
    one: tuple[float, ...], other: tuple[float, ...], expected: float
) -> None:
    assert delta_e(np.array(one), np.array(other)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("n", BOUNDS)
@pytest.mark.parametrize("name", SEQUENTIAL)
def test_neighbouring_classes_stay_apart_for_every_eye(name: str, n: int, view: str) -> None:
    colours = [lab(each, view) for each in palettes.ramp(PALETTES[name], n)]

    assert min(delta_e(*pair) for pair in pairwise(colours)) >= BOUNDS[n]


@pytest.mark.parametrize("n", range(2, 10))
@pytest.mark.parametrize("name", SEQUENTIAL)
def test_a_grey_print_keeps_the_order_on_one_ladder(name: str, n: int) -> None:
    lightness = [lab(each)[0] for each in palettes.ramp(PALETTES[name], n)]

    assert lightness == pytest.approx(np.linspace(89, 27, n), abs=1.0)


@pytest.mark.parametrize(
    ("name", "five"),
    [
        ("laut", "#c2e9cd #53c9ad #3498a9 #37659e #403872"),
        ("bara", "#f8dac5 #f6a178 #ef5a41 #c11754 #701f57"),
        ("senja", "#ecdaed #dea5c5 #c86f97 #655d89 #453867"),
    ],
)
def test_the_five_classes_are_the_designs(name: str, five: str) -> None:
    assert palettes.ramp(PALETTES[name], 5) == tuple(five.split())


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("name", "least"), [("selisih", 13.0), ("ragam", 17.0)])
def test_differences_and_categories_are_told_apart_by_every_eye(name: str, least: float, view: str) -> None:
    colours = [lab(each, view) for each in palettes.ramp(PALETTES[name], max(PALETTES[name].ramps))]

    assert min(delta_e(*pair) for pair in combinations(colours, 2)) >= least


LAND, DARK_LAND, PATTERN_GROUND = "#f2f0ea", "#1d252b", "#fbfaf7"
LEAST_RATIO = {5: 1.53, 7: 1.33, 9: 1.24}


def luminance(colour: str) -> float:
    """Relative luminance of WCAG."""
    srgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))


def ratio(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("n", LEAST_RATIO)
@pytest.mark.parametrize("name", SEQUENTIAL)
def test_neighbouring_classes_differ_in_luminance(name: str, n: int) -> None:
    colours = palettes.ramp(PALETTES[name], n)

    assert min(ratio(*pair) for pair in pairwise(colours)) >= LEAST_RATIO[n] - 0.005


def test_neighbouring_classes_of_a_difference_differ_in_luminance() -> None:
    assert min(ratio(*pair) for pair in pairwise(PALETTES["selisih"].ramps[7])) >= 1.395


@pytest.mark.parametrize("n", range(3, 10))
@pytest.mark.parametrize("name", SEQUENTIAL)
def test_the_lightest_class_is_never_taken_for_land_or_for_a_state(name: str, n: int) -> None:
    lightest, darkest = (lab(palettes.ramp(PALETTES[name], n)[at]) for at in (0, -1))

    assert delta_e(lightest, lab(LAND)) >= 11.5
    assert delta_e(lightest, lab(PATTERN_GROUND)) >= 13
    assert delta_e(darkest, lab(DARK_LAND)) >= 17.5


@pytest.mark.parametrize("name", ["ragam", "selisih"])
def test_a_letter_or_sign_can_be_read_on_the_colours_that_carry_one(name: str) -> None:
    for colours in PALETTES[name].ramps.values():
        assert min(ratio(each, letter_ink(each)) for each in colours) >= 4.5


def test_the_colours_of_differences_and_categories_are_the_designs() -> None:
    selisih = "#ac5406 #e3881d #fdc57f #f3f3f1 #b7b1d5 #887cb2 #644395"

    assert PALETTES["selisih"].ramps[7] == tuple(selisih.split())
    assert PALETTES["ragam"].ramps[5] == ("#ddcc77", "#cc6677", "#88ccee", "#117733", "#332288")


def test_the_two_sides_of_a_difference_never_share_a_grey() -> None:
    lightness = sorted(lab(each)[0] for each in PALETTES["selisih"].ramps[7])

    assert min(upper - lower for lower, upper in pairwise(lightness)) >= 7


def test_a_thinned_difference_keeps_its_balance() -> None:
    full = PALETTES["selisih"].ramps[7]

    assert palettes.ramp(PALETTES["selisih"], 3) == (full[0], full[3], full[6])


def test_one_class_takes_the_middle_colour() -> None:
    assert palettes.ramp(PALETTES["laut"], 1) == (PALETTES["laut"].ramps[5][2],)


def test_every_palette_says_where_it_comes_from() -> None:
    readme = (Path(STYLES) / "README.md").read_text(encoding="utf-8")

    assert [name for name, each in PALETTES.items() if not re.search(rf"\| {name} \|", readme) or not each.origin] == []
