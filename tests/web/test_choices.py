"""The whole state is the address: areas, comparisons, classes, palettes and changes, for people and for machines."""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import mapbox_vector_tile
import pandas as pd
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text, update

from geoapp.catalogue import STYLES, palettes
from geoapp.domain.observations import State
from geoapp.layers.plan import STATE_BYTES
from geoapp.store import tables
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests import world
from tests.web.conftest import make_app
from tests.web.test_pages import get

MAP, LAYER = f"/maps/{world.LAYER}", world.LAYER
DISTRICT, FIRST, LAST = "35.99.02", "35.99.01.1001", "35.99.03.1004"
PALETTES = palettes.read((STYLES,))
DATA = [
    f"/maps/{LAYER}.svg",
    f"/maps/{LAYER}.png",
    f"/layers/{LAYER}.json",
    f"/tiles/{LAYER}/9/416/267.png",
    f"/tiles/{LAYER}/9/416/267.mvt",
    f"/tiles/{LAYER}.json",
]


def observed(app: Flask, period: str) -> pd.DataFrame:
    """The villages' observations of a period straight from the database, by code."""
    with app.extensions["geoapp"].store.read() as connection:
        asked = text("SELECT code, figure, state FROM published.observation WHERE period = :period ORDER BY code")
        rows = connection.execute(asked, {"period": period}).mappings().all()
    return pd.DataFrame(rows).set_index("code")


def words_of(client: FlaskClient, address: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", client.get(address).get_data(as_text=True)))


def notices(client: FlaskClient, query: str) -> list[str]:
    answer = client.get(f"{MAP}?{query}")
    assert answer.status_code == 200
    html = answer.get_data(as_text=True)
    found = re.findall(r'<p class="notice">.*?<span>(.*?)</span>', html, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", each)).strip() for each in found]


def plans(client: FlaskClient, query: str, level: str = "village") -> Any:
    document = client.get(f"/layers/{LAYER}.json?{query}").get_json()
    return next(each for each in document["levels"] if each["level"] == level)["plans"]


def classes(client: FlaskClient, plan: Any) -> list[int]:
    return list(client.get(plan["classes"]).data.split(b"\n", 1)[1][: plan["total"]])


def colour_of(client: FlaskClient, address: str) -> dict[str, str]:
    """The fill of every region of a picture by number, its own or that of the group it stands in."""
    found: dict[str, str] = {}

    def walk(element: Element, fill: str) -> None:
        fill = element.get("fill", fill)
        if element.get("data-number"):
            found.setdefault(element.get("data-number", ""), fill)
        for each in element:
            walk(each, fill)

    walk(fromstring(client.get(address).get_data(as_text=True)), "")
    return found


# ── what cannot be followed ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("period=2031", "Tahun 2031 belum ada. Anda melihat tahun terdekat, 2024."),
        ("level=benua", "Tingkat benua tidak ada di peta ini."),
        ("region=99.99", "Tidak ada wilayah berkode 99.99 di peta ini."),
        ("area=99.99", "Anda melihat seluruh Kota Contoh."),
        ("area=%3Cb%3E", "Tidak ada wilayah berkode <b>"),
        (f"compare=99.99&region={FIRST}", "Tidak ada wilayah berkode 99.99 di peta ini untuk dibandingkan."),
        ("classes=jenks-12", "Pembagian kelas jenks-12 tidak kami kenal."),
        ("classes=sembarang-5", "Pembagian kelas sembarang-5 tidak kami kenal."),
        ("palette=pelangi", "Tidak ada warna bernama pelangi untuk peta ini."),
        ("palette=%22%3E", 'Tidak ada warna bernama ">.'),
        ("since=2019", "Perubahan dari 2019 ke 2024 tidak bisa dihitung. Anda melihat perubahan sejak 2023."),
        ("since=kapan", "Periode pembanding kapan tidak bisa dibaca."),
        ("period=2023&since=2023", "Tidak ada periode sebelum 2023 yang bisa dibandingkan."),
        ("change=percent", "Perubahan perlu periode pembanding (since)."),
        ("change=kali", "Bagian alamat change tidak bisa dibaca"),
        ("since=2023&classes=jenks-5", "Peta perubahan punya kelas dan warna sendiri"),
        (f"area={DISTRICT}&region={FIRST}", "Kelurahan Angsoka di luar Kecamatan Tengah, jadi Anda melihat seluruh"),
    ],
)
def test_people_get_the_nearest_view_and_a_sentence_that_says_so(client: FlaskClient, query: str, said: str) -> None:
    assert any(each.startswith(said) or said in each for each in notices(client, query))


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("area=99.99", 400),
        ("area=%3Cb%3E", 400),
        ("classes=jenks-12", 400),
        ("classes=sembarang-5", 400),
        ("palette=pelangi", 400),
        ("since=2019", 400),
        ("since=kapan", 400),
        ("change=percent", 400),
        ("change=kali", 400),
        ("since=2023&palette=bara", 400),
        ("classes=", 400),
    ],
)
@pytest.mark.parametrize("address", [f"/maps/{LAYER}.svg", f"/tiles/{LAYER}/9/416/267.png"])
def test_machines_are_refused_what_cannot_be_followed(
    client: FlaskClient, address: str, query: str, status: int
) -> None:
    answer = client.get(f"{address}?{query}")

    assert answer.status_code == status
    assert json.loads(answer.data)["detail"]


