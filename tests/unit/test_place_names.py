"""A place is found by its name within its parent; what is only near is proposed with a reason, or asked."""

import pytest

from geoapp.domain.names import normalise, telling, words_of
from geoapp.domain.place_names import Found, Gazetteer, Verdict, alike
from geoapp.domain.upper_names import bare, kind_of_code, kind_of_name, named_in

NAMES = {
    "k1.1": "Sei Mati",
    "k1.2": "Pekan Labuhan",
    "k2.1": "Sei Mati",
    "k2.2": "Tegal S Mandala I",
    "k2.3": "Tegal S Mandala II",
    "k2.4": "Krendang",
    "k2.5": "Tengah",
    "k2.6": "Pulau Pari",
    "k2.7": "Kalurahan A",
    "k2.8": "Batu Marta I",
    "k2.9": "Bermi",
    "k3.1": "Suka Maju Timur",
    "k3.2": "Sumber Rejo",
    "k3.3": "Sumber Reja",
    "k3.4": "Baru Ladang",
}
PLACES = Gazetteer(NAMES, {code: ("r", code[:2]) for code in NAMES}, {"simpangmati": frozenset({"k1.2"})})


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("SUNGAI MATI", "k1.1"),
        ("Desa Sei-Mati", "k1.1"),
        ("P E K A N LABUHAN", "k1.2"),
        ("Simpang Mati", "k1.2"),
    ],
)
def test_a_name_is_equal_in_any_spelling_that_changes_no_letter(written: str, code: str) -> None:
    assert PLACES.equal(written, "k1").codes == (code,)


def test_a_name_that_was_accepted_before_says_so() -> None:
    assert PLACES.equal("Simpang Mati", "k1") == Found(Verdict.EQUAL, ("k1.2",), 100, "why.alias")
    assert PLACES.equal("Simpang Mati", "k2").verdict is Verdict.UNKNOWN


def test_only_the_parent_tells_two_places_of_one_name_apart() -> None:
    assert PLACES.equal("Sungai Mati", "k2").codes == ("k2.1",)
    both = PLACES.equal("Sungai Mati", "r")
    assert (both.verdict, both.codes) == (Verdict.SEVERAL, ("k1.1", "k2.1"))


@pytest.mark.parametrize("written", ["Batumarta 1", "BATU MARTA I", "Batu-Marta 1", "Ds. Batumarta I"])
def test_roman_and_arabic_numerals_are_the_same(written: str) -> None:
    assert PLACES.equal(written, "k2").codes == ("k2.8",)


@pytest.mark.parametrize(
    ("written", "code", "score", "why"),
    [
        ("P. PARI", "k2.6", 97, "why.abbreviation"),
        ("Tegal Sari Mandala II", "k2.3", 95, "why.abbreviation"),
        ("KAMPUNG TENGAH", "k2.5", 96, "why.kind_word"),
        ("KERENDANG", "k2.4", 92, "why.one_letter"),
        ("Bremi", "k2.9", 93, "why.transposed"),
    ],
)
def test_a_near_name_is_proposed_with_its_reason(written: str, code: str, score: int, why: str) -> None:
    assert PLACES.equal(written, "k2").verdict is Verdict.UNKNOWN
    assert PLACES.near(written, "k2") == Found(Verdict.NEAR, (code,), score, why)


@pytest.mark.parametrize(
    ("written", "inside"),
    [("Kalurahan B", "k2"), ("Batu Marta II", "k2"), ("Suka Maju Barat", "k3"), ("Suka Maju", "k3"), ("Bremi", "k1")],
)
def test_what_tells_neighbours_apart_is_never_bent(written: str, inside: str) -> None:
    assert PLACES.near(written, inside).verdict is Verdict.UNKNOWN


def test_two_places_as_near_are_a_question() -> None:
    found = PLACES.near("Sumber Rejoo", "k3")
    assert (found.verdict, found.codes) == (Verdict.NEAR, ("k3.2",))
    assert PLACES.near("Sumber Reji", "k3").codes == ("k3.2", "k3.3")


def test_a_name_with_a_word_less_is_not_proposed_beside_one_whose_letters_are_near() -> None:
    places = Gazetteer({"1": "Nimbokrang", "2": "Nombukrang Sari"}, {}, {})
    assert places.near("Nimbokrang Sari") == Found(Verdict.SEVERAL, ("1", "2"), 90, "why.word_more")


def test_the_words_in_another_order_are_proposed() -> None:
    places = Gazetteer({"1": "Pematang Kandis", "2": "Dusun Bangko"}, {}, {})
    assert places.near("KANDIS PEMATANG") == Found(Verdict.NEAR, ("1",), 90, "why.words_swapped")


def test_a_place_that_is_taken_is_not_proposed() -> None:
    assert PLACES.near("KERENDANG", "k2", without={"k2.4"}).verdict is Verdict.UNKNOWN


def test_the_words_of_a_name_lose_their_kind_but_not_a_village_called_so() -> None:
    assert words_of("Desa Adat Yoboi") == ("yoboi",)
    assert normalise("M A N G G A") == "mangga"
    assert normalise("Kelurahan") == "kelurahan"
    assert telling(("sungai", "kera", "hilir", "2")) == ("2", "hilir")


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("KAB.ADM.KEP.SERIBU", "kepulauanseribu", "kabupaten"),
        ("Kota Administrasi Jakarta Selatan", "jakartaselatan", "kota"),
        ("MALANG", "malang", ""),
        ("Kota", "kota", ""),
    ],
)
def test_upper_regions_are_known_without_their_kind_and_by_it(written: str, name: str, kind: str) -> None:
    assert (bare(written), kind_of_name(written)) == (name, kind)


def test_the_number_of_a_regency_tells_a_city_in_both_systems() -> None:
    assert [kind_of_code(code) for code in ("35.73", "3507060001", "35")] == ["kota", "kabupaten", ""]


def test_a_title_names_an_upper_region_with_its_kind() -> None:
    known = {("district", "lowokwaru"): "35.73.05", ("kota", "malang"): "35.73"}
    assert named_in("Tabel 3.1 Penduduk di Kecamatan Lowokwaru, 2010", known) == {"35.73.05"}
    assert named_in("Penduduk Kec. Lowokwaru Kota Malang", known) == {"35.73.05", "35.73"}
    assert named_in("Data Lowokwaru dan Kabupaten Malang", known) == set()


def test_two_names_are_alike_or_not() -> None:
    assert alike("KEP. SERIBU UTR", "Kepulauan Seribu Utara")
    assert not alike("Arcamanik", "Mandalajati")
