"""Rows join the right region or none: by code, by crosswalk, by name within the parent, by the number of an RW."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from geoapp.domain.codes import LENGTHS, CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.regions import BoundaryStatus, Edition
from geoapp.domain.words import Words
from geoapp.errors import BadRequest, Question, Refused
from geoapp.releases.matching.match import Above, Match, Target, codes_said, match
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Row, Table
from geoapp.releases.report import RowFate
from geoapp.releases.shaping.shape import Shape

K, B = CodeSystem.KEMENDAGRI, CodeSystem.BPS
UPPERS = {
    "35": "Jawa Timur",
    "35.73": "Kota Malang",
    "35.07": "Kabupaten Malang",
    "35.73.01": "Blimbing",
    "35.73.02": "Klojen",
    "35.07.01": "Donomulyo",
}
VILLAGES = {
    "35.73.01.1001": "Balearjosari",
    "35.73.01.1002": "Sungai Mati",
    "35.73.01.1003": "Tunggul Wulung",
    "35.73.02.1001": "Sungai Mati",
    "35.73.02.1002": "Oro-oro Dowo",
    "35.73.02.1003": "Pulau Pari",
    "35.73.02.1004": "Sukamaju I",
    "35.07.01.2001": "Balearjosari",
    "35.07.01.2002": "Purwodadi",
}
BPS_NAMES = {
    "3573040001": "BALEARJOSARI",
    "3573040002": "SUNGAI MATI",
    "3573021002": "SUNGAI MATI",
    "3573030002": "ORO ORO DOWO",
    "3507010001": "BALEARJOSARI",
}
LISTS = {K: {**UPPERS, **VILLAGES}, B: BPS_NAMES}


def target(
    names: Mapping[str, str] = VILLAGES, system: CodeSystem = K, level: Level = Level.VILLAGE, **more: Any
) -> Target:
    """An edition of these villages, at one of its levels."""
    edition = Edition(
        id=f"malang-{system.value}",
        area="Malang",
        code_system=system,
        source="made",
        attribution=Words("Buatan", "Made"),
        licence="CC0",
        status=BoundaryStatus.INDICATIVE,
        dated="2025",
        base_level=more.pop("base", Level.VILLAGE),
        box=(112.0, -8.0, 113.0, -7.0),
        published_at=datetime(2025, 1, 1, tzinfo=UTC),
    )
    widths = LENGTHS[system]
    above = {
        code[: widths[n]]: Above(
            UPPERS.get(code[: widths[n]], code[: widths[n]]), Level(n + 1), code[: widths[n - 1]] if n else None
        )
        for code in names
        for n in range(min(level, Level.VILLAGE) - 1)
    }
    regions = dict(names)
    if level < Level.VILLAGE:
        regions = {code: UPPERS[code] for code in dict.fromkeys(each[: widths[level - 1]] for each in names)}
    more.setdefault("levels", frozenset((Level.REGENCY, Level.DISTRICT, Level.VILLAGE)))
    return Target(edition, regions, frozenset(above), level, {**above, **more.pop("above", {})}, **more)


def table(header: Sequence[str], *rows: Sequence[object], **more: Any) -> Table:
    """A table whose rows start on line 2."""
    lines = tuple(Row(line, tuple(row)) for line, row in enumerate(rows, 2))
    return Table("a.csv", "", tuple(header), 1, lines, **more)


def shape(
    codes: Sequence[int] = (),
    name: int | None = None,
    names: Mapping[Level, int] | None = None,
    parts: tuple[int | None, int | None, int | None, int | None] = (None, None, None, None),
    period: int | None = None,
) -> Shape:
    return Shape(tuple(codes), name, period, None, (), parts=parts, names=names or {})


def told(found: Match) -> list[str]:
    """What became of each row: its region's code, or fate and reason."""
    return [f"{each.fate.value} {each.reason}".strip() if isinstance(each, RowFate) else each for each in found.rows]


