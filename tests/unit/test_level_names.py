"""Regions are called what people there call them, and everywhere the same: title, table, captions."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from geoapp.atlas import words
from geoapp.catalogue import LEVELS, level_names
from geoapp.domain.level_names import LevelNames
from geoapp.domain.levels import Level
from geoapp.domain.regions import Ancestor, Region
from geoapp.domain.words import Language
from geoapp.errors import Refused
from tests import world


@pytest.fixture(autouse=True)
def local() -> Iterator[None]:
    words.call_locally(level_names.read((LEVELS,)))
    yield
    words.call_locally(LevelNames())


def region(code: str, kind: str | None, level: Level = Level.VILLAGE, name: str = "Contoh") -> Region:
    return replace(world.regions()[0], code=code, kind=kind, level=level, name=name)


@pytest.mark.parametrize(
    ("code", "kind", "level", "said", "english"),
    [
        ("13.06.01.2001", "desa", Level.VILLAGE, "nagari", "villages (nagari)"),
        ("13.71.01.1001", "kelurahan", Level.VILLAGE, "kelurahan", "urban villages (kelurahan)"),
        ("13.09.01.2001", "desa", Level.VILLAGE, "desa", "villages (desa)"),
        ("11.06.01.2001", "desa", Level.VILLAGE, "gampong", "villages (gampong)"),
        ("11.17.01.2001", "desa", Level.VILLAGE, "kampung", "villages (kampung)"),
        ("34.04.01.2001", "desa", Level.VILLAGE, "kalurahan", "villages (kalurahan)"),
        ("91.03.01.3001", "desa_adat", Level.VILLAGE, "kampung", "villages (kampung)"),
        ("36.04.01.2001", "desa", Level.VILLAGE, "desa", "villages (desa)"),
        ("51.03.01.2001.01", None, Level.HAMLET, "banjar", "hamlets (banjar)"),
        ("51.71.01.1001.01", None, Level.HAMLET, "lingkungan", "neighbourhoods (lingkungan)"),
        ("13.06.01.2001.02", None, Level.HAMLET, "jorong", "hamlets (jorong)"),
        ("35.73.01.2001.02", None, Level.HAMLET, "dusun", "hamlets (dusun)"),
        ("34.71.01", None, Level.DISTRICT, "kemantren", "districts (kemantren)"),
        ("34.04.01", None, Level.DISTRICT, "kapanewon", "districts (kapanewon)"),
        ("95.01.02", None, Level.DISTRICT, "distrik", "districts (distrik)"),
        ("3573", "kota", Level.REGENCY, "kota", "cities"),
    ],
)
def test_a_region_is_called_what_it_is_called_there(
    code: str, kind: str | None, level: Level, said: str, english: str
) -> None:
    found = words.kinds([region(code, kind, level)])

    assert words.level_word("id", level, found, 2) == said
    assert words.level_word("en", level, found, 2) == english


@pytest.mark.parametrize(
    ("pairs", "language", "said"),
    [
        ((("13.06.01.2001", "desa"), ("13.71.01.1001", "kelurahan")), "id", "nagari/kelurahan"),
        ((("13.06.01.2001", "desa"), ("13.71.01.1001", "kelurahan")), "en", "villages"),
        ((("36.04.01.2001", "desa"), ("36.04.01.1002", "kelurahan")), "id", "desa/kelurahan"),
        ((("11.06.01.2001", "desa"), ("11.17.01.2001", "desa"), ("11.02.01.2001", "desa")), "id", "desa"),
    ],
)
def test_an_area_of_two_words_says_both(pairs: tuple[tuple[str, str], ...], language: Language, said: str) -> None:
    found = words.kinds(region(*each) for each in pairs)

    assert words.level_word(language, Level.VILLAGE, found, 2) == said


def test_districts_of_which_only_some_have_a_word_of_their_own_are_called_as_usual() -> None:
    mixed = [Ancestor("95.01.02", "A", Level.DISTRICT), Ancestor("35.73.01", "B", Level.DISTRICT)]

    assert words.level_word("id", Level.DISTRICT, words.kinds(mixed)) == "kecamatan"


def test_the_title_and_the_names_on_the_map_say_the_local_word() -> None:
    shown = tuple(replace(each, code=f"13.06{each.code[5:]}", kind="desa") for each in world.regions())
    page = replace(world.page(), regions=shown)

    assert words.title(page, "id").startswith("Kepadatan penduduk per nagari di ")
    assert words.coverage(page, "id").startswith("8 dari 11 nagari")
    assert words.region_name(shown[0]) == "Nagari Angsoka"
    assert words.region_name(Ancestor("95.01.02", "Wamena", Level.DISTRICT)) == "Distrik Wamena"
    assert words.region_name(replace(shown[0], name="Nagari Angsoka")) == "Nagari Angsoka"


def test_the_sites_own_table_goes_before_ours(tmp_path: Path) -> None:
    (tmp_path / "sini.toml").write_text(
        '[wanua]\nlevel = "village"\nkind = "desa"\nareas = ["73.09"]\nname = { id = "wanua", en = "wanua village" }\n'
    )
    words.call_locally(level_names.read((LEVELS, tmp_path)))

    assert words.kinds([region("73.09.01.2001", "desa")]) == {"wanua"}
    assert words.level_word("en", Level.VILLAGE, frozenset({"wanua"}), 2) == "wanua village"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('level = "dukuh"', "x.level"),
        ('kind = "kota"', "x.kind"),
        ('areas = ["jauh"]', "x.areas"),
        ("many = 3", "x.many"),
        ('nama = "x"', "x.nama"),
        ('name = ""', "x.name.id"),
    ],
)
def test_a_table_that_says_something_else_is_refused_where_it_stands(tmp_path: Path, line: str, key: str) -> None:
    usual = {"level": '"village"', "name": '"x"', "areas": '["11"]'} | dict([line.split(" = ", 1)])
    (tmp_path / "a.toml").write_text("[x]\n" + "".join(f"{name} = {value}\n" for name, value in usual.items()))

    with pytest.raises(Refused) as refused:
        level_names.read((tmp_path,))

    assert refused.value.values["key"] == key
