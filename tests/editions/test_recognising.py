"""Recognising: sources by their columns, codes by the whole column, and every file that leaves doubt asks one thing."""

import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.editions.suggestions import Acceptance, acceptance, write
from geoapp.errors import BadRequest, NotFound, Question, Refused
from tests.editions import files, lookalikes
from tests.editions.files import Feature
from tests.editions.lookalikes import Verdict, bps, columns, understood, verdict

K, B = CodeSystem.KEMENDAGRI, CodeSystem.BPS
NAMES = {code: files.OFFICIAL[code] for code in files.CODES}
LISTS = {K: files.OFFICIAL, B: {bps(code): name for code, name in NAMES.items()}}
ALL = Acceptance(score=0)
PARTS = ("KD_PROV", "KD_KAB", "KD_KEC", "KD_DESA")


def upper(row: Mapping[str, Any]) -> dict[str, str]:
    """District, regency and province of a village by name."""
    district = files.OFFICIAL[row["kode"][:8]]
    return {"district": district, "regency": "Kota Rekaan", "province": "Provinsi Rekaan"}


def big(row: Mapping[str, Any], n: int) -> dict[str, Any]:
    names = upper(row)
    return {
        "NAMOBJ": row["nama"],
        "REMARK": "Wilayah Administrasi Kelurahan",
        "KDEPUM": None,
        "KDEBPS": None,
        "WADMKC": names["district"],
        "WADMKK": names["regency"],
        "WADMPR": names["province"],
        "KDBPUM": None,
        "LCODE": "BA0020",
        "OBJECTID": n,
    }


def osm(row: Mapping[str, Any], n: int) -> dict[str, Any]:
    return {"@id": f"relation/{n}", "admin_level": "7", "boundary": "administrative", "name": row["nama"]}


