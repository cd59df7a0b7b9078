"""The catalogue reads its files whole and says file, key and reason where one is wrong."""

import json
from pathlib import Path

import pytest

from geoapp.catalogue import STYLES, Catalogue
from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.indicators import REGION_KINDS, Indicator, IndicatorKind, Polarity
from geoapp.domain.words import LANGUAGES
from geoapp.errors import GeoappError, Refused
from geoapp.i18n import speak, translations
from geoapp.layers import KINDS

TEXT = '{ id = "teks", en = "text" }'


def indicator(slug: str, **changed: str | None) -> str:
    """A table of an indicator's file, written out; a field set to None is left out."""
    fields: dict[str, str | None] = {
        **dict.fromkeys(
            ("name", "unit", "concept", "definition", "interpretation", "formula", "measure", "breakdowns", "source"),
            TEXT,
        ),
        "kind": '"count"',
        "decimals": "0",
        "aggregation": '"sum"',
        "polarity": '"0"',
        "sensitivity": '"low"',
        **changed,
    }
    lines = [f"{name} = {value}" for name, value in fields.items() if value is not None]
    return "\n".join([f"[{slug}]", *lines, ""])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "indicators").mkdir()
    (tmp_path / "site" / "indicators").mkdir(parents=True)
    (tmp_path / "site" / "styles").mkdir()
    return tmp_path


def catalogue(folder: Path, *tables: str) -> Catalogue:
    """The catalogue of these indicators with the repository's styles."""
    (folder / "indicators" / "theme.toml").write_text("\n".join(tables), encoding="utf-8")
    return Catalogue.read(folder / "indicators", STYLES, folder / "site")


def refusal(folder: Path, *tables: str) -> GeoappError:
    with pytest.raises(Refused) as caught:
        catalogue(folder, *tables)
    return caught.value


def test_an_indicator_is_read_with_the_file_as_its_theme(folder: Path) -> None:
    found = catalogue(folder, indicator("people")).indicators["people"]

    assert (found.theme, found.kind, found.name["en"]) == ("theme", IndicatorKind.COUNT, "text")


@pytest.mark.parametrize(
    ("changed", "key", "reason"),
    [
        ({"concept": None}, "people.concept", "lacks"),
        ({"concept": '{ id = "ada" }'}, "people.concept.en", "lacks"),
        ({"concept": '{ id = "ada", en = "is", fr = "est" }'}, "people.concept.fr", "unknown_key"),
        ({"colour": '"red"'}, "people.colour", "unknown_key"),
        ({"kind": '"colour"'}, "people.kind", "not_one_of"),
        ({"kind": '"category"'}, "people.categories", "categories"),
        ({"categories": "[ { slug = 'a', name = 'a' } ]"}, "people.categories", "categories"),
        ({"decimals": '"2"'}, "people.decimals", "wrong_type"),
        ({"decimals": "true"}, "people.decimals", "wrong_type"),
        ({"decimals": "-1"}, "people.decimals", "not_one_of"),
        ({"minimum": "5", "maximum": "1"}, "people.maximum", "range"),
        ({"aggregation": '"recompute"'}, "people.parts", "lacks"),
        ({"parts": "{ numerator = 'births', denominator = 'area_km2' }"}, "people.parts.numerator", "no_indicator"),
        ({"parts": "{ numerator = 'people', denominator = 'area_km2' }"}, "people.parts.numerator", "no_indicator"),
        ({"composite": "['births']"}, "people.composite", "no_indicator"),
        ({"estimation_level": '"street"'}, "people.estimation_level", "not_one_of"),
        ({"applies_to": "['kampung']"}, "people.applies_to", "not_one_of"),
        ({"stock": '"yes"'}, "people.stock", "wrong_type"),
        ({"aliases": "'orang'"}, "people.aliases", "wrong_type"),
        ({"aliases": "['']"}, "people.aliases", "wrong_type"),
        ({"aliases": "['j', 'm', 'l']"}, "people.aliases", "wrong_type"),
        ({"sums": "[['births']]"}, "people.sums[0]", "wrong_type"),
        ({"sums": "[['births', 'deaths']]"}, "people.sums[0]", "no_indicator"),
    ],
)
def test_a_wrong_indicator_is_refused_with_file_key_and_reason(
    folder: Path, changed: dict[str, str | None], key: str, reason: str
) -> None:
    said = refusal(folder, indicator("people", **changed))

    assert said.message == f"error.catalogue_file.{reason}"
    assert said.values["key"] == key
    assert said.values["file"].endswith("theme.toml")


