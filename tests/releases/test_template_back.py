"""A filled template comes back from any program without an option or a finding, with all that was typed."""

import json
from pathlib import Path
from typing import Any

import pytest

from geoapp.catalogue import Catalogue
from geoapp.cli import run
from geoapp.domain.levels import Level
from geoapp.domain.observations import Mark, State
from geoapp.domain.periods import Period
from geoapp.releases.intake import Intake, import_file
from geoapp.releases.options import Asked, Options
from geoapp.store import intake
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests.releases.conftest import make_edition
from tests.releases.filling import (
    CODES,
    HALF,
    REGIONS,
    Y2024,
    Cells,
    Convert,
    as_ods,
    fill,
    made,
    make_rw_edition,
    open_sheet,
    wanted,
)


@pytest.fixture
def mixed(store: Store) -> str:
    """An edition of six kelurahan and six desa in two districts."""
    return make_edition(store, "kota-campur-2025", REGIONS)


def bring(store: Store, catalogue: Catalogue, path: Path, options: Options | None = None) -> Intake:
    return import_file(store, catalogue.indicators, path, options or Options())


def said(store: Store, taken: Intake, slug: str, period: Period = Y2024) -> dict[str, Any]:
    """What was staged of one indicator: code → figure, category or state."""
    assert taken.batch is not None
    with store.begin() as connection:
        rows = list(intake.staged_of(connection, taken.batch))
    return {
        code: each.figure if each.figure is not None else each.category or each.state
        for indicator, when, code, each, _ in rows
        if (indicator, when) == (slug, period)
    }


