"""Figures as people write them, read on the whole column: ``1.234,5`` and ``1,234.5`` never share one.

A cell alone cannot tell whether ``1.234`` is a thousand or a little more than one; its neighbours can. What cannot be
decided is left to a person, with examples, and no sign for "nothing there" ever becomes a zero.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from geoapp.domain.indicators import Indicator
from geoapp.domain.observations import MISSING, Observation, State
from geoapp.domain.period_words import names_a_day
from geoapp.domain.units import Unit, read_unit
from geoapp.domain.written import Written, is_scientific, read_written

_MISSING = (
    "na n/a n.a n.a. #n/a #div/0! * ? tad t.a.d. t.a.d belum_ada kosong null none missing nan tidak_ada_data "
    "tidak_tersedia belum_tersedia tidak_diketahui tidak_terdata belum_terdata tidak_diisi belum_diisi not_available"
)
STATE_WORDS: Mapping[str, State] = {
    "": State.MISSING,
    **{word.replace("_", " "): State.MISSING for word in _MISSING.split()},
    **dict.fromkeys(("tidak berlaku", "not applicable", "not_applicable"), State.NOT_APPLICABLE),
    **dict.fromkeys(("disembunyikan", "suppressed", "s"), State.SUPPRESSED),
    "out_of_scope": State.OUT_OF_SCOPE,
}
"""What stands where there is no figure, compared without case; dashes and dots alone are missing too."""

_NOTHING = re.compile(r"[-\u2010-\u2015\u2212_]+|[.…]+")
_BLANKS = re.compile(r"[\s\u00a0\u200b\u202f\u2060\ufeff]+")
_LARGEST = 1e300


class Decimal(StrEnum):
    """The sign before the decimals."""

    COMMA = "comma"
    POINT = "point"


class Undecided(ValueError):
    """A column of which both readings are possible, or which mixes both; ``examples`` are some of its cells."""

    def __init__(self, examples: tuple[str, ...], mixed: bool) -> None:
        super().__init__(", ".join(examples))
        self.examples = examples
        self.mixed = mixed


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that is neither figure nor state nor category; ``reason`` is the message that says why."""

    text: str
    reason: str = "row.number"


Read = Observation | Unread


def read_column(
    cells: Sequence[object],
    indicator: Indicator,
    decimal: Decimal | None = None,
    states: Mapping[str, State] = STATE_WORDS,
    zeros: Collection[str] = (),
) -> list[Read]:
    """Read every cell of one column of ``indicator``, one result a cell; ``decimal`` ends all doubt.

    ``zeros`` are signs of which a person said that they stand for none at all, such as ``-``.

    Raises
    ------
    Undecided
        If the column's numbers can be read in two ways, or some in one and some in the other.
    """
    cells = [str(cell).upper() if cell is True or cell is False else cell for cell in cells]  # True is no 1
    unique = dict.fromkeys(cells)
    if indicator.categories:
        spelled = spellings(indicator)
        answers = {cell: _category(cell, spelled, states) for cell in unique}
        return [answers[cell] for cell in cells]
    texts = {cell: tidy(cell) for cell in unique if not isinstance(cell, int | float)}
    money = indicator.unit.id.casefold().startswith("rp")
    written = {cell: read_written(text, money) for cell, text in texts.items()}
    chosen = decimal or _decide(written.values(), is_whole(indicator))
    usual = _usual(written.values())
    none = {sign.casefold() for sign in zeros}
    known = {
        cell: _text(texts[cell], cell, written[cell], chosen, states, none, usual) if cell in texts else _stored(cell)
        for cell in unique
    }
    return [known[cell] for cell in cells]


def tidy(cell: object) -> str:
    """A cell as text, with single blanks of one kind."""
    return _BLANKS.sub(" ", "" if cell is None else str(cell)).strip()


def spellings(indicator: Indicator) -> Mapping[str, str]:
    """Every way a table may write the indicator's categories, without case → slug."""
    return {
        word.casefold(): each.slug
        for each in indicator.categories
        for word in (*each.spellings, each.name.id, each.name.en, each.slug)
        if word
    }


def is_whole(indicator: Indicator) -> bool:
    """Whether figures of it have no decimals by their nature."""
    return indicator.kind.is_amount and indicator.decimals == 0


def says_nothing(text: str, states: Mapping[str, State] = STATE_WORDS) -> State | None:
    """The state that a tidy text stands for, None if it stands for none."""
    if (state := states.get(text.casefold())) is not None:
        return state
    return State.MISSING if _NOTHING.fullmatch(text) else None


def unit_of(cells: Iterable[object]) -> Unit | None:
    """The unit that stands beside most figures of a column which have one."""
    return _usual(read_written(text) for text in {tidy(cell) for cell in cells if isinstance(cell, str)})


