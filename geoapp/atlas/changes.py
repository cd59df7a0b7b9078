"""A map of change: the indicator it measures, worded, and the plans and figures it shows."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from geoapp.atlas.choices import Choice
from geoapp.atlas.page import Aggregate
from geoapp.domain.changes import Change, change, changes
from geoapp.domain.indicators import Indicator, IndicatorKind
from geoapp.domain.observations import Observation
from geoapp.domain.periods import Period
from geoapp.domain.rows import Row
from geoapp.domain.words import LANGUAGES, Language, Words
from geoapp.i18n import dates, speak
from geoapp.layers import difference
from geoapp.layers.plan import Plan, Ramp

_PERCENT = ("%", "persen", "per cent")
PERCENT_DECIMALS = 1


def indicator_of(measured: Indicator, choice: Choice) -> Indicator:
    """The indicator a map shows under a choice: the change since ``choice.since``, else what is measured."""
    if choice.since is None:
        return measured
    since, percent = choice.since, choice.percent
    kind = IndicatorKind.RATIO if percent else measured.kind
    return Change.since_then(
        measured,
        since,
        percent,
        name=_both(lambda lang: speak(lang, "change.name", indicator=inside(measured.name[lang]))),
        kind=kind,
        unit=_unit(measured, percent),
        decimals=PERCENT_DECIMALS if percent else measured.decimals,
        interpretation=_both(lambda lang: speak(lang, "change.interpretation", period=dates.period(lang, since))),
        formula=_both(lambda lang: _formula(lang, measured, since, percent)),
    )


def decided(measured: Indicator, choice: Choice, ramp: Ramp, table: Mapping[Period, Row]) -> Mapping[Period, Plan]:
    """The plan of every later period of ``table``, which holds the figures of all periods."""
    assert choice.since is not None  # only asked for a change
    earlier, since = table[choice.since], choice.since
    made = {
        period: changes(earlier, row, choice.percent)
        for period, row in table.items()
        if period.granularity is since.granularity and period.text > since.text
    }
    decimals = PERCENT_DECIMALS if choice.percent else measured.decimals
    return difference.plans(ramp, made, decimals, measured.kind.is_amount and not choice.percent)


def aggregates(wholes: Mapping[Period, Aggregate], choice: Choice) -> Mapping[Period, Aggregate]:
    """The changes of an upper region's aggregates since ``choice.since``; the figures themselves without a change."""
    if choice.since is None:
        return wholes
    earlier, since = wholes.get(choice.since), choice.since
    if earlier is None:
        return {}
    found = {}
    for period, later in wholes.items():
        if period.granularity is not since.granularity or period.text <= since.text:
            continue
        if earlier.distribution is not None or later.distribution is not None:
            continue
        said = change(_observation(earlier), _observation(later), choice.percent)
        known = min(earlier.known, later.known)
        found[period] = replace(later, figure=said.figure, state=said.state, marks=said.marks, known=known)
    return found


def inside(name: str) -> str:
    """A name as it stands inside a sentence: small at the beginning, unless it is a proper name or letters.

    >>> inside("Kepadatan penduduk"), inside("Indeks Desa Membangun"), inside("IDM")
    ('kepadatan penduduk', 'Indeks Desa Membangun', 'IDM')
    """
    first, *others = name.split() or [""]
    proper = first[1:] != first[1:].lower() or any(each[:1].isupper() for each in others[:2])
    return name if proper or len(first) < 2 else name[0].lower() + name[1:]


def _observation(whole: Aggregate) -> Observation:
    return Observation(figure=whole.figure, state=whole.state, marks=whole.marks)


def _unit(measured: Indicator, percent: bool) -> Words:
    """Per cent of the earlier figure, percentage points, or the unit itself."""
    if percent:
        return Words("%", "%")
    shares = measured.kind is IndicatorKind.SHARE and measured.unit["id"] in _PERCENT
    return _both(lambda lang: speak(lang, "change.points")) if shares else measured.unit


def _formula(lang: Language, measured: Indicator, since: Period, percent: bool) -> str:
    said = {"indicator": inside(measured.name[lang]), "period": dates.period(lang, since)}
    return speak(lang, "change.formula.percent" if percent else "change.formula.points", **said)


def _both(said: Callable[[Language], str]) -> Words:
    return Words(*(said(lang) for lang in LANGUAGES))