BY_NAME = shape(name=1, names={Level.DISTRICT: 0, Level.VILLAGE: 1})
HEADER = ("Kecamatan", "Kelurahan", "Penduduk")


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_names_join_within_their_district_and_near_ones_wait_for_a_yes() -> None:
    rows = table(
        HEADER,
        ("Blimbing", "SEI MATI", 1),
        ("KLOJEN", "Sungai Mati", 2),
        ("Klojen", "ORO ORO DOWO", 3),
        ("Klojen", "P. PARI", 4),
        ("Klojen", "Sukamaju 1", 5),
        ("Klojen", "Sukamaju II", 6),
        ("Lawang", "Purwodadi", 7),
        ("", "Jumlah", 28),
    )

    found = match(rows, BY_NAME, Options(), [target()], LISTS)

    assert told(found) == [
        "35.73.01.1002",
        "35.73.02.1001",
        "35.73.02.1002",
        "suggested row.suggested",
        "35.73.02.1004",
        "refused row.unknown_name",
        "refused row.unknown_parent",
        "set_aside row.total",
    ]
    waiting = found.rows[3]
    assert isinstance(waiting, RowFate)
    assert {key: waiting.values[key] for key in ("code", "official", "parent", "score", "why")} == {
        "code": "35.73.02.1003",
        "official": "Pulau Pari",
        "parent": "Klojen",
        "score": 97,
        "why": "why.abbreviation",
    }
    assert found.question is not None and not found.question.blocking
    assert (found.system, found.column, found.code_header) == (K, None, "")


def test_a_name_of_two_places_is_a_question_that_names_both() -> None:
    rows = table(("Kelurahan", "Penduduk"), ("Sungai Mati", 1), ("Oro Oro Dowo", 2))
    asked = Options(area="Kota Malang")

    found = match(rows, shape(name=0, names={Level.VILLAGE: 0}), asked, [target()], LISTS)

    assert told(found) == ["refused row.ambiguous_name", "35.73.02.1002"]
    refused = found.rows[0]
    assert isinstance(refused, RowFate)
    assert refused.values["candidates"] == "35.73.01.1002 Sungai Mati (Blimbing); 35.73.02.1001 Sungai Mati (Klojen)"
    assert found.question is not None and found.question.message == "question.ambiguous"
    assert found.asked == tuple(code for code in VILLAGES if code.startswith("35.73"))


def test_without_any_parent_names_are_not_sought_in_several_regencies() -> None:
    rows = table(("Kelurahan", "Penduduk"), ("Oro Oro Dowo", 2))

    found = match(rows, shape(name=0, names={Level.VILLAGE: 0}), Options(), [target()], LISTS)

    assert told(found) == ["refused row.no_parent"]


def test_names_of_another_place_are_refused_unless_the_edition_was_asked_for() -> None:
    rows = table(HEADER, ("Klojen", "Pulau Pari", 1), ("Klojen", "Antapani", 2), ("Lawang", "Turirejo", 3))

    with pytest.raises(Refused) as refused:
        match(rows, BY_NAME, Options(), [target()], LISTS)
    found = match(rows, BY_NAME, Options(edition="malang-kemendagri"), [target()], LISTS)

    assert refused.value.message == "error.names_fit_no_edition"
    assert told(found) == ["35.73.02.1003", "refused row.unknown_name", "refused row.unknown_parent"]


def test_a_title_that_names_a_district_is_the_area() -> None:
    rows = table(("Kelurahan", "Penduduk"), ("Sungai Mati", 1), titles=("Penduduk Kecamatan Klojen 2010",))

    found = match(rows, shape(name=0, names={Level.VILLAGE: 0}), Options(), [target()], LISTS)

    assert told(found) == ["35.73.02.1001"]
    assert (found.area, found.area_name, len(found.asked)) == ("35.73.02", "Klojen", 4)
    assert "match.area_named" in [each.message for each in found.understood]


@pytest.mark.parametrize("title", ["KECAMATAN : KLOJEN", "Kec. Klojen", "Kecamatan=Klojen"])
def test_a_title_names_a_district_as_forms_do(title: str) -> None:
    rows = table(("Kelurahan", "Penduduk"), ("Sungai Mati", 1), titles=(title,))

    assert match(rows, shape(name=0, names={Level.VILLAGE: 0}), Options(), [target()], LISTS).area_name == "Klojen"