def test_sums_name_amounts_of_the_same_unit(folder: Path) -> None:
    whole = indicator("people", sums="[['males', 'females']]")
    others = (indicator("males"), indicator("females"), indicator("share", kind='"share"'))

    assert catalogue(folder, whole, *others).indicators["people"].sums == (("males", "females"),)
    for wrong, reason in (("share", "sums_amounts"), ("males", "twice"), ("houses", "sums_unit")):
        said = refusal(
            folder, indicator("people", sums=f"[['males', '{wrong}']]"), *others, indicator("houses", unit='"unit"')
        )
        assert (said.message, said.values["key"]) == (f"error.catalogue_file.{reason}", "people.sums[0]")


@pytest.mark.parametrize("alias", ["Banyak Rumah", "HOUSES", "rumah"])
def test_a_header_leads_to_one_indicator(folder: Path, alias: str) -> None:
    houses = indicator("houses", name="'Rumah'", aliases="['banyak_rumah']")

    said = refusal(folder, houses, indicator("people", aliases=f"['{alias}']"))

    assert said.message == "error.catalogue_file.alias_taken"
    assert {said.values["key"].split(".")[0], said.values["other"]} == {"houses", "people"}


@pytest.mark.parametrize("own", [{"name": "'Rumah'"}, {"aliases": "['rumah']"}])
def test_what_the_site_calls_its_indicator_no_default_is_called_too(folder: Path, own: dict[str, str]) -> None:
    (folder / "site" / "indicators" / "own.toml").write_text(indicator("houses", **own), encoding="utf-8")

    found = catalogue(folder, indicator("people", aliases="['Rumah', 'rumah_tangga']")).indicators

    assert found["people"].aliases == ("rumah_tangga",)


def test_an_alias_of_the_site_may_be_the_name_that_a_later_default_has(folder: Path) -> None:
    own = indicator("houses", aliases="['rumah']")
    (folder / "site" / "indicators" / "own.toml").write_text(own, encoding="utf-8")

    assert catalogue(folder, indicator("people", name="'Rumah'")).indicators["houses"].aliases == ("rumah",)


def test_a_definition_survives_being_stored(folder: Path) -> None:
    whole = indicator("people", sums="[['males', 'females']]", applies_to="['desa']", stock="false", aliases="['jml']")

    found = catalogue(folder, whole, indicator("males"), indicator("females")).indicators["people"]

    assert Indicator.of(json.loads(json.dumps(found.as_dict()))) == found
    assert (found.applies_to, found.stock, found.aliases) == (("desa",), False, ("jml",))


def test_a_definition_stored_before_these_fields_still_loads(folder: Path) -> None:
    stored = catalogue(folder, indicator("people")).indicators["people"].as_dict()
    for later in ("sums", "applies_to", "stock", "aliases"):
        del stored[later]

    found = Indicator.of(stored)

    assert (found.sums, found.applies_to, found.stock, found.aliases) == ((), (), True, ())


def test_region_kinds_are_those_that_codes_tell() -> None:
    said = {RegionCode.parse(CodeSystem.KEMENDAGRI, f"35.73.02.{first}005").kind for first in (1, 2, 3)}

    assert said == set(REGION_KINDS)


def test_a_file_that_is_no_toml_is_refused(folder: Path) -> None:
    assert refusal(folder, "[people").message == "error.catalogue_file.unreadable"


def test_a_table_in_two_files_of_one_folder_is_refused(folder: Path) -> None:
    (folder / "indicators" / "another.toml").write_text(indicator("people"), encoding="utf-8")

    assert refusal(folder, indicator("people")).message == "error.catalogue_file.twice"


