"""Names of places, made comparable."""

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


def test_a_village_called_like_its_kind_keeps_its_name() -> None:
    assert normalise("Desa") == "desa"


@given(st.text())
def test_the_result_is_plain_and_stays_the_same_when_normalised_again(text: str) -> None:
    once = normalise(text)

    assert all("a" <= sign <= "z" or "0" <= sign <= "9" for sign in once)
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