def test_the_district_of_the_title_may_stand_beside_every_row_too() -> None:
    header, titles = ("Kecamatan", "Kelurahan", "Penduduk"), ("Penduduk Kecamatan Klojen 2010",)
    rows = table(header, ("Kec. Klojen", "Sungai Mati", 1), titles=titles)

    found = match(rows, shape(name=1, names={Level.DISTRICT: 0, Level.VILLAGE: 1}), Options(), [target()], LISTS)

    assert told(found) == ["35.73.02.1001"]


def test_what_a_file_is_called_names_no_area() -> None:
    rows = table(("Kelurahan", "Penduduk"), ("Sungai Mati", 1))
    where = shape(name=0, names={Level.VILLAGE: 0})

    plain, renamed = (
        match(replace(rows, file=name), where, Options(), [target()], LISTS)
        for name in ("a.csv", "penduduk_kecamatan_klojen.csv")
    )

    assert (renamed.area, told(renamed)) == (plain.area, told(plain)) == ("", told(plain))


def test_a_regency_without_its_kind_lets_nothing_join_that_no_district_confirms() -> None:
    header = ("Kabupaten/Kota", "Kelurahan", "Penduduk")
    where = shape(name=1, names={Level.REGENCY: 0, Level.VILLAGE: 1})
    rows = table(header, ("Malang", "Balearjosari", 1), ("KOTA MALANG", "Balearjosari", 2), ("Kab. Blitar", "X", 3))

    found = match(rows, where, Options(), [target()], LISTS)

    assert told(found) == ["refused row.ambiguous_name", "35.73.01.1001", "set_aside row.outside"]


def test_a_region_that_a_row_joins_is_not_suggested_to_another() -> None:
    taken = table(HEADER, ("Klojen", "Pulau Pari", 1), ("Klojen", "P. PARI", 2))
    rivals = table(HEADER, ("Klojen", "Pulau Parie", 1), ("Klojen", "Pulau Parai", 2))

    assert told(match(taken, BY_NAME, Options(), [target()], LISTS)) == ["35.73.02.1003", "refused row.unknown_name"]
    assert told(match(rivals, BY_NAME, Options(), [target()], LISTS)) == ["refused row.same_region"] * 2


def test_a_long_table_may_spell_a_name_otherwise_in_another_year() -> None:
    header = ("Kecamatan", "Kelurahan", "Tahun")
    rows = table(header, ("Klojen", "Pulau Pari", 2019), ("Klojen", "P. PARI", 2020))
    where = shape(name=1, names={Level.DISTRICT: 0, Level.VILLAGE: 1}, period=2)

    assert told(match(rows, where, Options(), [target()], LISTS)) == ["35.73.02.1003", "suggested row.suggested"]


def test_suggestions_join_by_a_score_or_line_by_line_and_are_remembered() -> None:
    rows = table(HEADER, ("Klojen", "P. PARI", 1), ("Klojen", "Pasar Lama", 2))

    by_score = match(rows, BY_NAME, Options(accept=97), [target()], LISTS)
    by_line = match(rows, BY_NAME, Options(accepted={3: "3573021002"}), [target()], LISTS)

    assert told(by_score) == ["35.73.02.1003", "refused row.unknown_name"]
    assert by_score.accepted == (("35.73.02.1003", "P. PARI", None, 2),)
    assert told(by_line) == ["suggested row.suggested", "35.73.02.1002"]
    assert by_line.accepted == (("35.73.02.1002", "Pasar Lama", None, 3),)
    with pytest.raises(BadRequest) as refused:
        match(rows, BY_NAME, Options(accepted={3: "99.99.99.1001"}), [target()], LISTS)
    assert refused.value.message == "error.accepted_code"


def test_a_name_that_was_accepted_before_joins() -> None:
    rows = table(HEADER, ("Klojen", "Pasar Lama", 2))
    known = target(aliases={"pasarlama": frozenset({"35.73.02.1002"})})

    assert told(match(rows, BY_NAME, Options(), [known], LISTS)) == ["35.73.02.1002"]