def test_a_machine_compares_only_with_a_region_that_there_is(client: FlaskClient) -> None:
    assert client.get(f"/maps/{LAYER}.svg?compare={FIRST}").status_code == 400
    assert client.get(f"/maps/{LAYER}.svg?region={FIRST}&compare=99.99").status_code == 400
    assert client.get(f"/maps/{LAYER}.svg?region={FIRST}&compare={LAST}").status_code == 200


@pytest.mark.parametrize("asked", ["kepadatan", "kepadatan-kota-contoh-uji-2025", "KEPADATAN-kota-conto-uji-2026"])
def test_an_unknown_map_leads_to_the_one_it_may_have_meant(client: FlaskClient, asked: str) -> None:
    page = get(client, f"/maps/{asked}", status=404)

    assert f"Tidak ada peta bernama {asked}." in page.text
    assert "Mungkin maksud Anda:" in page.text
    assert MAP in [each.get("href") for each in page.all("a")]


def test_a_name_unlike_any_map_leads_nowhere_in_particular(client: FlaskClient) -> None:
    page = get(client, "/maps/zzzz", status=404)

    assert "Mungkin maksud Anda:" not in page.text
    assert client.get("/maps/zzzz.svg").status_code == 404


def test_an_empty_field_of_a_form_says_nothing(client: FlaskClient) -> None:
    assert notices(client, "area=&region=&classes=&since=") == []


def test_a_usual_view_keeps_its_short_address(client: FlaskClient) -> None:
    page = client.get(f"{MAP}?classes=pretty-5&palette=laut&area=35.99").get_data(as_text=True)

    assert 'data-layer="/layers/' in page
    assert "classes=pretty-5" not in page and "palette=laut" not in page and "area=35.99&" not in page


# ── classes and palettes ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("method", ["pretty", "quantiles", "jenks", "equal"])
@pytest.mark.parametrize("own", ["", "-own"])
def test_the_bytes_of_a_choice_are_those_its_legend_says_of_the_databases_figures(
    app: Flask, client: FlaskClient, method: str, own: str
) -> None:
    for period, plan in plans(client, f"classes={method}-4{own}").items():
        rows = sorted((row for row in plan["legend"] if row["kind"] == "class"), key=lambda row: row["byte"])
        edges = [-float("inf"), *(row["upper"] for row in rows[:-1]), float("inf")]
        said = observed(app, period)
        wanted = pd.cut(said["figure"], edges, labels=[row["byte"] for row in rows], right=True)
        by_state = {State(each): byte for each, byte in STATE_BYTES.items()}
        expected = [
            by_state[State(state)] if isinstance(state, str) else int(byte)
            for byte, state in zip(wanted, said["state"], strict=True)
        ]
        assert classes(client, plan) == expected
        assert {row["byte"]: row["count"] for row in rows} == {row["byte"]: expected.count(row["byte"]) for row in rows}


