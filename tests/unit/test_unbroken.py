"""Ordinals stay on one line, and only the service's own markup is markup."""

from geoapp.web.dress import unbroken


def test_an_ordinal_is_kept_together_at_its_hyphen() -> None:
    assert unbroken("Ke-27 dari 326 desa.") == '<span class="unbroken">Ke-27</span> dari 326 desa.'


def test_what_is_too_long_for_an_ordinal_may_break() -> None:
    assert unbroken("wilayah-1 dan 20") == "wilayah-1 dan 20"


def test_markup_in_a_name_stays_text() -> None:
    assert unbroken("<b>Desa</b>, ke-3") == '&lt;b&gt;Desa&lt;/b&gt;, <span class="unbroken">ke-3</span>'