def test_a_category_spelled_as_another_is_refused(folder: Path) -> None:
    categories = "[ { slug = 'a', name = 'a', spellings = ['X'] }, { slug = 'b', name = 'b', spellings = [' x'] } ]"

    said = refusal(folder, indicator("status", kind='"category"', categories=categories))

    assert (said.message, said.values["key"]) == ("error.catalogue_file.twice", "status.categories[1]")


def test_the_site_goes_before_the_defaults_table_by_table(folder: Path) -> None:
    (folder / "site" / "indicators" / "own.toml").write_text(indicator("people", decimals="2"), encoding="utf-8")
    (folder / "site" / "styles" / "own.toml").write_text(
        "[indicator.people]\nkind = 'choropleth'\npalette = 'kebun'", encoding="utf-8"
    )
    (folder / "site" / "styles" / "palettes.toml").write_text(
        "[kebun]\nuse='sequential'\norigin='us'\n[kebun.ramps]\n5=['#000001','#000002','#000003','#000004','#000005']",
        encoding="utf-8",
    )

    found = catalogue(folder, indicator("people"), indicator("houses"))

    assert {slug: each.decimals for slug, each in found.indicators.items()} == {"people": 2, "houses": 0}
    assert found.style_for(found.indicators["people"]).palette == "kebun"
    assert found.styles["people"].kind == "choropleth"
    assert {"laut", "kebun"} <= found.palettes.keys()


@pytest.mark.parametrize(
    ("style", "key", "reason"),
    [
        ("[indicator.x]\nkind='heat'", "indicator.x.kind", "not_one_of"),
        ("[indicator.x]\nkind='choropleth'\npalette='rainbow'", "indicator.x.palette", "not_one_of"),
        ("[indicator.x]\nkind='choropleth'\npalette='laut'\nmethod='magic'", "indicator.x.method", "not_one_of"),
        ("[indicator.x]\nkind='choropleth'\npalette='laut'\nclasses=12", "indicator.x.classes", "not_one_of"),
        ("[indicator.x]\nkind='choropleth'\npalette='laut'\ncolor='red'", "indicator.x.color", "unknown_key"),
        ("[indicator.x]\nkind='choropleth'\npalette='selisih'\nclasses=9", "indicator.x.classes", "few_colours"),
        ("[indicator.x]\nkind='choropleth'\npalette={'+'='laut'}", "indicator.x.palette.-", "lacks"),
        (
            "[indicator.x]\nkind='choropleth'\npalette='laut'\nmethod='manual'\nbreaks=[2,1]",
            "indicator.x.breaks",
            "breaks",
        ),
        (
            "[indicator.x]\nkind='choropleth'\npalette='laut'\nmethod='manual'\nbreaks=[1,2,3,4,5,6,7,8,9]",
            "indicator.x.breaks",
            "breaks",
        ),
        ("[indicator.x]\nkind='choropleth'\npalette='laut'\nbreaks=[1,2]", "indicator.x.breaks", "manual_breaks"),
        ("[default.heat]\nkind='choropleth'\npalette='laut'", "default.heat", "unknown_key"),
        ("[colours.x]\nkind='choropleth'", "colours", "unknown_key"),
    ],
)
def test_a_wrong_style_is_refused_with_file_key_and_reason(folder: Path, style: str, key: str, reason: str) -> None:
    (folder / "site" / "styles" / "own.toml").write_text(style, encoding="utf-8")

    said = refusal(folder, indicator("people"))

    assert (said.message, said.values["key"]) == (f"error.catalogue_file.{reason}", key)
    assert said.values["file"].endswith("own.toml")


@pytest.mark.parametrize(
    ("ramps", "reason"), [("3=['#000001']", "colour_count"), ("1=['red']", "no_colour"), ("12=['red']", "not_one_of")]
)
def test_a_wrong_palette_is_refused(folder: Path, ramps: str, reason: str) -> None:
    (folder / "site" / "styles" / "palettes.toml").write_text(
        f"[kebun]\nuse='sequential'\norigin='us'\n[kebun.ramps]\n{ramps}", encoding="utf-8"
    )

    assert refusal(folder, indicator("people")).message == f"error.catalogue_file.{reason}"


