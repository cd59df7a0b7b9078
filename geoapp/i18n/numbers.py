"""Figures as people write them: ``1.234.567,8`` in Indonesian, ``1,234,567.8`` in English."""

from decimal import Decimal
from functools import cache

from babel.numbers import format_compact_decimal, format_decimal, get_decimal_symbol, get_group_symbol

from geoapp.domain.words import Language

LOCALES: dict[Language, str] = {"id": "id_ID", "en": "en_GB"}


def figure(language: Language, value: float, decimals: int) -> str:
    """``value`` rounded to exactly ``decimals`` places, with the language's separators; no sign where that is nothing.

    >>> figure("id", 1234567.84, 1), figure("en", -0.125, 3), figure("id", -0.0004, 2)
    ('1.234.567,8', '−0.125', '0,00')
    """
    # a page has hundreds of figures, and a pattern of babel's takes thirty times as long
    return f"{Decimal(str(value + 0.0)):z,.{decimals}f}".translate(_signs(language))


def signed(language: Language, value: float, decimals: int) -> str:
    """A change: the same with ``+`` or ``−`` before it, and neither where it rounds to nothing.

    >>> signed("id", 0.112, 3), signed("id", -1234.0, 0), signed("en", 0.0004, 3)
    ('+0,112', '−1.234', '0.000')
    """
    said = figure(language, abs(value), decimals)
    if not any(sign in "123456789" for sign in said):
        return said
    return f"{'+' if value > 0 else '−'}{said}"


def compact(language: Language, value: float) -> str:
    """A large figure where there is room for few signs: millions and milliards by their letters.

    >>> compact("id", 35531832000.0), compact("en", -131612000.0)
    ('35,5 M', '−131.6M')
    """
    said = str(format_compact_decimal(value, locale=LOCALES[language], fraction_digits=1))
    return said.replace("-", "−").replace("\u00a0", " ")


@cache
def _signs(language: Language) -> dict[int, str]:
    """The language's separators, and a minus as wide as a plus, in place of Python's."""
    comma, point = get_group_symbol(LOCALES[language]), get_decimal_symbol(LOCALES[language])
    return {ord(","): comma, ord("."): point, ord("-"): "−"}


def bound(language: Language, value: float, decimals: int) -> str:
    """A class bound: at least ``decimals`` places, more only where the bound has them.

    >>> bound("id", 0.125, 2), bound("id", 5000.0, 0)
    ('0,125', '5.000')
    """
    pattern = "#,##0" + ("." + "0" * decimals + "######" if decimals else ".######")
    return str(format_decimal(value + 0.0, format=pattern, locale=LOCALES[language])).replace("-", "−")


def ungrouped(language: Language, value: float) -> str:
    """A figure with the language's decimal sign and no other: how a cell was read, beside how it was written.

    >>> ungrouped("id", 2790.0), ungrouped("id", 0.6176)
    ('2790', '0,6176')
    """
    return str(format_decimal(value + 0.0, format="0.##########", locale=LOCALES[language]))
