"""A mistake is reported with what is before the reader's eyes, whatever the names hold."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from geoapp.web.pages.mistake import mistake
from tests import world


def view(number: int | None = 3) -> Any:
    region = world.regions(names={3: world.HOSTILE})[number - 1] if number else None
    return SimpleNamespace(
        lang="id",
        share="https://data.example/maps/idm?period=2024&region=1",
        title="IDM & lainnya, 2024",
        span="2024",
        area="Kota Contoh",
        chosen=region,
        layer=SimpleNamespace(release=SimpleNamespace(id=7)),
    )


def test_a_letter_begins_with_map_region_period_and_release() -> None:
    address = mistake(view(), "mailto:data@kota.example")
    fields = parse_qs(urlsplit(address).query, strict_parsing=True)

    assert address.startswith("mailto:data@kota.example?subject=")
    assert "+" not in address and "<" not in address
    assert fields["subject"] == ["Kesalahan data: IDM & lainnya, 2024"]
    for said in (view().share, world.HOSTILE, world.regions()[2].code, "2024", "7"):
        assert said in fields["body"][0]


def test_without_a_choice_the_letter_names_the_area() -> None:
    assert "Kota Contoh" in parse_qs(urlsplit(mistake(view(None), "mailto:data@kota.example")).query)["body"][0]


def test_a_contact_page_gets_the_same_as_its_query_and_keeps_its_own() -> None:
    fields = parse_qs(urlsplit(mistake(view(), "https://kota.example/lapor?jenis=data#isi")).query)

    assert fields["jenis"] == ["data"]
    assert fields["address"] == [view().share]
    assert fields["release"] == ["7"]


def test_a_site_without_contact_offers_nothing() -> None:
    assert mistake(view(), "") == ""
