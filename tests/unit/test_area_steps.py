"""The area filter offers, at each step, exactly the regions below the one chosen before."""

from geoapp.domain.levels import Level
from geoapp.domain.regions import Ancestor
from geoapp.web.pages.steps import fixed, steps
from tests import world

VILLAGES = world.regions()
UPPERS = list(world.ancestors().values())
DISTRICTS = [each.code for each in world.regions(Level.DISTRICT)]
NATION = [
    Ancestor("35", "Jawa Timur", Level.PROVINCE),
    Ancestor("36", "Banten", Level.PROVINCE),
    Ancestor("35.99", "Kota Contoh", Level.REGENCY),
    Ancestor("36.04", "Kabupaten Serang", Level.REGENCY),
    *(each for each in UPPERS if each.level is Level.DISTRICT),
    Ancestor("36.04.01", "Anyar", Level.DISTRICT),
]


def test_what_holds_the_whole_map_is_no_choice() -> None:
    assert [each.level for each in fixed(UPPERS, VILLAGES)] == [Level.PROVINCE, Level.REGENCY]


def test_a_city_begins_with_its_districts_by_name() -> None:
    (only,) = steps(UPPERS, VILLAGES, None, None)

    assert (only.field, only.level, only.chosen) == ("area", Level.DISTRICT, None)
    assert sorted(code for code, _ in only.options) == DISTRICTS
    assert [name for _, name in only.options] == sorted(name for _, name in only.options)


def test_in_a_district_its_villages_follow_and_the_one_chosen_stands() -> None:
    district, village = steps(UPPERS, VILLAGES, DISTRICTS[1], VILLAGES[5].code)

    assert district.chosen == DISTRICTS[1]
    assert (village.field, village.parent, village.chosen) == ("region", DISTRICTS[1], VILLAGES[5].code)
    assert {code for code, _ in village.options} == {each.code for each in VILLAGES if each.parent == DISTRICTS[1]}


def test_a_region_of_another_area_is_not_offered_as_chosen() -> None:
    assert steps(UPPERS, VILLAGES, DISTRICTS[1], VILLAGES[0].code)[-1].chosen is None


def test_the_nation_is_walked_from_province_to_village() -> None:
    abroad = [*VILLAGES, world.replace(VILLAGES[0], number=13, code="36.04.01.2001", parent="36.04.01")]

    walk = steps(NATION, abroad, DISTRICTS[0], None)

    assert fixed(NATION, abroad) == []
    assert [each.level for each in walk] == [Level.PROVINCE, Level.REGENCY, Level.DISTRICT, Level.VILLAGE]
    assert [each.chosen for each in walk] == ["35", "35.99", DISTRICTS[0], None]
    assert [code for code, _ in walk[1].options] == ["35.99"]


def test_a_map_of_one_region_has_nothing_to_choose() -> None:
    assert steps(UPPERS, VILLAGES[:1], None, None) == []
