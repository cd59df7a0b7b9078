"""Names of places, made comparable."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.domain.names import normalise


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("Oro-oro Dowo", "ORO ORO DOWO"),
        ("Kebonsari", "Kebon Sari"),
        ("Kelurahan Sukoharjo", "SUKOHARJO"),
        ("Kel. Lima Puluh", "lima puluh"),
        ("Ds. Sumber", "Sumber"),
        ("Bandar Jaya II", "BANDAR JAYA 2"),
        ("Hilisalawa'ahe", "HILISALAWAAHE"),
        ("Tomé", "Tome"),
        ("Sei Lala", "Sungai Lala"),
    ],
)
def test_spellings_of_one_place_become_the_same(written: str, other: str) -> None:
    assert normalise(written) == normalise(other)


@pytest.mark.parametrize(
    ("one", "two"), [("Kalurahan A", "Kalurahan B"), ("Bremi", "Bermi"), ("Sukamaju I", "Sukamaju V")]
)
def test_different_places_stay_different(one: str, two: str) -> None:
    assert normalise(one) != normalise(two)


@pytest.mark.parametrize(
    ("one", "two"), [("1. 1 Ulu", "11 Ulu"), ("3-4 Ulu", "34 Ulu"), ("1. 3 Ilir", "13 Ilir"), ("9/10 Ulu", "910 Ulu")]
)
def test_numbers_side_by_side_never_become_another_number(one: str, two: str) -> None:
    assert normalise(one) != normalise(two)


@pytest.mark.parametrize("noted", ["Kasin ¹", "Kasin¹⁾", "Kasin 1)", "Kasin*)", "KASIN *", "Kasin 12)"])
def test_a_footnote_is_no_part_of_a_name(noted: str) -> None:
    assert normalise(noted) == "kasin"


def test_a_village_called_like_its_kind_keeps_its_name() -> None:
    assert normalise("Desa") == "desa"


@given(st.text())
def test_the_result_is_plain_and_stays_the_same_when_normalised_again(text: str) -> None:
    once = normalise(text)

    assert re.fullmatch(r"(?:[a-z0-9]|(?<=[0-9])-(?=[0-9]))*", once)
    assert normalise(once) == once


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("Batumarta 1", "Batu Marta I"),
        ("M A N G G A", "Mangga"),
        ('SOKA"AN', "Soka'an"),
        ("Kuta Buloh Ii", "KUTA BULOH 2"),
        ("Air Sialang Hilir.", "Air Sialang Hilir"),
        ("Distrik Sentani", "SENTANI"),
        ("LAMBANG SARI I, II, III", "Lambangsari 1, 2, 3"),
    ],
)
def test_spellings_seen_in_real_tables_become_the_same(written: str, other: str) -> None:
    assert normalise(written) == normalise(other)


@pytest.mark.parametrize(
    ("one", "two"), [("P. Pari", "Pulau Pari"), ("Kampung Tengah", "Tengah"), ("Kp. Baru", "Baru")]
)
def test_what_only_a_person_may_say_is_not_made_the_same(one: str, two: str) -> None:
    assert normalise(one) != normalise(two)
