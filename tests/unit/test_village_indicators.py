"""The catalogue has every indicator of the domain reference, with its kind, rule, polarity, sensitivity and range."""

import re
import tomllib
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import pytest

from geoapp.catalogue import INDICATORS, indicators
from geoapp.catalogue.adding import as_table, as_toml
from geoapp.domain.indicators import Indicator, IndicatorKind, header_key

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference" / "indonesia.md"
KNOWN = indicators.read((INDICATORS,))
RULES = {"sum": "sum", "recompute": "recompute", "mean": "mean", "dist": "distribution"}
LEVELS = {"L": "low", "M": "medium", "H": "high"}


class Line(NamedTuple):
    """One indicator as the reference has it; the range as its text."""

    slug: str
    kind: str
    aggregation: str
    polarity: str
    sensitivity: str
    range: str


COMMITTED = [
    Line(*line.split("|"))
    for line in (Path(__file__).parent / "village_indicators.psv").read_text(encoding="utf-8").splitlines()[1:]
]


def slugs(cell: str) -> list[str]:
    """``penduduk_l / penduduk_p`` and ``usia_0_14 / 15_64 / 65`` are several indicators; a last part stands alone."""
    first, *rest = (each.strip() for each in cell.split("/"))
    if not rest:
        return [first]
    stem = re.match(r"[a-z]+_", first)
    begun = stem[0] if stem else ""
    return [first, *(each if each.startswith(begun) or len(each) == len(first) else begun + each for each in rest)]


def of_the_reference() -> Iterator[Line]:
    """The table of village indicators, one line a slug."""
    section = REFERENCE.read_text(encoding="utf-8").split("## §7 Village indicators")[1].split("Notes. (1)")[0]
    for row in section.splitlines():
        cells = [each.strip() for each in row.strip("|").split("|")]
        if len(cells) != 10 or cells[0] in ("Slug", "---"):
            continue
        for slug in slugs(cells[0]):
            polarity = cells[7].replace("\u2212", "-")
            yield Line(slug, cells[5], RULES[cells[6]], polarity, LEVELS[cells[8]], cells[9])


def bounds(text: str) -> tuple[float | None, float | None]:
    """``0–10 billion`` → (0, 10⁹ · 10); no bounds where classes are counted.

    >>> bounds("0–1 hard")
    (0.0, 1.0)
    """
    found = re.match(r"(\u2212?[\d.,]+)–([\d.,]+)(?: (million|billion))?", text)
    if not found:
        return None, None
    scale = {"million": 1e6, "billion": 1e9, None: 1.0}[found[3]]
    low, high = (float(each.replace(",", "").replace("\u2212", "-")) for each in found.groups()[:2])
    return low, high * scale


@pytest.mark.skipif(not REFERENCE.is_file(), reason="the reference is not beside this checkout")
def test_the_committed_list_is_the_table_of_the_reference() -> None:
    for committed, said in zip_longest(COMMITTED, of_the_reference()):
        assert committed == said


@pytest.mark.parametrize("line", COMMITTED, ids=lambda line: line.slug)
def test_an_indicator_is_as_the_reference_has_it(line: Line) -> None:
    found = KNOWN[line.slug]

    kind, _, ordered = line.kind.partition(" ")
    low, high = bounds(line.range)
    assert (found.kind, found.aggregation, found.polarity) == (kind, line.aggregation, line.polarity)
    assert found.sensitivity == line.sensitivity
    assert (found.minimum, found.maximum) == (low, high)
    assert found.hard_range == line.range.endswith("hard")
    if found.kind is IndicatorKind.CATEGORY:
        classes = re.match(r"(\d) classes", line.range)
        assert len(found.categories) == int(classes[1]) if classes else len(found.categories) > 1
        assert found.ordered or not ordered


def rates() -> list[Indicator]:
    return [each for each in KNOWN.values() if each.parts and each.kind is IndicatorKind.SHARE]


@pytest.mark.parametrize("share", rates(), ids=lambda each: each.slug)
def test_a_share_is_a_hundredfold_of_parts_that_may_be_added_up(share: Indicator) -> None:
    assert share.parts
    known = [KNOWN[slug] for slug in (share.parts.numerator, share.parts.denominator) if slug in KNOWN]

    assert share.parts.factor == 100
    assert all(each.kind.is_amount for each in known)
    assert share.sensitivity in {KNOWN[share.parts.numerator].sensitivity, *(each.sensitivity for each in known)}


def test_no_two_indicators_are_called_alike_in_a_header() -> None:
    owners: dict[str, str] = {}
    for slug, each in KNOWN.items():
        for text in {header_key(text) for text in (slug, each.name.id, each.name.en, *each.aliases)}:
            assert owners.setdefault(text, slug) == slug


def test_what_only_a_desa_has_applies_to_no_kelurahan() -> None:
    only = {slug for slug, each in KNOWN.items() if each.applies_to}

    assert {"iks", "ike", "ikl", "idm", "idm_status", "indeks_desa", "indeks_desa_status", "dana_desa"} <= only
    assert all("kelurahan" not in KNOWN[slug].applies_to for slug in only)


def test_figures_over_a_time_are_flows_and_figures_at_a_date_are_stocks() -> None:
    flows = {slug for slug, each in KNOWN.items() if not each.stock}

    assert {"kelahiran", "kematian", "migrasi_masuk", "penerima_pkh", "dana_desa", "produksi_padi", "bencana"} <= flows
    assert not {"penduduk", "kk", "luas_km2", "posyandu", "pus", "idm", "sinyal", "umkm"} & flows


def test_there_is_no_official_poverty_or_unemployment_rate_or_ipm_of_a_village() -> None:
    names = {header_key(text) for each in KNOWN.values() for text in (each.name.id, *each.aliases)}

    assert not any(word in name.split("_") for name in names for word in ("kemiskinan", "miskin", "tpt", "ipm"))


@pytest.mark.parametrize("slug", sorted(KNOWN))
def test_every_indicator_survives_being_written(slug: str) -> None:
    indicator = KNOWN[slug]

    table = tomllib.loads(as_toml(slug, as_table(indicator)))[slug]

    assert Indicator.of({**table, "slug": slug, "theme": indicator.theme}) == indicator
