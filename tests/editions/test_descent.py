"""What two editions suggest of a lineage: splits, merges, moves, new names and kinds, and no border drawn anew."""

import csv
from datetime import date
from pathlib import Path

import shapely

from geoapp.domain.codes import CodeSystem
from geoapp.domain.lineage import Kind
from geoapp.domain.lineage_faults import faults
from geoapp.editions.descent import COLUMNS, Drawn, Suggested, suggest, write

DAY = date(2024, 1, 1)
A, B, C, D, E = (f"35.73.01.200{n}" for n in range(1, 6))


def drawn(code: str, name: str, west: float, south: float, east: float, north: float) -> Drawn:
    """A rectangle in hundredths of a degree near the equator."""
    shape = shapely.box(110 + west / 100, south / 100, 110 + east / 100, north / 100)
    return Drawn(code, name, shapely.to_wkb(shape))


def steps(old: list[Drawn], new: list[Drawn]) -> list[tuple[str, str, Kind, float | None]]:
    found = suggest(CodeSystem.KEMENDAGRI, old, new, DAY).steps
    assert faults(each.step for each in found) == ()
    return [(each.step.old, each.step.new, each.step.kind, each.step.share) for each in found]


def test_a_new_code_within_an_old_region_is_a_split_with_shares_of_the_area() -> None:
    old = [drawn(A, "Satu", 0, 0, 4, 4), drawn(B, "Dua", 4, 0, 8, 4)]
    new = [drawn(A, "Satu", 0, 0, 3, 4), drawn(C, "Tiga", 3, 0, 4, 4), drawn(B, "Dua", 4, 0, 8, 4)]

    assert steps(old, new) == [(A, A, Kind.SPLIT, 0.75), (A, C, Kind.SPLIT, 0.25)]


def test_a_small_new_village_in_a_large_old_one_is_seen() -> None:
    old = [drawn(A, "Satu", 0, 0, 10, 10)]
    new = [drawn(A, "Satu", 0, 1, 10, 10), drawn(C, "Tiga", 0, 0, 4, 1)]

    assert steps(old, new) == [(A, A, Kind.SPLIT, 0.9574), (A, C, Kind.SPLIT, 0.0426)]


def test_a_code_that_ended_within_another_is_a_merge() -> None:
    old = [drawn(A, "Satu", 0, 0, 2, 2), drawn(B, "Dua", 2, 0, 4, 2)]
    assert steps(old, [drawn(A, "Satu", 0, 0, 4, 2)]) == [(A, A, Kind.MERGE, None), (B, A, Kind.MERGE, None)]


def test_one_code_for_another_is_a_move_a_change_of_kind_or_a_new_name() -> None:
    old = [drawn(A, "Satu", 0, 0, 2, 2), drawn(B, "Dua", 2, 0, 4, 2), drawn(C, "Tiga", 4, 0, 6, 2)]
    new = [
        drawn("35.73.02.2001", "Satu", 0, 0, 2, 2),
        drawn("35.73.01.1002", "Dua", 2, 0, 4, 2),
        drawn(C, "Tiga Jaya", 4, 0, 6, 2),
    ]

    assert steps(old, new) == [
        (A, "35.73.02.2001", Kind.MOVE, None),
        (B, "35.73.01.1002", Kind.KIND, None),
        (C, C, Kind.RENAME, None),
    ]


def test_a_border_drawn_anew_between_two_that_stay_is_no_change() -> None:
    old = [drawn(A, "Satu", 0, 0, 4, 4), drawn(B, "Dua", 4, 0, 8, 4)]
    assert steps(old, [drawn(A, "SATU", 0, 0, 5, 4), drawn(B, "Dua", 5, 0, 8, 4)]) == []


def test_an_old_code_whose_land_is_in_no_new_region_is_told() -> None:
    old = [drawn(A, "Satu", 0, 0, 4, 4), drawn(E, "Lima", 40, 0, 44, 4)]
    found = suggest(CodeSystem.KEMENDAGRI, old, [drawn(A, "Satu", 0, 0, 4, 4)], DAY)

    assert found == ((), (E,))


def test_the_file_has_a_place_for_the_act_and_for_a_yes(tmp_path: Path) -> None:
    old, new = [drawn(D, "=Empat", 0, 0, 4, 4)], [drawn(E, "Lima", 0, 0, 4, 4)]
    found: tuple[Suggested, ...] = suggest(CodeSystem.KEMENDAGRI, old, new, DAY).steps
    out = tmp_path / "silsilah.csv"
    write(out, found, {each.why: each.why for each in found})

    with out.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert tuple(row) == COLUMNS
    assert (row["old"], row["old_name"], row["new"], row["kind"]) == (D, "'=Empat", E, "rename")
    assert (row["date"], row["legal_basis"], row["accept"]) == ("2024-01-01", "", "")