# ── codes of the other system ──────────────────────────────────────────────────────────────────────────────────

OTHER = table(
    ("kode", "nama", "Penduduk"),
    ("3573040001", "BALEARJOSARI", 1),
    ("3573040002", "SUNGAI MATI", 2),
    ("3573021002", "SUNGAI MATI", 3),
    ("3573030002", "ORO ORO DOWO", 4),
    ("3573030999", "LAINNYA", 5),
    ("3573030998", "DANAU", 6),
)
CODED = shape((0,), 1, {Level.VILLAGE: 1})
LINKS = {
    "3573": (("35.73", "official"),),
    "3573040": (("35.73.01", "official"),),
    "3573021": (("35.73.02", "official"),),
    "3573030": (("35.73.02", "official"),),
}


def test_codes_of_the_other_system_join_nothing_by_themselves() -> None:
    found = match(OTHER, CODED, Options(edition="malang-kemendagri"), [target(crosswalk=LINKS)], LISTS)

    # 3573021002 is a Kemendagri code as well, of Oro-oro Dowo: it must not get there
    assert told(found) == [
        *["suggested row.suggested"] * 4,
        "set_aside row.not_a_region",
        "refused row.unknown_name",  # villages are called so
    ]
    assert [each.values["code"] for each in found.rows[:4] if isinstance(each, RowFate)] == [
        "35.73.01.1001",
        "35.73.01.1002",
        "35.73.02.1001",
        "35.73.02.1002",
    ]
    assert found.question is not None
    assert (found.question.message, found.question.blocking) == ("question.other_system", True)
    assert found.system is B


def test_an_official_crosswalk_joins_where_the_name_agrees() -> None:
    links = {
        **LINKS,
        "3573040001": (("35.73.01.1001", "official"),),
        "3573040002": (("35.73.01.1003", "official"),),
        "3573021002": (("35.73.02.1001", "proposal"),),
        "3573030002": (("35.73.02.1002", "accepted"),),
    }

    found = match(OTHER, CODED, Options(edition="malang-kemendagri"), [target(crosswalk=links)], LISTS)

    assert told(found) == [
        "35.73.01.1001",
        "refused row.ambiguous_name",
        "suggested row.suggested",
        "35.73.02.1002",
        "set_aside row.not_a_region",
        "refused row.unknown_name",
    ]


def test_accepted_rows_carry_the_other_code_for_the_crosswalk() -> None:
    asked = Options(edition="malang-kemendagri", accept=100)

    found = match(OTHER, CODED, asked, [target(crosswalk=LINKS)], LISTS)

    assert [each.other_code for each in found.accepted] == ["3573040001", "3573040002", "3573021002", "3573030002"]


def test_an_edition_without_names_of_parents_is_matched_by_what_they_hold() -> None:
    here = {f"357304000{n}": name for n, name in enumerate(("ARJOSARI", "PURWODADI", "BLIMBING", "SUNGAI MATI"), 1)}
    there = {f"357303000{n}": name for n, name in enumerate(("KLOJEN", "KASIN", "BARENG", "SUNGAI MATI"), 1)}
    rows = table(
        ("kode", "nama"),
        *((f"35.73.01.100{n}", name) for n, name in enumerate(here.values(), 1)),
        *((f"35.73.02.100{n}", name) for n, name in enumerate(there.values(), 1)),
        *((f"35.07.01.200{n}", name) for n, name in enumerate(("SUNGAI MATI", "WONOSARI", "SUMBERREJO"), 1)),
    )
    asked = Options(edition="malang-bps", code_system=K)

    found = match(rows, CODED, asked, [target({**here, **there}, B)], LISTS)

    waiting = [each.values for each in found.rows if isinstance(each, RowFate) and each.fate.value == "suggested"]
    assert [each["code"] for each in waiting] == [*here, *there]
    assert {(each["score"], each["why"]) for each in waiting} == {(97, "why.parent_evident")}
    assert told(found)[8:] == ["set_aside row.outside"] * 3