def worded(cells: Iterable[object]) -> str | None:
    """A cell of a column that multiplies in words, such as ``1,2 juta``; None if none does."""
    texts = (tidy(cell) for cell in cells if isinstance(cell, str))
    return next((text for text in texts if (read := read_written(text, True)) and read.times != 1.0), None)


def decide(written: Sequence[str], whole: bool) -> Decimal:
    """The decimal sign of a column of digits, dots and commas; ``whole`` if a figure has no decimals by its nature.

    >>> decide(["3,71", "18.094"], whole=False).value, decide(["1.234"], whole=True).value
    ('comma', 'comma')

    Raises
    ------
    Undecided
        If nothing in the column tells, or it tells both.
    """
    comma = next((each for each in written if _proves(each, ",", ".")), None)
    point = next((each for each in written if _proves(each, ".", ",")), None)
    if comma and point:
        raise Undecided((comma, point), mixed=True)
    if comma or point:
        return Decimal.COMMA if comma else Decimal.POINT
    dots = [each for each in written if "." in each]
    commas = [each for each in written if "," in each]
    if dots and commas:
        raise Undecided((dots[0], commas[0]), mixed=True)
    if (dots or commas) and not whole:
        raise Undecided(tuple(dict.fromkeys(dots or commas))[:3], mixed=False)
    return Decimal.POINT if commas else Decimal.COMMA


def number_of(digits: str, decimal: Decimal) -> float | None:
    """The number that digits stand for, or None where the thousands are not in groups of three.

    >>> number_of("1.234", Decimal.COMMA), number_of("1.234", Decimal.POINT), number_of("1.23.4", Decimal.COMMA)
    (1234.0, 1.234, None)
    """
    sign, group = (",", ".") if decimal is Decimal.COMMA else (".", ",")
    whole, _, rest = digits.partition(sign)
    if group in rest or sign in rest or not re.fullmatch(rf"\d*|\d{{1,3}}(\{group}\d{{3}})+", whole):
        return None
    return float(f"{whole.replace(group, '') or '0'}.{rest or '0'}")


def _decide(written: Iterable[Written | None], whole: bool) -> Decimal:
    """Thousands in words have decimals whatever is counted: ``1,250 juta``."""
    known = [each for each in written if each]
    worded = any(each.times != 1.0 and re.search(r"[.,]", each.digits) for each in known)
    return decide(list(dict.fromkeys(each.digits for each in known)), whole and not worded)


def _proves(text: str, decimal: str, thousands: str) -> bool:
    """Whether ``text`` can only be read with ``decimal`` before the decimals."""
    if text.count(thousands) > 1 or (thousands in text and decimal in text):
        return text.rfind(decimal) > text.rfind(thousands) if decimal in text else True
    if text.count(decimal) != 1:
        return False
    before, after = text.split(decimal)
    return len(after) != 3 or len(before) > 3 or before in ("", "0") or before.startswith("0")


def _usual(written: Iterable[Written | None]) -> Unit | None:
    found = Counter(each.unit for each in written if each and each.unit)
    return found.most_common(1)[0][0] if found else None


def _stored(cell: object) -> Read:
    """A true number needs no reading; one that is none at all is nothing."""
    assert isinstance(cell, int | float)
    return MISSING if cell != cell else _finite(float(cell), str(cell), None)


def _text(
    text: str,
    cell: object,
    written: Written | None,
    decimal: Decimal,
    states: Mapping[str, State],
    zeros: Collection[str],
    usual: Unit | None,
) -> Read:
    folded = text.casefold()
    if folded == "nihil" or folded in zeros:
        return Observation(figure=0.0)
    if (state := says_nothing(text, states)) is not None:
        return Observation(state=state)
    if isinstance(cell, date | time | timedelta) or names_a_day(text):
        return Unread(text, "row.figure_date")
    if is_scientific(text):
        return _finite(float(text.replace(",", ".")), text, None)
    if written is None:
        return Unread(text, "row.figure_formula" if re.fullmatch(r"#[A-Z/0]+[!?]", text) else "row.number")
    if written.unit is not None and written.unit != usual:
        return Unread(text, "row.figure_unit")
    number = number_of(written.digits, decimal)
    if number is None:
        return Unread(text)
    return _finite((-number if written.negative else number) * written.times, text, written)


def _finite(number: float, text: str, written: Written | None) -> Read:
    if not abs(number) <= _LARGEST or math.isnan(number):
        return Unread(text)
    return Observation(figure=number, marks=written.marks if written else frozenset())


def _category(cell: object, spelled: Mapping[str, str], states: Mapping[str, State]) -> Read:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = tidy(cell)
    slug = spelled.get(text.casefold()) or spelled.get(text.casefold().removesuffix(".0"))
    if slug is not None:
        return Observation(category=slug)
    state = says_nothing(text, states)
    return Observation(state=state) if state is not None else Unread(text, "row.word")


def unit_of_indicator(indicator: Indicator) -> Unit | None:
    """The indicator's own unit, None where it is none that is known."""
    return read_unit(indicator.unit.id)
