"""Figures as people write them: ``1.234.567,8`` in Indonesian, ``1,234,567.8`` in English."""

from babel.numbers import format_decimal

from geoapp.domain.words import Language

LOCALES: dict[Language, str] = {"id": "id_ID", "en": "en_GB"}


def figure(language: Language, value: float, decimals: int) -> str:
    """``value`` rounded to exactly ``decimals`` places, with the language's separators.

    >>> figure("id", 1234567.84, 1)
    '1.234.567,8'
    """
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value + 0.0, format=pattern, locale=LOCALES[language]))


def bound(language: Language, value: float, decimals: int) -> str:
    """A class bound: at least ``decimals`` places, more only where the bound has them.

    >>> bound("id", 0.125, 2), bound("id", 5000.0, 0)
    ('0,125', '5.000')
    """
    pattern = "#,##0" + ("." + "0" * decimals + "######" if decimals else ".######")
    return str(format_decimal(value + 0.0, format=pattern, locale=LOCALES[language]))