def test_breaks_of_their_own_differ_between_periods_and_shared_ones_do_not(client: FlaskClient) -> None:
    def bounds(query: str) -> list[list[Any]]:
        return [[row.get("upper") for row in plan["legend"]] for plan in plans(client, query).values()]

    pooled, own = bounds("classes=equal-9"), bounds("classes=equal-9-own")
    assert pooled[0] == pooled[1]
    assert own[0] != own[1]
    assert "warna yang sama" in words_of(client, f"{MAP}?classes=equal-9-own").casefold()


@pytest.mark.parametrize("palette", ["bara", "senja"])
def test_picture_and_document_take_the_colours_of_the_palette_chosen(client: FlaskClient, palette: str) -> None:
    plan = plans(client, f"palette={palette}")["2024"]
    own = plans(client, "")["2024"]
    fills = colour_of(client, f"/maps/{LAYER}.svg?palette={palette}")

    assert plan["colours"] == list(palettes.ramp(PALETTES[palette], len(own["colours"])))
    assert classes(client, plan) == classes(client, own)
    bytes_ = classes(client, plan)
    assert {fills[str(n)] for n in range(1, 7)} == {plan["colours"][bytes_[n - 1]] for n in range(1, 7)}


def test_the_addresses_of_a_choice_are_pinned_to_what_they_showed(client: FlaskClient) -> None:
    plan = plans(client, "classes=jenks-3")["2024"]

    assert "release=1" in plan["classes"] and "classes=jenks-3" in plan["classes"]
    assert client.get(plan["classes"]).headers["Cache-Control"] == "public, max-age=300"
    assert client.get(plan["figures"].replace("{parent}", DISTRICT)).status_code == 200
    wrong = plan["classes"].replace("jenks-3", "equal-3")
    assert client.get(wrong).status_code == 404
    district = plans(client, "classes=jenks-3", "district")["2024"]
    assert "level=district" in district["classes"]
    assert client.get(district["classes"]).status_code == 200


@pytest.mark.parametrize("query", ["classes=jenks-3&palette=bara", "since=2023", f"area={DISTRICT}"])
@pytest.mark.parametrize("address", DATA)
def test_every_door_takes_the_same_query_and_names_the_pinned_form(
    client: FlaskClient, address: str, query: str
) -> None:
    if address.startswith("/layers/") or address == f"/tiles/{LAYER}.json":
        query = query if not query.startswith("area") else "palette=bara"
    answer = client.get(f"{address}?{query}")

    assert answer.status_code == 200
    link = re.fullmatch(r'<http://localhost(.*)>; rel="canonical"', answer.headers["Link"])
    assert link and query.split("&")[0] in link[1]
    assert client.get(link[1]).data == answer.data


def test_frame_and_oembed_carry_the_choice(client: FlaskClient) -> None:
    query = f"classes=jenks-3&palette=bara&area={DISTRICT}"
    card = client.get("/oembed", query_string={"url": f"http://localhost{MAP}?{query}"}).get_json()

    assert "classes=jenks-3" in card["html"] and f"area={DISTRICT}" in card["html"]
    assert "Kecamatan Tengah" in card["title"]
    assert client.get(f"/embed/{LAYER}?{query}").status_code == 200


# ── areas ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_page_of_an_area_speaks_of_that_area_alone(app: Flask, client: FlaskClient) -> None:
    page = get(client, f"{MAP}?area={DISTRICT}&region=35.99.02.1002")
    codes = set(re.findall(r"35\.99\.0\d\.\d{4}", page.text.split("Tabel", 1)[1]))

    assert "di Kecamatan Tengah, Kota Contoh, 2024" in page.text
    assert codes <= {f"35.99.02.{1001 + n}" for n in range(4)}
    assert "4 dari 4 kelurahan ada data." in page.text
    assert "Ke-1 dari 4 kelurahan" in page.text


def test_the_whole_of_an_area_is_its_own_aggregate(app: Flask, client: FlaskClient) -> None:
    with app.extensions["geoapp"].store.read() as connection:
        asked = text("SELECT figure FROM published.aggregate WHERE code = :code AND period = '2024'")
        figure = connection.execute(asked, {"code": DISTRICT}).scalar_one()

    assert f"{figure:,.0f}".replace(",", ".") in words_of(client, f"{MAP}?area={DISTRICT}")