def test_without_names_the_other_system_asks_for_their_column() -> None:
    with pytest.raises(Question) as asked:
        match(OTHER, shape((0,)), Options(edition="malang-kemendagri"), [target()], LISTS)

    assert (asked.value.message, asked.value.options[0]) == ("question.name_column", "--name-column")


def test_both_systems_in_one_table_use_that_of_the_edition_and_say_so() -> None:
    rows = table(("bps", "kode", "nama"), *((f"357303000{n}", f"35.73.02.100{n}", "x") for n in (1, 2, 3)))

    found = match(rows, shape((0, 1)), Options(), [target()], LISTS)

    assert told(found) == ["35.73.02.1001", "35.73.02.1002", "35.73.02.1003"]
    assert [each.values["column"] for each in found.understood if each.message == "match.both_systems"] == ["kode"]


def test_a_row_whose_name_belongs_to_its_number_in_the_other_system_is_refused() -> None:
    rows = table(
        ("kode", "nama"),
        ("3573011001", "Balearjosari"),
        ("3573011002", "Sungai Mati"),
        ("3573011003", "Tunggulwulung"),
        ("3573021002", "SUNGAI MATI"),
        ("3573021003", "Pulau Pari"),
        ("3573021004", "Sukamaju I"),
    )

    found = match(rows, CODED, Options(code_system=K), [target()], LISTS)

    assert told(found)[3] == "refused row.other_system"
    assert sum(isinstance(each, str) for each in found.rows) == 5


# ── codes in parts, levels, areas ──────────────────────────────────────────────────────────────────────────────


def test_codes_in_parts_ask_for_the_regency_once() -> None:
    bps = target({"3573040001": "Balearjosari", "3573030002": "Oro Oro Dowo"}, B)
    rows = table(("kdkec", "kddesa", "n"), (40, 1, 5), (30, 2, 6))
    where = shape(parts=(None, None, 0, 1))

    with pytest.raises(Question) as asked:
        match(rows, where, Options(), [bps], LISTS)
    found = match(rows, where, Options(regency="3573"), [bps], LISTS)

    assert asked.value.options == ("--regency",)
    assert told(found) == ["3573040001", "3573030002"]
    assert (found.column, found.code_header) == (None, "kdkec + kddesa")
    assert [each.message for each in found.findings] == ["repair.zeros"]


def test_names_of_villages_beside_the_codes_of_their_districts_join_within_them() -> None:
    rows = table(
        ("kode_kec", "desa"),
        ("35.73.01", "SUNGAI MATI"),
        ("35.73.02", "SUNGAI MATI"),
        ("35.73.02", "ORO ORO DOWO"),
        ("35.73.02", "BALEARJOSARI"),
    )
    names = {Level.VILLAGE: 1}

    whole = match(rows, shape((0,), 1, names), Options(), [target()], LISTS)
    part = match(rows, shape(name=1, names=names, parts=(None, None, 0, None)), Options(), [target()], LISTS)

    assert told(whole) == ["35.73.01.1002", "35.73.02.1001", "35.73.02.1002", "refused row.unknown_name"]
    assert told(part) == told(whole)


def test_rw_with_codes_of_their_own_join_by_them() -> None:
    rows = table(("kode", "n"), ("35.73.01.1001.001", 1), ("35.73.01.1001.002", 2))

    assert told(match(rows, shape((0,)), Options(), [RW], LISTS)) == ["35.73.01.1001.001", "35.73.01.1001.002"]


def test_a_table_of_districts_is_offered_for_its_own_level_and_joins_there() -> None:
    rows = table(("kode", "nama"), ("35.73.01", "Blimbing"), ("35.73.02", "Klojen"))
    where = shape((0,), 1, {Level.DISTRICT: 1})

    with pytest.raises(Question) as asked:
        match(rows, where, Options(), [target()], LISTS)
    with pytest.raises(Refused) as refused:
        match(rows, where, Options(), [target(levels=frozenset((Level.VILLAGE,)))], LISTS)
    found = match(rows, where, Options(level=Level.DISTRICT), [target(level=Level.DISTRICT)], LISTS)

    assert (asked.value.message, asked.value.options) == ("question.level.district", ("--level",))
    assert refused.value.message == "error.table_level.district"
    assert told(found) == ["35.73.01", "35.73.02"]