@pytest.fixture
def at_this_database(urls: Urls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    monkeypatch.setenv("GEOAPP_LANG", "id")
    monkeypatch.setenv("GEOAPP_SITE", str(tmp_path / "site"))


@pytest.mark.parametrize("convert", [lambda path: path, as_ods], ids=["xlsx", "ods"])
def test_a_filled_template_comes_back_without_an_option_or_a_finding(
    store: Store, mixed: str, catalogue: Catalogue, tmp_path: Path, convert: Convert
) -> None:
    asked = wanted("penduduk", "air_layak_persen", "idm", "idm_status", "sinyal")
    path = made(store, catalogue, tmp_path / "isian.xlsx", asked)
    people: Cells = {("Jumlah penduduk 2024", code): 1000 + n for n, code in enumerate(CODES)}
    water: Cells = {
        ("Persentase rumah tangga dengan air minum layak 2024", code): 50.5 + n for n, code in enumerate(CODES)
    }
    desa: Cells = {("Indeks Desa Membangun (IDM) 2024", code): 0.5 + n / 100 for n, code in enumerate(CODES[6:])}
    status: Cells = {("Status IDM 2024", code): "Berkembang" for code in CODES[6:]}
    signal: Cells = {("Kekuatan sinyal seluler 2024", code): "Sangat kuat" for code in CODES}
    fill(path, {**people, **water, **desa, **status, **signal})

    taken = bring(store, catalogue, convert(path))

    assert taken.draft.report.findings == ()
    assert taken.draft.report.question is None
    assert taken.draft.report.counts["joined"] == taken.draft.report.counts["read"] == 12
    assert said(store, taken, "penduduk") == {code: 1000.0 + n for n, code in enumerate(CODES)}
    assert said(store, taken, "air_layak_persen") == {code: 50.5 + n for n, code in enumerate(CODES)}
    idm = said(store, taken, "idm")
    assert {idm[code] for code in CODES[:6]} == {State.NOT_APPLICABLE}
    assert [idm[code] for code in CODES[6:]] == pytest.approx([0.5 + n / 100 for n in range(6)])
    assert {said(store, taken, "idm_status")[code] for code in CODES[6:]} == {"berkembang"}
    assert set(said(store, taken, "sinyal").values()) == {"sangat_kuat"}


@pytest.mark.parametrize("convert", [lambda path: path, as_ods], ids=["xlsx", "ods"])
def test_states_marks_and_numbers_as_text_survive(
    store: Store, mixed: str, catalogue: Catalogue, tmp_path: Path, convert: Convert
) -> None:
    typed = [1200, None, "-", 0, "1250*", "1.300r", "tidak berlaku", "…", "1.400", "0", "tad", 7]
    path = made(store, catalogue, tmp_path / "isian.xlsx", wanted("penduduk"))
    fill(path, {("Jumlah penduduk 2024", code): value for code, value in zip(CODES, typed, strict=True)})

    taken = bring(store, catalogue, convert(path))

    missing, impossible = State.MISSING, State.NOT_APPLICABLE
    expected = [1200.0, missing, missing, 0.0, 1250.0, 1300.0, impossible, missing, 1400.0, 0.0, missing, 7.0]
    found = said(store, taken, "penduduk")
    assert [found[code] for code in CODES] == expected
    with store.begin() as connection:
        marks = {code: each.marks for _, _, code, each, _ in intake.staged_of(connection, taken.batch or 0)}
    assert (marks[CODES[4]], marks[CODES[5]]) == ({Mark.PROVISIONAL}, {Mark.REVISED})


def test_a_column_nobody_touched_says_nothing(store: Store, mixed: str, catalogue: Catalogue, tmp_path: Path) -> None:
    path = made(store, catalogue, tmp_path / "isian.xlsx", wanted("penduduk", "kk", periods=(Y2024, HALF)))
    fill(path, {("Jumlah penduduk 2024", code): 5 for code in CODES})

    taken = bring(store, catalogue, path)

    assert taken.draft.periods == {"penduduk": (Y2024,)}


def test_where_most_regions_cannot_have_a_figure_the_others_come_back(
    store: Store, catalogue: Catalogue, tmp_path: Path
) -> None:
    kelurahan = {f"35.73.01.{1000 + n}": f"Kelurahan {n}" for n in range(1, 40)}
    make_edition(store, "kota-besar-2025", {**kelurahan, "35.73.01.2040": "Desa"})
    path = made(store, catalogue, tmp_path / "isian.xlsx", wanted("idm", edition="kota-besar-2025"))
    fill(path, {("Indeks Desa Membangun (IDM) 2024", "35.73.01.2040"): 0.7})

    taken = bring(store, catalogue, path)

    assert (taken.draft.report.question, taken.draft.report.findings) == (None, ())
    found = said(store, taken, "idm")
    assert found.pop("35.73.01.2040") == 0.7
    assert set(found.values()) == {State.NOT_APPLICABLE} and len(found) == 39


def test_a_second_filled_template_of_the_same_form_has_no_finding_either(
    store: Store, mixed: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    path = made(store, catalogue, tmp_path / "isian.xlsx", wanted("penduduk"))
    for figure in (1000, 1010):
        fill(path, {("Jumlah penduduk 2024", code): figure + n for n, code in enumerate(CODES)})
        taken = bring(store, catalogue, path)
        assert taken.draft.report.findings == ()


@pytest.mark.parametrize("convert", [lambda path: path, as_ods], ids=["xlsx", "ods"])
def test_a_template_of_districts_or_of_rw_comes_back_at_its_level(
    store: Store, mixed: str, catalogue: Catalogue, tmp_path: Path, convert: Convert
) -> None:
    rw = make_rw_edition(store)
    for edition, level, name in ((mixed, Level.DISTRICT, "Kecamatan"), (rw, Level.RW, "RW")):
        asked = wanted("penduduk", edition=edition, level=level)
        path = made(store, catalogue, tmp_path / f"{name}.xlsx", asked)
        codes = [str(row[0].value) for row in open_sheet(path).iter_rows(min_row=4)]
        assert open_sheet(path)["B3"].value == name
        fill(path, {("Jumlah penduduk 2024", code): 100 + n for n, code in enumerate(codes)})

        taken = bring(store, catalogue, convert(path))

        assert (taken.draft.report.level, taken.draft.report.findings) == (level, ())
        assert said(store, taken, "penduduk") == {code: 100.0 + n for n, code in enumerate(codes)}


def test_a_template_of_an_area_asks_that_area_alone(
    store: Store, mixed: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    path = made(store, catalogue, tmp_path / "isian.xlsx", wanted("penduduk", area="35.73.02"))
    fill(path, {("Jumlah penduduk 2024", code): 5 for code in CODES[6:]})

    taken = bring(store, catalogue, path)

    assert [(each.asked, each.figure) for each in taken.draft.report.series] == [(6, 6)]
    assert set(said(store, taken, "penduduk")) == set(CODES[6:])


def test_what_a_person_says_goes_before_what_the_template_says(
    store: Store, mixed: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    path = made(store, catalogue, tmp_path / "isian.xlsx", wanted("penduduk"))
    fill(path, {("Jumlah penduduk 2024", code): 5 for code in CODES})
    other = Options(indicators=(Asked("kk", "Jumlah penduduk 2024", Period("2023")),))

    assert bring(store, catalogue, path, other).draft.periods == {"kk": (Period("2023"),)}


def test_the_command_writes_a_template_and_import_takes_it_back(
    at_this_database: None, mixed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "isian.xlsx"
    asked = ["statistics", "template", "--edition", mixed, "--indicator", "penduduk", "--period", "2024"]

    assert run([*asked, "-o", str(path)]) == 0
    assert "12 wilayah, 1 kolom" in capsys.readouterr().out
    fill(path, {("Jumlah penduduk 2024", code): 7 for code in CODES})
    assert run(["statistics", "import", str(path), "--json"]) == 0

    report = json.loads(capsys.readouterr().out)
    assert (report["rows"]["joined"], report["findings"], report["question"]) == (12, [], None)
    assert (report["indicators"], report["periods"], report["edition"]) == (["penduduk"], ["2024"], mixed)