def test_classes_stay_those_of_the_whole_map_while_the_legend_counts_the_area(client: FlaskClient) -> None:
    def rows(address: str) -> dict[str, int]:
        html = client.get(address).get_data(as_text=True)
        part = html[html.index('id="legend"') :]
        part = part[: part.index("</ul>")]
        found = re.findall(r'class="count">([\d.]+)</span>.*?class="label">([^<]+)', part, re.DOTALL)
        return {label: int(count) for count, label in found}

    everywhere, inside = rows(MAP), rows(f"{MAP}?area={DISTRICT}")
    assert list(inside) == [label for label in everywhere if label in inside]
    assert sum(inside.values()) == 4
    assert all(count <= everywhere[label] for label, count in inside.items())


def test_an_area_that_holds_all_of_the_map_is_no_area(client: FlaskClient) -> None:
    assert notices(client, "area=35.99") == []
    assert "di Kota Contoh, 2024" in words_of(client, f"{MAP}?area=35.99")
    assert "di Kota Contoh, 2024" in words_of(client, f"{MAP}?area=35")


def test_an_area_of_the_level_shown_narrows_nothing(client: FlaskClient) -> None:
    assert len(notices(client, f"level=district&area={DISTRICT}")) == 1


# ── change ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_change_is_the_difference_of_the_databases_figures(app: Flask, client: FlaskClient) -> None:
    plan = plans(client, "since=2023")["2024"]
    said = client.get(plan["figures"].replace("{parent}", "all")).get_json()
    wanted = observed(app, "2024")["figure"] - observed(app, "2023")["figure"]

    assert [each for each in said["figures"] if each is not None] == wanted.dropna().round(9).tolist()
    assert said["states"][8:] == ["missing", "not_applicable", "suppressed", "out_of_scope"]
    assert list(plans(client, "since=2023")) == ["2024"]


def test_a_change_in_per_cent_leaves_out_what_began_at_zero_or_below(app: Flask, client: FlaskClient) -> None:
    plan = plans(client, "since=2023&change=percent")["2024"]
    said = client.get(plan["figures"].replace("{parent}", "all")).get_json()
    before, after = observed(app, "2023")["figure"], observed(app, "2024")["figure"]

    assert said["figures"][0] == pytest.approx((after.iloc[0] / before.iloc[0] - 1) * 100)
    assert before.iloc[6] <= 0 and said["states"][6] == "not_applicable"


def test_the_page_of_a_change_says_from_when_to_when_and_every_figure_has_a_sign(client: FlaskClient) -> None:
    page = get(client, f"{MAP}?since=2023&region={FIRST}")

    assert "Perubahan kepadatan penduduk per kelurahan di Kota Contoh, 2023 ke 2024" in page.text
    assert "+100" in page.text
    assert "2023 ke 2024" in page.text
    assert page.wrong == []


def test_a_tile_of_a_change_carries_the_change(app: Flask, client: FlaskClient) -> None:
    tile = client.get(f"/tiles/{LAYER}/9/416/267.mvt?since=2023").data
    said = {
        each["properties"]["code"]: each["properties"]
        for each in mapbox_vector_tile.decode(tile)["regions"]["features"]
    }
    wanted = observed(app, "2024")["figure"] - observed(app, "2023")["figure"]

    assert {code: each["figure"] for code, each in said.items() if "figure" in each} == wanted.dropna().to_dict()
    assert sorted(each["state"] for each in said.values() if "state" in each) == sorted(each.value for each in State)


def test_a_level_without_the_period_compared_with_leaves_the_document(client: FlaskClient) -> None:
    levels = client.get(f"/layers/{LAYER}.json?since=2023").get_json()["levels"]

    assert all(list(each["plans"]) == ["2024"] for each in levels)


# ── forms, pairs, years ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_forms_lead_to_the_address_that_says_the_same(client: FlaskClient) -> None:
    form = f"method=jenks&count=4&breaks=own&palette=bara&region={FIRST}"
    answer = client.get(f"{MAP}/choose?{form}")

    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{MAP}?region={FIRST}&classes=jenks-4-own&palette=bara#legend-part"
    usual = client.get(f"{MAP}/choose?method=pretty&count=5&breaks=pooled&palette=laut").headers["Location"]
    assert usual == f"{MAP}#legend-part"
    since = client.get(f"{MAP}/choose?since=2023&change=percent&lang=en").headers["Location"]
    assert since == f"{MAP}?since=2023&change=percent&lang=en#legend-part"


