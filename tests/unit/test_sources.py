"""Source profiles: read from data files, overlaid by a site's own, refused with file and key."""

from pathlib import Path

import pytest

from geoapp.catalogue.sources import FOLDER, profiles
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.errors import Refused
from geoapp.settings import Settings

WHOLE = """
name = "Peta kota"
system = "kemendagri"
level = "village"
status = "definitive"
dated = "2026"
licence = "CC BY 4.0"
attribution = { id = "Dinas Tata Ruang", en = "City planning office" }
[columns]
code = ["KODE_KEL"]
village = ["KELURAHAN"]
"""


def site(folder: Path, **files: str) -> Settings:
    sources = folder / "boundaries" / "sources"
    sources.mkdir(parents=True)
    for name, content in files.items():
        (sources / f"{name}.toml").write_text(content, encoding="utf-8")
    return Settings(site=folder)


def test_every_committed_profile_reads_and_says_where_it_is_from(tmp_path: Path) -> None:
    known = profiles(Settings(site=tmp_path))

    assert {"kemendagri", "hdx", "bps", "bps-sls", "big", "big25k", "dukcapil", "gadm"} <= set(known)
    assert {"geoboundaries", "osm", "sample", "own", "own-hamlet", "own-rw", "own-rt"} <= set(known)
    assert set(known) == {path.stem for path in FOLDER.glob("*.toml")}
    for profile in known.values():
        assert profile.attribution.id and profile.attribution.en and profile.licence
        assert profile.level in profile.columns


def test_a_site_adds_a_source_of_its_own_and_may_change_ours(tmp_path: Path) -> None:
    known = profiles(site(tmp_path, kota=WHOLE, hdx=WHOLE))

    assert known["kota"].system is CodeSystem.KEMENDAGRI
    assert known["kota"].columns == {Level.VILLAGE: ("KELURAHAN",)}
    assert known["hdx"].code == ("KODE_KEL",)


@pytest.mark.parametrize(
    ("was", "becomes", "key", "reason"),
    [
        ('licence = "CC BY 4.0"', "", "licence", "lacks"),
        ('code = ["KODE_KEL"]\nvillage = ["KELURAHAN"]', "", "columns.code", "lacks"),
        ('code = ["KODE_KEL"]', 'code = ["KODE_KEL"]\n[rows]\ncolumn = "x"', "rows.column", "wrong_type"),
        ('code = ["KODE_KEL"]', 'code = ["KODE_KEL"]\n[parts]\nkec = ["x"]', "parts.kec", "not_one_of"),
        ('code = ["KODE_KEL"]', 'code = "KODE_KEL"', "columns.code", "wrong_type"),
        ('level = "village"', 'level = "desa"', "level", "not_one_of"),
        ('status = "definitive"', 'status = "certain"', "status", "not_one_of"),
        ('system = "kemendagri"', 'system = "podes"', "system", "not_one_of"),
        ('village = ["KELURAHAN"]', 'kelurahan = ["KELURAHAN"]', "columns.kelurahan", "not_one_of"),
        ('dated = "2026"', 'dated = "2026"\ncolour = "red"', "colour", "unknown_key"),
        ('dated = "2026"', 'dated = "2026"\nsure = "yes"', "sure", "wrong_type"),
        ('dated = "2026"', 'dated = "2026', "", "unreadable"),
    ],
)
def test_an_invalid_profile_is_refused_with_its_file_and_key(
    tmp_path: Path, was: str, becomes: str, key: str, reason: str
) -> None:
    assert was in WHOLE

    with pytest.raises(Refused) as refused:
        profiles(site(tmp_path, kota=WHOLE.replace(was, becomes)))

    assert refused.value.message == f"error.catalogue_file.{reason}"
    assert refused.value.values["key"] == key
    assert refused.value.values["file"].endswith("kota.toml")