Change = Callable[[Mapping[str, Any], int], Mapping[str, Any] | None]
SOURCES: Mapping[str, tuple[Change, dict[str, Any], Verdict]] = {
    "kemendagri": (lambda row, n: row, {}, Verdict("", "kemendagri", "kemendagri", 12, 12, 0, 0)),
    "hdx": (
        lambda row, n: {"ADM4_PCODE": f"ID{bps(row['kode'])}", "ADM4_EN": row["nama"], "ADM3_EN": "x", "Name": None},
        {},
        Verdict("", "hdx", "bps", 12, 12, 0, 0),
    ),
    "hdx of today": (
        lambda row, n: {"adm4_pcode": f"ID{bps(row['kode'])}", "adm4_name": row["nama"], "adm3_pcode": "ID8871010"},
        {},
        Verdict("", "hdx", "bps", 12, 12, 0, 0),
    ),
    "hdx split": (
        lambda row, n: {"village_code": f"id{bps(row['kode'])}", "village": row["nama"], "regency_code": "id8871"},
        {},
        Verdict("", "hdx", "bps", 12, 12, 0, 0),
    ),
    "bps": (
        lambda row, n: {"gid": n, "iddesa": bps(row["kode"]), "nmdesa": row["nama"], "kdprov": "88", "kddesa": "001"},
        {},
        Verdict("", "bps", "bps", 12, 12, 0, 0),
    ),
    "big": (
        lambda row, n: {**big(row, n), "KDEPUM": row["kode"], "KDPKAB": "88.71"},
        {},
        Verdict("", "big25k", "kemendagri", 12, 12, 0, 0),
    ),
    "big of districts": (
        lambda row, n: {**big(row, n), "REMARK": "Wilayah Administrasi Kecamatan"},
        {},
        Verdict("error.level_above_village", "big25k", "", 12, 0, 0, 0),
    ),
    "big without codes": (big, {}, Verdict("question.names", "big25k", "kemendagri", 12, 0, 0, 0)),
    "big with accepted names": (big, {"accept": ALL}, Verdict("", "big25k", "kemendagri", 12, 12, 0, 0)),
    "dukcapil": (
        lambda row, n: {"KODE_DESA": row["kode"].replace(".", ""), "DESA_KELUR": row["nama"], "KECAMATAN": "Barat",
                        "KODE": float(row["kode"].replace(".", "")[:6]), "KODE_DES_1": row["kode"].replace(".", ""),
                        "JUMLAH_KK": 812.0, "WAJIB_KTP": 2104.0},
        {"official": {K: files.OFFICIAL}, "system": K},
        Verdict("", "dukcapil", "kemendagri", 12, 12, 0, 0),
    ),
    "own, with a district": (
        lambda row, n: {"KODE_DESA": row["kode"], "DESA": row["nama"], "KECAMATAN": "Barat"},
        {},
        Verdict("", "own", "kemendagri", 12, 12, 0, 0),
    ),
    "gadm of old codes": (
        lambda row, n: {"GID_4": f"IDN.1.{n}_1", "NAME_2": "Kota Rekaan", "NAME_4": row["nama"].replace(" ", ""),
                        "TYPE_4": "Kelurahan", "CC_4": bps(row["kode"]) if n < 6 else f"880199{n:04}"},
        {"system": B},
        Verdict("question.codes_unknown", "gadm", "bps", 12, 0, 0, 0),
    ),
    "gadm with water": (
        lambda row, n: {"NAME_4": row["nama"], "TYPE_4": "Kelurahan" if n else "WaterBody",
                        "ENGTYPE_4": "Village" if n else "Water body", "CC_4": bps(row["kode"]) if n else None},
        {"system": B},
        Verdict("", "gadm", "bps", 12, 11, 1, 0),
    ),
    "geoboundaries": (
        lambda row, n: {"shapeName": row["nama"], "shapeID": f"{n}B1", "shapeGroup": "IDN", "shapeType": "ADM4"},
        {},
        Verdict("question.parent", "geoboundaries", "", 12, 0, 0, 0),
    ),
    "geoboundaries in a regency": (
        lambda row, n: {"shapeName": row["nama"], "shapeID": f"{n}B1", "shapeGroup": "IDN", "shapeType": "ADM4"},
        {"parents": ("88.71",), "accept": ALL},
        Verdict("", "geoboundaries", "kemendagri", 12, 12, 0, 0),
    ),
    "geoboundaries of regencies": (
        lambda row, n: {"shapeName": row["nama"], "shapeGroup": "IDN", "shapeType": "ADM2"},
        {},
        Verdict("error.level_above_village", "geoboundaries", "", 12, 0, 0, 0),
    ),
    "openstreetmap": (
        lambda row, n: osm(row, n) if n else {**osm(row, n), "admin_level": "5", "name": "Kota Rekaan"},
        {"parents": ("Kota Rekaan",), "accept": ALL},
        Verdict("", "osm", "kemendagri", 12, 11, 1, 0),
    ),
    "sls": (
        lambda row, n: {"idsls": f"{bps(files.CODES[0])}{n + 1:04}", "nmsls": f"RT {n + 1:03} RW 001",
                        "iddesa": bps(files.CODES[0]), "nmdesa": "X"},
        {},
        Verdict("", "bps-sls", "bps", 12, 12, 0, 0),
    ),
    "sls with rice fields": (
        lambda row, n: {"idsls": f"{bps(files.CODES[0])}{n + 1 if n else 1099:04}", "nmsls": "RT 1" if n else "SAWAH"},
        {},
        Verdict("", "bps-sls", "bps", 12, 11, 1, 0),
    ),
    "rw": (
        lambda row, n: {"kode_desa": files.CODES[0], "rw": f"RW {n + 1:02}"},
        {"level": Level.RW},
        Verdict("", "own-rw", "kemendagri", 12, 12, 0, 0),
    ),
    "rw unsaid": (
        lambda row, n: {"kode_desa": files.CODES[0], "rw": f"RW {n + 1:02}"},
        {},
        Verdict("question.parts_below", "own", "kemendagri", 12, 0, 0, 12),
    ),
    "rt": (
        lambda row, n: {"kode_kel": files.CODES[0], "RW": n // 4 + 1, "RT": n % 4 + 1},
        {"level": Level.RT},
        Verdict("", "own-rt", "kemendagri", 12, 12, 0, 0),
    ),
    "rw without villages": (
        lambda row, n: {"RW": n + 1},
        {"level": Level.RW},
        Verdict("question.within", "own-rw", "", 12, 0, 0, 0),
    ),
    "own, capital letters": (
        lambda row, n: {"KD_KELURAHAN": row["kode"].replace(".", " ") + " ", "KELURAHAN": row["nama"] + "  "},
        {},
        Verdict("", "own", "kemendagri", 12, 12, 0, 0),
    ),
    "own, numbers": (
        lambda row, n: {"KODE_KEL": float(row["kode"].replace(".", "")), "NAMA_KEL": row["nama"]},
        {"system": K},
        Verdict("", "own", "kemendagri", 12, 12, 0, 0),
    ),
    "own, parts": (
        lambda row, n: {**dict(zip(PARTS, map(int, row["kode"].split(".")), strict=True)), "DESA": row["nama"]},
        {},
        Verdict("", "own", "kemendagri", 12, 12, 0, 0),
    ),
    "own, a whole district and a part": (
        lambda row, n: {"KD_KEC": row["kode"][:8], "KD_KEL": row["kode"][9:], "KELURAHAN": row["nama"]},
        {},
        Verdict("", "own", "kemendagri", 12, 12, 0, 0),
    ),
    "own, a whole district and a part of BPS": (
        lambda row, n: {"KODE_KEC": int(bps(row["kode"])[:7]), "KODE_DESA": int(bps(row["kode"])[7:]),
                        "DESA": row["nama"]},
        {},
        Verdict("", "own", "bps", 12, 12, 0, 0),
    ),
    "own, a column of no name": (
        lambda row, n: {"objek": row["kode"], "luas": 1.5 * n, "gid": n},
        {},
        Verdict("", "own", "kemendagri", 12, 12, 0, 0),
    ),
    "own, both codes": (
        lambda row, n: {"kode_bps": bps(row["kode"]), "kode_kemendagri": row["kode"], "nama": row["nama"]},
        {},
        Verdict("", "own", "kemendagri", 12, 12, 0, 0),
    ),
    "own, one without a code": (
        lambda row, n: {"kode": row["kode"] if n else None, "nama": row["nama"]},
        {},
        Verdict("question.in_part", "own", "kemendagri", 12, 0, 0, 1),
    ),
    "own, a lake without a code": (
        lambda row, n: {"kode": row["kode"] if n else None, "nama": row["nama"] if n else "DANAU TOBA"},
        {},
        Verdict("", "own", "kemendagri", 12, 11, 1, 0),
    ),
    "own, a village called after a lake": (
        lambda row, n: {"kode": row["kode"], "nama": row["nama"] if n else "Danau Redan"},
        {},
        Verdict("", "own", "kemendagri", 12, 12, 0, 0),
    ),
    "own, codes of other places": (
        lambda row, n: {"kode": row["kode"], "nama": f"Sama Sekali Lain {chr(65 + n)}{n}"},
        {},
        Verdict("question.names_disagree", "own", "kemendagri", 12, 0, 0, 0),
    ),
    "own, unknown codes": (
        lambda row, n: {"kode": row["kode"][:9] + f"29{n:02}", "nama": row["nama"]},
        {},
        Verdict("question.codes_unknown", "own", "kemendagri", 12, 0, 0, 0),
    ),
    "own, unknown codes that are right": (
        lambda row, n: {"kode": row["kode"][:9] + f"29{n:02}", "nama": row["nama"]},
        {"unknown": True},
        Verdict("", "own", "kemendagri", 12, 12, 0, 0),
    ),
    "districts": (
        lambda row, n: {"kode": f"88.71.{n + 1:02}", "nama": row["nama"]},
        {},
        Verdict("error.level_above_village", "own", "kemendagri", 12, 0, 0, 0),
    ),
    "regencies with hyphens": (
        lambda row, n: {"id": f"88-{n + 1:02}", "kabkot": row["nama"]},
        {},
        Verdict("error.level_above_village", "own", "kemendagri", 12, 0, 0, 0),
    ),
    "nothing": (lambda row, n: {"id": n}, {}, Verdict("error.boundary_no_code_no_name", "own", "", 12, 0, 0, 0)),
    "no columns at all": (lambda row, n: None, {}, Verdict("error.boundary_no_code_no_name", "own", "", 12, 0, 0, 0)),
    "names that are numbers": (
        lambda row, n: {"desa": n},
        {},
        Verdict("error.boundary_no_code_no_name", "own", "", 12, 0, 0, 0),
    ),
}  # fmt: skip
"""Columns, what is said beside them, and what must become of the file."""


def shuffled(features: list[Feature], seed: int) -> list[Feature]:
    """The same features with rows and columns in another order, and columns more that mean nothing."""
    dice = random.Random(seed)
    mixed = []
    for each in dice.sample(features, len(features)):
        row = each["properties"]
        if row is not None:
            more = {"keterangan": None, "luas_ha": dice.random() * 100}
            pairs = list({**row, **more}.items())
            row = dict(dice.sample(pairs, len(pairs)))
        mixed.append({**each, "properties": row})
    return mixed


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_is_known_by_its_columns_and_gets_its_verdict(tmp_path: Path, source: str) -> None:
    change, asked, expected = SOURCES[source]
    asked = {"official": LISTS, **asked}

    assert verdict(files.geojson(tmp_path / "a.geojson", columns(change)), **asked) == expected


@pytest.mark.parametrize("source", SOURCES)
def test_the_verdict_stays_when_rows_and_columns_are_shuffled_and_the_file_renamed(tmp_path: Path, source: str) -> None:
    change, asked, expected = SOURCES[source]
    asked = {"official": LISTS, **asked}
    seed = sum(map(ord, source))

    path = files.geojson(tmp_path / "hdx_bps_iddesa kel.topojson", shuffled(columns(change), seed))

    assert verdict(path, **asked) == expected


@pytest.mark.parametrize("source", SOURCES)
def test_the_verdict_stays_in_another_regency(tmp_path: Path, source: str) -> None:
    change, asked, expected = SOURCES[source]
    there = {code.replace("88.71", "88.02"): name for code, name in files.OFFICIAL.items() if code != "88.01.01.2001"}
    there["88.02"] = "Kabupaten Rekaan"
    rows = [{**each, "properties": _elsewhere(each["properties"])} for each in columns(change)]
    lists = {K: there, B: {bps(code): name for code, name in there.items() if len(code) == 13}}
    asked = {"official": lists, **asked}
    asked["parents"] = tuple(
        each.replace("88.71", "88.02").replace("Kota", "Kabupaten") for each in asked.get("parents", ())
    )
    if "official" in SOURCES[source][1]:
        asked["official"] = {K: there}

    assert verdict(files.geojson(tmp_path / "a.geojson", rows), **asked) == expected


def _elsewhere(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    text = json.dumps(row).replace("88.71", "88.02").replace("8871", "8802").replace("88 71", "88 02")
    return {**json.loads(text.replace("Kota Rekaan", "Kabupaten Rekaan")), **({"KD_KAB": 2} if "KD_KAB" in row else {})}


def test_why_a_source_was_chosen_is_said_with_its_columns(tmp_path: Path) -> None:
    change, _, _ = SOURCES["hdx"]

    _, findings, _ = understood(files.geojson(tmp_path / "a.geojson", columns(change)), LISTS)

    first = next(each for each in findings if each.message == "finding.boundary_recognised")
    assert first.values["source"] == "hdx"
    assert {"ADM4_PCODE", "ADM4_EN"} <= set(first.values["columns"].split(", "))


def test_codes_that_moved_and_villages_without_a_polygon_are_listed(tmp_path: Path) -> None:
    rows = columns(lambda row, n: row if n else {"kode": "88.71.02.1099", "nama": row["nama"]})

    _, findings, error = understood(files.geojson(tmp_path / "a.geojson", rows))

    assert error is None
    moved = next(each for each in findings if each.message == "finding.code_moved")
    assert (moved.place.line, moved.values["now"]) == (1, files.CODES[0])
    gone = next(each for each in findings if each.message == "finding.without_polygon")
    assert (gone.values["n"], gone.values["upper"]) == (1, "88.71")
    assert files.CODES[0] in gone.values["villages"]


def test_a_code_of_another_regency_than_the_row_says_is_named(tmp_path: Path) -> None:
    rows = columns(lambda row, n: {**row, "kabupaten": "Kota Rekaan" if n else "Kabupaten Antah Berantah"})

    _, findings, _ = understood(files.geojson(tmp_path / "a.geojson", rows), code_column="kode", profile="own")

    assert [each.place.line for each in findings if each.message == "finding.regency_other"] == [1]


def test_one_code_on_two_rows_of_different_districts_is_two_regions(tmp_path: Path) -> None:
    rows = columns(
        lambda row, n: {
            **row,
            "nama_desa": "Sama",
            "kecamatan": f"Kec {n}",
            "kode": files.CODES[0] if n < 2 else row["kode"],
        }
    )

    draft, findings, error = understood(files.geojson(tmp_path / "a.geojson", rows), dissolve=True, unknown=True)

    assert error is not None and error.message == "question.in_part"
    assert draft.refused == (0, 1)
    assert {each.message for each in findings if each.place.line in (1, 2)} >= {"finding.code_of_two"}


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_names_alike_are_suggested_with_a_score_and_taken_only_as_far_as_a_person_says(tmp_path: Path) -> None:
    def change(row: Mapping[str, Any], n: int) -> dict[str, Any]:
        return {"KELURAHAN": f"Kel. {row['nama']}" if n else "Kelurahan Aa", "KECAMATAN": upper(row)["district"]}

    official = {K: {**files.OFFICIAL, files.CODES[0]: "Kelurahan Aaa"}}
    path = files.geojson(tmp_path / "a.geojson", columns(change))

    draft, findings, error = understood(path, official, parents=("88.71",))
    assert isinstance(error, Question) and error.options[0] == "--accept-names"
    assert len(draft.suggestions) >= 11
    assert verdict(path, official, parents=("88.71",), accept=Acceptance(score=100)).message == "question.in_part"
    assert verdict(path, official, parents=("88.71",), accept=Acceptance(score=100), partial=True).regions == 11
    assert any(each.message in ("finding.name_near", "finding.name_unknown") for each in findings)


def test_a_file_of_suggestions_is_marked_and_read_back(tmp_path: Path) -> None:
    path = files.geojson(tmp_path / "a.geojson", columns(big))
    out = tmp_path / "usulan.csv"
    write(out, understood(path).draft.suggestions, {"why.equal": "sama", "why.parent_near": "x"})

    with pytest.raises(BadRequest, match="suggestions_none"):
        acceptance(str(out))
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    out.write_text("\n".join([lines[0], *(line + "ya" for line in lines[1:12]), f"{lines[12]}tidak"]) + "\n")
    assert verdict(path, accept=acceptance(str(out))) == Verdict(
        "question.in_part", "big25k", "kemendagri", 12, 0, 0, 1
    )
    assert verdict(path, accept=acceptance(str(out)), partial=True).regions == 11


def test_suggestions_of_another_file_are_refused(tmp_path: Path) -> None:
    path = files.geojson(tmp_path / "a.geojson", columns(big))
    out = tmp_path / "usulan.csv"
    write(out, understood(path).draft.suggestions, {"why.equal": "sama"})
    out.write_text(out.read_text(encoding="utf-8-sig").replace(",100,sama,", ",100,sama,ya"))

    assert verdict(files.geojson(path, columns(big)[::-1]), accept=acceptance(str(out))).message == "error.names_stale"
    with pytest.raises(NotFound):
        acceptance(str(tmp_path / "none.csv"))


def test_without_a_list_names_are_nothing_to_go_by(tmp_path: Path) -> None:
    path = files.geojson(tmp_path / "a.geojson", columns(big))

    assert verdict(path, {}).message == "error.names_need_list"


def test_a_parent_that_does_not_exist_is_said(tmp_path: Path) -> None:
    error = understood(files.geojson(tmp_path / "a.geojson", columns(osm)), parents=("99.99",)).error

    assert isinstance(error, BadRequest) and error.message == "error.no_parent"


# ── places on the earth ────────────────────────────────────────────────────────────────────────────────────────


def test_swapped_features_are_named_and_turned_when_a_person_says_so(tmp_path: Path) -> None:
    whole = files.city()
    swapped = files.moved(whole, lambda x, y: (y, x))
    path = files.geojson(tmp_path / "a.geojson", whole[:5] + swapped[5:7] + whole[7:])

    error = understood(path).error
    draft, findings, none = understood(path, swap_axes=True)

    assert isinstance(error, Question)
    assert (error.message, error.options, error.values["rows"]) == ("error.axes_mixed", ("--swap-axes",), "6, 7")
    assert none is None
    assert lookalikes.regions(draft) == lookalikes.regions(understood(files.geojson(path, whole)).draft)
    assert any(each.message == "finding.axes_turned" for each in findings)


@pytest.mark.parametrize(
    ("crs", "system"), [(32749, "EPSG:32749 (UTM 49S)"), (23836, "EPSG:23836 (TM-3 49.2)"), (3857, "EPSG:3857")]
)
def test_metres_without_a_system_get_the_systems_that_fit_the_codes(tmp_path: Path, crs: int, system: str) -> None:
    from pyproj import Transformer

    metres = Transformer.from_crs(4326, crs, always_xy=True).transform
    rows = columns(lambda row, n: {**row, "kode": row["kode"].replace("88", "35", 1)})
    path = files.geojson(tmp_path / "a.geojson", files.moved(rows, metres))

    error = understood(path, {}).error

    assert isinstance(error, Question) and error.options == ("--crs",)
    assert system in error.values["systems"]
    assert understood(path, {}, crs=f"EPSG:{crs}").error is None


def test_regions_far_from_their_province_are_not_believed(tmp_path: Path) -> None:
    rows = columns(lambda row, n: {**row, "kode": row["kode"].replace("88", "11", 1)})
    path = files.geojson(tmp_path / "a.geojson", rows)

    error = understood(path, {}).error
    _, findings, insisted = understood(path, {}, crs="EPSG:4326")

    assert isinstance(error, Question) and error.message == "error.far_away"
    assert insisted is None and any(each.message == "finding.far_away" for each in findings)


def test_a_refusal_of_the_whole_is_no_question_where_nothing_can_be_said(tmp_path: Path) -> None:
    error = understood(files.geojson(tmp_path / "a.geojson", columns(SOURCES["nothing"][0]))).error

    assert isinstance(error, Refused) and not isinstance(error, Question)
