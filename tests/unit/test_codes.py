"""Region codes are parsed once, in their own system, and never converted."""

import pytest

from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.levels import Level

KEMENDAGRI, BPS = CodeSystem.KEMENDAGRI, CodeSystem.BPS


@pytest.mark.parametrize("raw", ["3573021005", "35.73.02.1005", " 35.73.02.1005 "])
def test_a_village_code_reads_the_same_however_it_was_written(raw: str) -> None:
    assert RegionCode.parse(KEMENDAGRI, raw).text == "35.73.02.1005"


@pytest.mark.parametrize(
    "raw", ["", "x", "35.73.2.1005", "3.573.021.005", "3573030002", "35730210051", "٣٥", "35.73.02.1005;", "35..73"]
)
def test_what_is_no_home_affairs_code_is_refused(raw: str) -> None:
    with pytest.raises(ValueError, match="is no kemendagri code"):
        RegionCode.parse(KEMENDAGRI, raw)


def test_dots_are_refused_in_a_statistics_code() -> None:
    with pytest.raises(ValueError, match="is no bps code"):
        RegionCode.parse(BPS, "35.73.030.002")


@pytest.mark.parametrize(
    ("system", "raw", "level", "parent"),
    [
        (KEMENDAGRI, "35", Level.PROVINCE, None),
        (KEMENDAGRI, "35.73", Level.REGENCY, "35"),
        (KEMENDAGRI, "357302", Level.DISTRICT, "35.73"),
        (KEMENDAGRI, "35.73.02.1005", Level.VILLAGE, "35.73.02"),
        (BPS, "3573", Level.REGENCY, "35"),
        (BPS, "3573030", Level.DISTRICT, "3573"),
        (BPS, "3573030002", Level.VILLAGE, "3573030"),
    ],
)
def test_the_length_of_a_code_tells_its_level_and_its_parent(
    system: CodeSystem, raw: str, level: Level, parent: str | None
) -> None:
    code = RegionCode.parse(system, raw)

    assert code.level is level
    assert (code.parent.text if code.parent else None) == parent


@pytest.mark.parametrize(
    ("system", "raw", "village"),
    [(KEMENDAGRI, "35.73.02.1005.03", "35.73.02.1005"), (BPS, "3573030002.RW3", "3573030002")],
)
def test_a_code_below_the_village_is_the_villages_code_with_a_local_part(
    system: CodeSystem, raw: str, village: str
) -> None:
    code = RegionCode.parse(system, raw)

    assert code.level is None
    assert code.parent == RegionCode(system, village)
    assert code.text == raw


@pytest.mark.parametrize(
    ("raw", "kind"),
    [("35.73.02.1005", "kelurahan"), ("36.04.31.2009", "desa"), ("91.03.01.3001", "desa_adat"), ("35.73", None)],
)
def test_only_a_home_affairs_village_code_tells_desa_from_kelurahan(raw: str, kind: str | None) -> None:
    assert RegionCode.parse(KEMENDAGRI, raw).kind == kind
    assert RegionCode.parse(BPS, "3573030002").kind is None
