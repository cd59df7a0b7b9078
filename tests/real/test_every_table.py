"""Every real table does what is known of it: the verdict, the counts, and every figure on its own village."""

import csv
import gzip
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.real.conftest import AREAS, B, Check, K, Names, Staged, read_census
from tests.real.tables import CASES, Case, asked


def _series(report: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, int]]:
    return {(each["indicator"], each["period"]): each for each in report["regions"]}


def _sentences(report: Mapping[str, Any]) -> str:
    said = [each["sentence"] for each in report["findings"]] + [each["sentence"] for each in report["understood"]]
    question = report["question"]
    return " ".join([*said, question["sentence"] if question else "", *(each["sentence"] for each in report["others"])])


def _cut(file: Path, path: Path, wanted: Callable[[tuple[str, str, str, float]], bool]) -> Path:
    """The header and the wanted lines of the census, the groups of the first one filled in."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        header, *rows = list(csv.reader(lines))
    above, kept = [""] * 6, []
    for row, told in zip(rows, read_census(file), strict=True):
        above = [cell or before for cell, before in zip(row, above, strict=False)]
        if wanted(told):
            kept.append([*above, *row[6:]] if not kept else row)
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([header, *kept])
    return path


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_real_table_gets_the_verdict_that_is_known_of_it(case: Case, checked: Check, data: Path) -> None:
    code, report = checked(data / "statistics" / case.file, case.edition, *case.arguments)

    rows = report["rows"]
    assert {fate: rows[fate] for fate in case.rows} == dict(case.rows), report["findings"]
    assert rows["read"] == sum(rows[fate] for fate in rows if fate != "read")
    series = _series(report)
    assert {each: series[each]["figure"] for each in case.figures} == dict(case.figures)
    assert {each: series[each]["state"] for each in case.states} == dict(case.states)
    for each in series.values():
        assert each["asked"] == each["figure"] + each["state"] + each["no_row"]
    for option in case.asks:
        assert report["question"] is not None and option in report["question"]["options"]
    for word in case.says:
        assert word in _sentences(report).lower()
    assert code == (0 if rows["joined"] else 1)
    assert case.system in (None, report["code_system"])


# ── every figure on its own village ────────────────────────────────────────────────────────────────────────────


def _plain(name: str) -> str:
    """Letters and digits alone, a roman number at the end as digits."""
    words = re.findall(r"[A-Z0-9]+", name.upper())
    if all(len(word) == 1 for word in words):  # S P A C E D
        return "".join(words)
    words[-1:] = [{"I": "1", "II": "2", "III": "3", "IV": "4"}.get(word, word) for word in words[-1:]]
    return "".join(words)


def test_census_codes_in_four_columns_join_the_bps_villages_they_name_and_no_others(
    data: Path, staged: Staged, names: Names
) -> None:
    file = data / "statistics" / "census_2010_villages.csv.gz"
    found = staged(file, "malang-b", *asked("penduduk=Population", period="2010"))

    truth = {code: figure for code, _, _, figure in read_census(file) if code.startswith("3573") and code in names[B]}
    assert {code: figure for (_, _, code), figure in found.items()} == truth


@pytest.mark.parametrize("area", ["bandung", "banjarmasin", "cilacap"])
def test_the_census_of_one_regency_joins_the_bps_villages_it_names(
    area: str, data: Path, staged: Staged, names: Names, tmp_path: Path
) -> None:
    file, begins = data / "statistics" / "census_2010_villages.csv.gz", AREAS[area].replace(".", "")
    cut = _cut(file, tmp_path / "sensus.csv", lambda row: row[0].startswith(begins))
    found = staged(cut, f"{area}-b", *asked("penduduk=Population", period="2010"))

    truth = {code: figure for code, _, _, figure in read_census(file) if code.startswith(begins) and code in names[B]}
    assert {code: figure for (_, _, code), figure in found.items()} == truth


@pytest.mark.parametrize("area", ["malang", "medan", "bandung", "banjarmasin", "batu"])
def test_census_names_reach_their_kemendagri_villages_when_a_person_agrees_and_never_another(
    area: str, data: Path, checked: Check, staged: Staged, names: Names, tmp_path: Path
) -> None:
    file = data / "statistics" / "census_2010_villages.csv.gz"
    wanted = [row for row in read_census(file) if row[1] == area.upper() and row[0][2] == "7"]
    codes = {code for code, *_ in wanted}  # those of Medan begin otherwise in each system
    cut = _cut(file, tmp_path / "sensus.csv", lambda row: row[0] in codes)
    indicators = asked("penduduk=Population", period="2010")
    code, report = checked(cut, f"{area}-k", *indicators)
    assert (code, report["rows"]["joined"]) == (1, 0)
    assert report["question"] is not None and "--accept" in report["question"]["options"]

    found = staged(cut, f"{area}-k", *indicators, "--accept", "100")

    truth: dict[str, set[float]] = {}
    for _, _, name, figure in wanted:
        truth.setdefault(_plain(name), set()).add(figure)
    wrong = {
        code: (names[K][code], figure)
        for (_, _, code), figure in found.items()
        if figure not in truth.get(_plain(names[K][code]), set())
    }
    assert not wrong
    official = [_plain(name) for code, name in names[K].items() if code.startswith(AREAS[area]) and len(code) == 13]
    assert len(found) >= 0.97 * sum(official.count(each) == 1 and each in truth for each in official)


def test_names_of_medan_go_where_their_key_says(data: Path, staged: Staged) -> None:
    folder = data / "statistics"
    arguments = asked("kk=Jumlah keluarga", "luas_km2=Luas (km²)", period="2020")
    found = staged(folder / "made_medan_names_cp1252.csv", "medan-k", *arguments, "--accept", "60")

    with (folder / "made_medan_names_key.csv").open(encoding="utf-8") as lines:
        key = [row["kode_kemendagri_2025"] for row in csv.DictReader(lines)]
    with (folder / "made_medan_names_cp1252.csv").open(encoding="cp1252") as lines:
        rows = [line.rstrip("\r\n").split(";") for line in lines][3:33]
    truth = {code: float(row[2].replace(".", "")) for code, row in zip(key, rows, strict=True) if row[2][:1].isdigit()}
    assert {code: figure for (slug, _, code), figure in found.items() if slug == "kk"} == truth


def test_the_sum_of_both_sexes_is_taken_only_where_both_are_there(data: Path, staged: Staged) -> None:
    file = data / "statistics" / "bandung_jumlah_penduduk_jk_semester.csv"
    found = staged(file, "bandung-k", *asked("penduduk=jumlah_penduduk"))

    parts: dict[tuple[str, str], dict[str, set[float]]] = {}
    with file.open(encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            key = (f"{row['tahun']}-S{row['semester']}", row["KODE_KD"])
            parts.setdefault(key, {}).setdefault(row["jenis_kelamin"], set()).add(float(row["jumlah_penduduk"]))
    truth = {
        key: sum(next(iter(figures)) for figures in sexes.values())
        for key, sexes in parts.items()
        if len(sexes) == 2 and all(len(figures) == 1 for figures in sexes.values())
    }
    assert {(period, code): figure for (_, period, code), figure in found.items()} == truth


def test_every_aceh_village_gets_its_people(data: Path, staged: Staged) -> None:
    found = staged(
        data / "statistics" / "aceh_penduduk_desa_jk_2024.csv",
        "aceh-k",
        *asked("penduduk=jumlah_penduduk_berdasarkan_jenis_kelamin"),
    )

    assert len(found) == 6497
    assert sum(float(figure) for figure in found.values()) == 5_630_901
    assert sum(figure == 0 for figure in found.values()) == 1


@pytest.mark.parametrize("file", ["cilacap_penduduk_2016_2020.csv", "made_cilacap_codes_zero_lost.csv"])
def test_codes_in_two_columns_join_once_the_regency_is_said(
    file: str, data: Path, staged: Staged, names: Names
) -> None:
    path = data / "statistics" / file
    found = staged(path, "cilacap-b", *asked("penduduk=t", regency="3301"))

    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    truth = {
        (period, code): float(row[f"t_{period}"])
        for row in rows
        for period in ("2016", "2017", "2018", "2019")
        if (code := f"3301{int(row['kdkec']):03}{int(row['kddesa']):03}") in names[B]
    }
    assert {(period, code): figure for (_, period, code), figure in found.items() if "S" not in period} == truth


def test_cilacap_reaches_its_kemendagri_villages_by_district_and_name(data: Path, staged: Staged, names: Names) -> None:
    path = data / "statistics" / "cilacap_penduduk_2016_2020.csv"
    found = staged(path, "cilacap-k", *asked("penduduk=t", regency="3301", accept="100"))

    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    truth: dict[tuple[str, str], set[float]] = {}
    for row in rows:
        truth.setdefault((_plain(row["namakec"]), _plain(row["namadesa"])), set()).add(float(row["t_2019"]))
    right = wrong = 0
    for (_, period, code), figure in found.items():
        if period == "2019":
            key = (_plain(names[K][code[:8]]), _plain(names[K][code]))
            right, wrong = right + (figure in truth.get(key, set())), wrong + (figure not in truth.get(key, {figure}))
    assert wrong == 0
    assert right >= 274  # 278 of 284 agree with today's list by district and name; some districts are spelled otherwise
