"""Files of codes: a list or a crosswalk is told by its columns, what cannot be read is named, nothing is guessed."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from geoapp.cli import run
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.errors import GeoappError, NotFound, Refused
from geoapp.releases.code_files import CodeList, Crosswalk, read_codes
from geoapp.store import places
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests.releases.conftest import SHARED

LINKS = [(f"3573010{n:03d}", f"35.73.01.{1000 + n}", f"Desa {chr(64 + n)}") for n in range(1, 21)]


def written(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]], sign: str = ",") -> Path:
    path.write_text("\n".join(sign.join(row) for row in [header, *rows]) + "\n", encoding="utf-8")
    return path


def crosswalk(path: Path) -> Crosswalk:
    found = read_codes(path)
    assert isinstance(found, Crosswalk)
    return found


@pytest.mark.parametrize(
    ("header", "order", "sign"),
    [
        (("kode_bps", "nama_bps", "kode_dagri", "nama_dagri"), "bnkn", ","),
        (("KODE KEMENDAGRI", "NAMA KEMENDAGRI", "NAMA BPS", "KODE BPS"), "knnb", ";"),
        (("no", "kode_kemendagri", "kode_bps"), "-kb", "\t"),
        (("bps", "kemendagri"), "bk", ";"),
        (("nama_desa", "kdbps", "kd_permendagri"), "nbk", ","),
        (("IDDESA", "Kode Dagri"), "bk", ","),
    ],
)
@pytest.mark.parametrize("dotted", [True, False])
def test_a_crosswalk_is_told_by_its_columns_in_any_order(
    tmp_path: Path, header: Sequence[str], order: str, sign: str, dotted: bool
) -> None:
    rows = [
        [{"b": b, "k": k if dotted else k.replace(".", ""), "n": name, "-": "7"}[part] for part in order]
        for b, k, name in LINKS
    ]

    found = crosswalk(written(tmp_path / "padanan_2020.csv", header, rows, sign))

    assert [(each.bps, each.kemendagri) for each in found.links] == [(b, k) for b, k, _ in LINKS]
    assert (found.levels, found.ambiguous, found.doubt, found.skipped.n) == ((Level.VILLAGE,), 0, None, 0)


def test_of_several_columns_of_codes_those_of_the_lowest_level_are_linked(tmp_path: Path) -> None:
    header = [
        "kode_provinsi",
        "bps_kode_kecamatan",
        "bps_kode_desa",
        "kemendagri_kode_kecamatan",
        "kemendagri_kode_desa",
    ]
    rows = [["35", b[:7], b, k[:8], k] for b, k, _ in LINKS]

    found = crosswalk(written(tmp_path / "a.csv", header, rows))

    assert [(each.bps, each.kemendagri) for each in found.links] == [(b, k) for b, k, _ in LINKS]


def test_titles_above_the_header_and_rows_without_a_partner_are_no_links(tmp_path: Path) -> None:
    rows = [["Padanan kode", "", ""], ["kode_bps", "nama", "kode_dagri"], *([b, n, k] for b, k, n in LINKS)]
    rows += [["3573010099", "Desa Z", ""], ["", "", ""], [LINKS[0][0], LINKS[0][2], LINKS[0][1]]]

    found = crosswalk(written(tmp_path / "a.csv", ["Tabel 1", "", ""], rows))

    assert len(found.links) == 20
    assert (found.skipped.blank, found.skipped.repeated, found.skipped.unread) == (1, 1, ())


def test_a_code_with_two_partners_is_kept_and_counted(tmp_path: Path) -> None:
    rows = [[b, k] for b, k, _ in LINKS] + [[LINKS[0][0], "35.73.01.1099"]]

    found = crosswalk(written(tmp_path / "a.csv", ["kode_bps", "kode_dagri"], rows))

    assert (len(found.links), found.ambiguous) == (21, 2)


def test_rows_whose_codes_are_of_two_levels_or_no_codes_are_named_and_too_many_refuse_the_file(tmp_path: Path) -> None:
    header, rows = ["kode_bps", "kode_dagri"], [[b, k] for b, k, _ in LINKS]

    one = crosswalk(written(tmp_path / "a.csv", header, [*rows, ["3573010", "35.73.01.1001"]]))
    with pytest.raises(GeoappError) as refused:
        read_codes(written(tmp_path / "b.csv", header, [["35730A0001", "35.73.01.1001"], *rows, ["35", "??"]]))

    assert one.skipped.unread == (22,)
    assert refused.value.message == "error.code_list_half_read"
    assert (refused.value.values["n"], refused.value.values["lines"]) == (2, "2, 23")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (["kode_bps", "kode_bps_2019", "kode_dagri"], "error.code_list_several"),
        (["kode", "luas", "penduduk"], "error.code_list_columns"),
        (["desa", "kecamatan", "penduduk"], "error.code_list_columns"),
    ],
)
def test_what_is_neither_is_refused(tmp_path: Path, header: Sequence[str], message: str) -> None:
    path = written(tmp_path / "a.csv", header, [[b, b, k] for b, k, _ in LINKS])

    with pytest.raises(GeoappError) as refused:
        read_codes(path)

    assert refused.value.message == message


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"code,name\n\0\1\2")
    (tmp_path / "b.csv.gz").write_bytes(b"\x1f\x8b not packed")
    (tmp_path / "c.csv.gz").write_bytes(gzip.compress(b"code,name\n88.71,Kota\n" * 50)[:40])

    for name in ("a.csv", "b.csv.gz", "c.csv.gz", "tidak-ada.csv"):
        with pytest.raises((Refused, NotFound)):
            read_codes(tmp_path / name)


def test_a_workbook_is_read_like_a_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Keterangan"])
    sheet = book.create_sheet("Kode")
    sheet.append(["Padanan kode wilayah"])
    sheet.append(["Kode BPS", "Nama BPS", "Kode Kemendagri"])
    for bps, kemendagri, name in LINKS:
        sheet.append([int(bps), name, kemendagri])
    book.save(tmp_path / "padanan.xlsx")

    found = crosswalk(tmp_path / "padanan.xlsx")

    assert [(each.bps, each.kemendagri) for each in found.links] == [(b, k) for b, k, _ in LINKS]


def test_a_list_may_name_its_system_in_the_header_of_its_codes(tmp_path: Path) -> None:
    found = read_codes(written(tmp_path / "a.csv", ["nama_wilayah", "kode_bps"], [["Kota Kecil", "3573"]], ";"))

    assert isinstance(found, CodeList)
    assert found.system is CodeSystem.BPS
    assert [(code.text, name) for code, name in found.names.items()] == [("3573", "Kota Kecil")]


def test_equal_names_on_both_sides_of_a_long_crosswalk_raise_a_doubt_under_any_file_name(tmp_path: Path) -> None:
    rows = [
        [f"35730{d:02d}{n:03d}", f"Desa {d} {n}", f"35.73.{d:02d}.{1000 + n}"] for d in (1, 2) for n in range(1, 81)
    ]
    header = ["kode_bps", "nama_bps", "kode_dagri", "nama_dagri"]
    alike = [[*row, f"DESA {row[1].removeprefix('Desa ')}"] for row in rows]
    spelled = [[*row, row[1] if n % 20 else f"{row[1]} Lama"] for n, row in enumerate(rows)]

    assert crosswalk(written(tmp_path / "a.csv", header, alike)).doubt == ("codes.proposal_names", {})
    assert crosswalk(written(tmp_path / "b.csv", header, spelled)).doubt is None
    found = crosswalk(written(tmp_path / "usulan.csv", header, spelled))
    assert found.doubt == ("codes.proposal_word", {"word": "usulan"})


@pytest.fixture
def at_this_database(urls: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    monkeypatch.setenv("GEOAPP_LANG", "en")


@pytest.mark.usefixtures("at_this_database")
def test_a_crosswalk_is_imported_listed_and_removed(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [[b, k] for b, k, _ in LINKS] + [[LINKS[0][0], "35.73.01.1099"], ["3573010099", ""]]
    path = str(written(tmp_path / "bridging_2020_desa.csv", ["kode_bps", "kode_dagri"], rows))

    assert run(["codes", "import", path]) == 0
    assert run(["codes", "import", path, "--status", "proposal", "--json"]) == 0
    assert run(["codes", "list"]) == 0
    assert run(["codes", "remove", "bps-kemendagri-2020-village-proposal"]) == 0
    assert run(["codes", "remove", "bps-kemendagri-2020-village-proposal"]) == 1

    said = capsys.readouterr()
    assert "Crosswalk bps-kemendagri-2020-village is loaded: 21 links, official." in said.out
    assert "2 links share a code with another." in said.out
    assert "1 row without a code or a name was left out." in said.out
    answered = json.loads(said.out[said.out.index("{") : said.out.index("}") + 1])
    assert (answered["status"], answered["links"], answered["blank"]) == ("proposal", 21, 1)
    assert "There is no list or crosswalk" in said.err
    with store.begin() as connection:
        assert [each.id for each in places.crosswalks(connection)] == ["bps-kemendagri-2020-village"]


@pytest.mark.usefixtures("at_this_database")
def test_a_derived_crosswalk_is_a_proposal_unless_a_person_vouches_for_it(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "derived_2024.csv", ["kode_bps", "kode_dagri"], [[b, k] for b, k, _ in LINKS])

    assert run(["codes", "import", str(path)]) == 0
    assert run(["codes", "import", str(path), "--status", "official"]) == 0

    said = capsys.readouterr().out
    assert "loaded as a proposal: 20 links" in said
    assert said.count("It says itself that no office made it (derived)") == 1
    with store.begin() as connection:
        assert {each.status for each in places.crosswalks(connection)} == {"proposal", "official"}


@pytest.mark.usefixtures("at_this_database")
@pytest.mark.skipif(not (SHARED / "codes").is_dir(), reason="the real lists are not here")
def test_the_real_lists_and_crosswalks_load_whole(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    answered = {}
    for path in sorted((SHARED / "codes").glob("*.csv.gz")):
        assert run(["codes", "import", str(path), "--json"]) == 0
        answered[path.name.split(".")[0]] = json.loads(capsys.readouterr().out)

    assert {name: said.get("links", said.get("codes")) for name, said in answered.items()} == {
        "bps_2024_kode_nama_desa": 84_210,
        "crosswalk_bps_kemendagri_2020_kabkota": 514,
        "crosswalk_bps_kemendagri_2020_kecamatan": 6_857,
        "derived_crosswalk_bps2024_kemendagri2025_desa_by_name": 72_735,
        "kemendagri_2025_kode_nama": 91_599,
    }
    assert sum(said["skipped"] for said in answered.values()) == 0
    with store.begin() as connection:
        held = {each.id: each.status for each in places.crosswalks(connection)}
        link = places.crosswalk(connection, CodeSystem.BPS, ["1101010", "1101010001"])
    assert held == {
        "bps-kemendagri-2020-district": "official",
        "bps-kemendagri-2020-regency": "official",
        "bps-kemendagri-2025-village-proposal": "proposal",
    }
    assert link["1101010"] == (places.CrossCode("11.09.07", "official", True),)
    assert link["1101010001"] == (places.CrossCode("11.09.07.2008", "proposal", True),)