@pytest.mark.parametrize(
    ("kind", "polarity", "layer", "palette"),
    [
        ("count", "+", "circles", ""),
        ("quantity", "0", "circles", ""),
        ("share", "+", "choropleth", "laut"),
        ("rate", "-", "choropleth", "bara"),
        ("density", "0", "choropleth", "senja"),
        ("index", "+", "choropleth", "laut"),
    ],
)
def test_an_indicator_without_a_style_is_drawn_by_its_kind_and_polarity(
    folder: Path, kind: str, polarity: str, layer: str, palette: str
) -> None:
    found = catalogue(folder, indicator("x", kind=f'"{kind}"', polarity=f'"{polarity}"'))

    style = found.style_for(found.indicators["x"])

    assert (style.kind, style.palette) == (layer, palette)


@pytest.mark.parametrize(("ordered", "palette"), [("true", "laut"), ("false", "ragam")])
def test_ordered_categories_take_a_sequential_palette(folder: Path, ordered: str, palette: str) -> None:
    table = indicator(
        "x", kind='"category"', polarity='"+"', ordered=ordered, categories="[ { slug = 'a', name = 'A' } ]"
    )

    found = catalogue(folder, table)

    assert found.style_for(found.indicators["x"]).palette == palette


def test_every_default_names_a_layer_kind_and_gives_colours_for_all_its_classes(folder: Path) -> None:
    found = catalogue(folder)

    for by_polarity in found.drawing.defaults.values():
        style = by_polarity[Polarity.NEUTRAL]
        assert style.kind in KINDS
        if style.palette:
            assert len(found.ramp_of(style)(style.classes)) == style.classes


def test_a_palette_asked_for_too_many_colours_is_refused(folder: Path) -> None:
    with pytest.raises(Refused, match=r"error\.too_many_classes"):
        catalogue(folder).ramp("ragam", 6)


def test_a_site_without_a_file_has_the_default_name(folder: Path) -> None:
    assert catalogue(folder).site.name["id"] == "Peta Statistik Desa"


def test_the_site_says_its_name_office_and_contact(folder: Path) -> None:
    (folder / "site" / "site.toml").write_text(
        'name = { id = "Peta Serang", en = "Serang Maps" }\noffice = "BPS"\ncontact = "mailto:data@example.go.id"',
        encoding="utf-8",
    )

    site = catalogue(folder).site

    assert (site.name["en"], site.office["id"], site.contact) == (
        "Serang Maps",
        "BPS",
        "mailto:data@example.go.id",
    )


@pytest.mark.parametrize("contact", ["javascript:alert(1)", "mailto:", "data@example.go.id", 'https://x"onclick'])
def test_a_contact_that_is_no_address_is_refused(folder: Path, contact: str) -> None:
    (folder / "site" / "site.toml").write_text(f"contact = '{contact}'", encoding="utf-8")

    assert refusal(folder).message == "error.catalogue_file.no_contact"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_of_a_file_is_a_sentence_in_both_languages(folder: Path, language: str) -> None:
    said = refusal(folder, indicator("people", kind='"colour"'))

    sentence = speak(language, said.message, **said.values)  # type: ignore[arg-type]

    assert "people.kind" in sentence
    assert "theme.toml" in sentence
    assert translations(language).ugettext("caution.count_choropleth") != "caution.count_choropleth"  # type: ignore[arg-type]


def test_a_site_shows_its_own_logo(folder: Path) -> None:
    (folder / "site").mkdir(exist_ok=True)
    (folder / "site" / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (folder / "site" / "site.toml").write_text("logo = 'logo.svg'", encoding="utf-8")

    assert catalogue(folder).site.logo == folder / "site" / "logo.svg"


@pytest.mark.parametrize("logo", ["missing.svg", "../site.toml", "site.toml", ".svg", "big.png"])
def test_a_logo_that_cannot_be_shown_is_refused(folder: Path, logo: str) -> None:
    (folder / "site").mkdir(exist_ok=True)
    (folder / "site" / "big.png").write_bytes(b"x" * ((64 << 10) + 1))
    (folder / "site" / "site.toml").write_text(f"logo = '{logo}'", encoding="utf-8")

    assert refusal(folder).message == "error.catalogue_file.no_logo"