def test_names_of_districts_alone_are_a_table_of_districts_too() -> None:
    rows = table(("Kecamatan", "n"), ("Blimbing", 1), ("KLOJEN", 2))
    where = shape(name=0, names={Level.DISTRICT: 0})

    with pytest.raises(Question):
        match(rows, where, Options(), [target()], LISTS)
    found = match(rows, where, Options(level=Level.DISTRICT, area="35.73"), [target(level=Level.DISTRICT)], LISTS)

    assert told(found) == ["35.73.01", "35.73.02"]


def test_rows_of_upper_levels_are_kept_for_the_sums() -> None:
    rows = table(("kode", "n"), ("35.73", 9), ("35.73.01", 4), ("35.73.01.1001", 4), ("35.73.01.1001.001", 1))

    found = match(rows, shape((0,)), Options(), [target()], LISTS)

    assert told(found) == [
        "set_aside row.upper_level",
        "set_aside row.upper_level",
        "35.73.01.1001",
        "refused row.lower_level",
    ]
    assert found.uppers == {0: "35.73", 1: "35.73.01"}


def test_only_the_area_or_set_that_was_asked_is_joined() -> None:
    rows = table(("kode", "n"), ("35.73.01.1001", 1), ("35.07.01.2001", 2))

    area = match(rows, shape((0,)), Options(area="Blimbing"), [target()], LISTS)
    of_set = match(rows, shape((0,)), Options(), [target(members=frozenset({"35.07.01.2001"}))], LISTS)

    assert told(area) == ["35.73.01.1001", "set_aside row.outside_area"]
    assert told(of_set) == ["set_aside row.outside_set", "35.07.01.2001"]
    assert of_set.asked == ("35.07.01.2001",)
    with pytest.raises(BadRequest) as refused:
        match(rows, shape((0,)), Options(area="Lowokwaru"), [target()], LISTS)
    assert refused.value.message == "error.no_area"


def test_a_parent_that_is_not_the_codes_is_a_finding_with_its_line() -> None:
    rows = table(
        ("Kecamatan", "kode", "nama"),
        ("Blimbing", "35.73.01.1001", "Balearjosari"),
        ("Klojen", "35.73.01.1002", "Sungai Mati"),
    )

    found = match(rows, shape((1,), 2, {Level.DISTRICT: 0, Level.VILLAGE: 2}), Options(), [target()], LISTS)

    assert [(each.message, each.place.line) for each in found.findings] == [("match.parents_differ", 3)]


def test_names_that_mostly_disagree_with_their_codes_stop_the_table() -> None:
    rows = table(("kode", "nama"), *((code, "Lain") for code in list(VILLAGES)[:4]))

    found = match(rows, CODED, Options(code_system=K), [target()], LISTS)

    assert [(each.message, each.weight.value) for each in found.findings] == [("import.names_disagree", "stop")]


def test_the_codes_a_table_may_mean_are_told_in_both_systems() -> None:
    rows = table(("kode", "n"), ("3573021002", 1))

    said = codes_said(rows, shape((0,)), Options())

    assert said[K] == {"35", "35.73", "35.73.02", "35.73.02.1002"}
    assert said[B] == {"35", "3573", "3573021", "3573021002"}
    assert not any(codes_said(rows, shape((0,)), Options(code_column="-")).values())


# ── RW and RT ──────────────────────────────────────────────────────────────────────────────────────────────────

SMALL = {
    "35.73.01.1001.001": "RW 001",
    "35.73.01.1001.002": "RW 002",
    "35.73.01.1002.001": "RW 001",
}
RW = target(
    SMALL,
    level=Level.RW,
    base=Level.RW,
    above={
        "35.73.01.1001": Above("Balearjosari", Level.VILLAGE, "35.73.01"),
        "35.73.01.1002": Above("Sungai Mati", Level.VILLAGE, "35.73.01"),
    },
)