def test_the_form_shows_what_is_chosen_and_the_way_back(client: FlaskClient) -> None:
    page = get(client, f"{MAP}?classes=quantiles-7&palette=senja&region={FIRST}")
    chosen = {(a["name"], a["value"]) for a in page.all("input") if a.get("type") == "radio" and "checked" in a}

    assert {("method", "quantiles"), ("count", "7"), ("breaks", "pooled"), ("palette", "senja")} <= chosen
    assert f"{MAP}?region={FIRST}" in [each.get("href") for each in page.all("a")]
    assert "Kembali ke pilihan penerbit" in page.text


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    "address", [f"{MAP}/beside", f"{MAP}/beside?region={FIRST}", f"{MAP}/years", f"{MAP}/years?classes=jenks-3-own"]
)
def test_pair_and_years_are_whole_without_a_script(client: FlaskClient, address: str, lang: str) -> None:
    page = get(client, f"{address}{'&' if '?' in address else '?'}lang={lang}")

    assert page.wrong == [] and page.open == []
    assert sorted(set(page.ids)) == sorted(page.ids)
    assert [attrs for attrs in page.all("script") if not attrs.get("src")] == []


def test_a_pair_shows_both_periods_with_both_figures_of_every_region(app: Flask, client: FlaskClient) -> None:
    html = client.get(f"{MAP}/beside").get_data(as_text=True)
    now, before = observed(app, "2024")["figure"], observed(app, "2023")["figure"]
    rows = re.findall(r'<td class="figure">([^<]*)</td><td class="figure">([^<]*)</td>', html)

    assert len(re.findall(r'class="pair-map', html)) == 2
    assert rows[0] == tuple(f"{each:,.0f}".replace(",", ".") for each in (now.max(), before.max()))
    assert len(rows) == 12


def test_a_map_that_cannot_stand_beside_this_one_gives_way_with_a_sentence(client: FlaskClient) -> None:
    page = get(client, f"{MAP}/beside?other=tidak-ada&second=2031")

    assert "Peta tidak-ada tidak bisa disandingkan dengan peta ini." in page.text
    assert "Tahun 2031 belum ada" in page.text


def test_the_page_of_years_counts_every_class_as_the_plans_do(client: FlaskClient) -> None:
    html = client.get(f"{MAP}/years").get_data(as_text=True)
    counted = [
        [int(each) for each in re.findall(r'<td class="figure">(\d+)</td>', row)]
        for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", html, re.DOTALL)
    ]
    by_plan = [[row["count"] for row in plan["legend"]] for plan in plans(client, "").values()]

    assert sorted(zip(*counted, strict=True)) == sorted(tuple(each) for each in by_plan)
    pictures = re.findall(r'<img src="([^"]+)"', html)
    assert len(pictures) == 2
    assert all(client.get(unescape(each)).status_code == 200 for each in pictures)


# ── locked ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def locked(database: Callable[[], Urls], tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The small world, its style locked by the publisher."""
    urls = database()
    store = Store.at(*urls)
    with store.begin() as connection:
        world.store_world(connection)
        connection.execute(update(tables.LayerRow).values(style=world.style(locked=True).as_dict()))
    store.close()
    made = make_app(urls, tmp_path_factory.mktemp("service") / "var")
    yield made.test_client()
    made.extensions["geoapp"].store.close()


@pytest.mark.parametrize("query", ["classes=jenks-3", "palette=bara", "since=2023"])
def test_what_the_publisher_locked_stays_locked_everywhere(locked: FlaskClient, query: str) -> None:
    assert "Penerbit mengunci tampilan peta ini." in words_of(locked, f"{MAP}?{query}")
    assert "Penerbit mengunci tampilan peta ini." in words_of(locked, f"/embed/{LAYER}?{query}")
    assert locked.get(f"/maps/{LAYER}.svg?{query}").status_code == 400
    assert locked.get(f"/layers/{LAYER}.json?{query}").status_code == 400
    assert locked.get(f"/layers/{LAYER}.json").get_json()["locked"] is True
    assert 'name="method"' not in locked.get(MAP).get_data(as_text=True)
    assert locked.get(f"{MAP}?area={DISTRICT}").status_code == 200