def test_rw_join_by_their_number_within_the_village_of_the_row() -> None:
    rows = table(
        ("desa", "rw", "n"),
        ("BALEARJOSARI", "RW II", 1),
        ("Balearjosari", 1, 2),
        ("Sei Mati", "RW.01", 3),
        ("Sei Mati", "RT 003/RW 01", 3),
        ("Sei Mati", "5", 4),
        ("Lain", "1", 5),
    )

    found = match(rows, shape(name=1, names={Level.VILLAGE: 0, Level.RW: 1}), Options(), [RW], LISTS)

    assert told(found) == [
        "35.73.01.1001.002",
        "35.73.01.1001.001",
        "35.73.01.1002.001",
        "refused row.lower_level",
        "refused row.unknown_number",
        "refused row.no_village",
    ]


def test_the_village_of_rw_may_stand_in_its_code_or_be_said() -> None:
    coded = table(("kode", "rw"), ("3573011001", "02"), ("3573011002", "RW 1"))
    alone = table(("rw", "n"), ("RW 002", 1))

    by_code = match(coded, shape((0,), 1, {Level.RW: 1}), Options(code_system=K), [RW], LISTS)
    by_area = match(alone, shape(name=0, names={Level.RW: 0}), Options(area="Balearjosari"), [RW], LISTS)

    assert told(by_code) == ["35.73.01.1001.002", "35.73.01.1002.001"]
    assert told(by_area) == ["35.73.01.1001.002"]


def test_an_rt_is_told_by_its_rw_where_the_village_has_several_of_its_number() -> None:
    rt = target(
        {"35.73.01.1001.001.003": "RT 003", "35.73.01.1001.002.003": "RT 003", "35.73.01.1001.002.004": "RT 004"},
        level=Level.RT,
        base=Level.RT,
        above={"35.73.01.1001": Above("Balearjosari", Level.VILLAGE, "35.73.01")},
        parents={
            "35.73.01.1001.001.003": "35.73.01.1001",
            "35.73.01.1001.002.003": "35.73.01.1001",
            "35.73.01.1001.002.004": "35.73.01.1001",
        },
    )
    rows = table(("rt", "n"), ("RT 003/RW 02", 1), ("RT 3", 2), ("RT 4", 3))

    found = match(rows, shape(name=0, names={Level.RT: 0}), Options(edition=rt.edition.id), [rt], LISTS)

    assert told(found) == ["35.73.01.1001.002.003", "refused row.ambiguous_number", "35.73.01.1001.002.004"]


# ── which edition ──────────────────────────────────────────────────────────────────────────────────────────────


def _dated(dated: str, published: int, names: Mapping[str, str] = VILLAGES) -> Target:
    made = target(names)
    edition = replace(
        made.edition, id=f"malang-{dated}", dated=dated, published_at=datetime(published, 1, 1, tzinfo=UTC)
    )
    return replace(made, edition=edition)


def test_of_two_editions_of_one_area_the_newer_boundaries_count_and_not_the_later_import() -> None:
    fewer = {code: name for code, name in VILLAGES.items() if code != "35.07.01.2002"}
    editions = [_dated("2020", 2026, fewer), _dated("2024", 2025)]
    rows = table(("kode", "kk"), ("35.73.01.1001", 1), ("35.73.02.1001", 2))

    found = match(rows, shape((0,)), Options(), editions, LISTS)

    assert found.target.edition.id == "malang-2024"


def test_rows_of_rw_do_not_choose_the_village_that_alone_has_an_edition() -> None:
    numbers = {f"35.73.01.1001.{n:03}": f"RW {n:03}" for n in range(1, 9)}
    made = target(numbers, level=Level.RW, base=Level.RW, levels=frozenset((Level.RW,)))
    rows = table(("RW", "kk"), *((name, 1) for name in numbers.values()))

    with pytest.raises(Question) as asked:
        match(rows, shape(name=0, names={Level.RW: 0}), Options(), [made], LISTS)

    assert asked.value.message == "question.small_edition"
    found = match(rows, shape(name=0, names={Level.RW: 0}), Options(edition=made.edition.id), [made], LISTS)
    assert told(found) == list(numbers)
