"""Which edition a table joins and by what: its codes, codes of the other system, names, or numbers of RT and RW."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from geoapp.domain.codes import NAMES, CodeSystem
from geoapp.domain.findings import Understood
from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.domain.periods import Period
from geoapp.errors import Question, Refused
from geoapp.releases.matching.coding import Coded
from geoapp.releases.matching.levels import How, hold_level
from geoapp.releases.matching.moment import newest_period, validity
from geoapp.releases.matching.target import Target
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table, text_of
from geoapp.releases.shaping.shape import Shape

_FITS = 0.5
"""The share of a table's codes, or names, that an edition must know to be taken without being named."""


_ALIKE = 1.5
"""Editions that are no more than so many times larger are of the same area, at another time."""


class Choice(NamedTuple):
    """The edition, the codes if there are any that can be used, and by what the rows are joined."""

    target: Target
    coded: Coded | None
    how: How
    fitting: str = ""
    understood: tuple[Understood, ...] = ()


class _Fit(NamedTuple):
    """An edition with a column whose codes it may know; ``own`` of the ``known`` ones are regions of it today."""

    known: int
    own: int
    coded: Coded
    target: Target

    def size(self, smallest: int) -> tuple[int, int, int]:
        """Most codes known, most of them its own; of those the edition that is little larger than the smallest."""
        size = len(self.target.regions)
        return (self.known, self.own, -size if size > _ALIKE * smallest else 0)

    def rank(self, smallest: int, period: Period | None) -> tuple[Any, ...]:
        """Of those of one size the edition that was valid in the table's newest period, else the newest by its date."""
        valid = validity(self.target, period) if period is not None else ()
        return (*self.size(smallest), valid, self.target.edition.dated, self.target.edition.published_at)


def choose(table: Table, shape: Shape, options: Options, targets: Sequence[Target], coded: Sequence[Coded]) -> Choice:
    """The edition that was asked for, or that the table fits best, and how it can be joined.

    Raises
    ------
    Refused, Question
        If the table is of another level or system, fits no edition, or if only a person can say.
    """
    readable = [each for each in coded if each.reading.system is not None]
    if coded and not readable:
        raise _unreadable(table, coded)
    allowed = [each for each in targets if options.edition in (None, each.edition.id)]
    if not coded:
        return _by_names(table, shape, options, allowed)
    period = newest_period(table, shape)
    fits = _ranked([_Fit(*_known(c, t), c, t) for c in readable for t in targets if _same(c, t)], period)
    wanted = [fit for fit in fits if options.edition in (None, fit.target.edition.id)]
    different = _different(wanted[0]) if wanted else 0
    if wanted and (options.edition is not None or wanted[0].known >= _FITS * different):
        choice = _by_codes(table, shape, options, wanted[0], readable, fits, different)
        return choice._replace(understood=(*choice.understood, *_valid(wanted, period)))
    others = [each for each in allowed if not any(_same(c, each) for c in readable)]
    known = bool(wanted and wanted[0].known)
    if not known and (other := _other_target(table, shape, options, readable[0], others)):
        return _by_other(table, shape, options, readable[0], other, fits)
    if wanted:
        hold_level(table, shape, options, wanted[0].coded, wanted[0].target)
        raise _no_fit(table, wanted[0], different, [])
    raise _other_system(table, readable[0], allowed[0] if allowed else targets[0], fits)


def _ranked(fits: Sequence[_Fit], period: Period | None) -> list[_Fit]:
    """The best fit first."""
    return sorted(fits, key=lambda each: each.rank(_smallest(fits), period), reverse=True)


def _smallest(fits: Sequence[_Fit]) -> int:
    most = max((each.known for each in fits), default=0)
    return min((len(each.target.regions) for each in fits if each.known == most), default=0)


def _valid(fits: Sequence[_Fit], period: Period | None) -> Iterable[Understood]:
    """That an edition was taken because it was valid then, where another fits as well."""
    if period is None or not fits:
        return
    smallest, best = _smallest(fits), fits[0]
    others = [each for each in fits[1:] if each.size(smallest) == best.size(smallest)]
    other = next((each.target for each in others if each.target is not best.target), None)
    if other is not None and validity(other, period) < validity(best.target, period):
        values = {"edition": best.target.edition.id, "other": other.edition.id, "period": period.text}
        yield Understood("match.edition_valid", values, "--edition")


def _different(fit: _Fit) -> int:
    """How many different codes the column has that are of no upper level."""
    codes = {code for code in fit.coded.reading.codes if code}
    return len({code.text for code in codes if code.level is None or code.level >= min(fit.target.at, Level.VILLAGE)})


def _same(coded: Coded, target: Target) -> bool:
    return coded.reading.system is target.edition.code_system


def _known(coded: Coded, target: Target) -> tuple[int, int]:
    """How many different codes of the column the edition knows, and how many of them are regions of it today.

    It knows those that its regions followed, too, and of small regions the upper ones.
    """
    codes = {code for code in coded.reading.codes if code}
    texts = {code.text for code in codes}
    own = len(texts & target.regions.keys()) or len({code.official for code in codes} & target.above.keys())
    return own + sum(target.heir(text) is not None for text in texts & target.past.olds), own


def _unreadable(table: Table, coded: Sequence[Coded]) -> Refused:
    """What to ask a person, or that there is nothing to read."""
    for each in coded:
        if each.reading.question is not None:
            message, values = each.reading.question
            return Question(message, "--system", **values)
    return Refused("error.no_code_column", file=table.file)


def _by_codes(
    table: Table,
    shape: Shape,
    options: Options,
    best: _Fit,
    readable: Sequence[Coded],
    fits: Sequence[_Fit],
    different: int,
) -> Choice:
    how = hold_level(table, shape, options, best.coded, best.target)
    if how is How.CODES and best.known == 0:
        raise _no_fit(table, best, different, [fit for fit in fits if fit.known >= _FITS * different])
    both = [each for each in readable if not _same(each, best.target)]
    said = [
        Understood(
            "match.both_systems",
            {"column": best.coded.header, "system": _named(best.coded), "other": each.header},
            "--code-column",
        )
        for each in both[:1]
    ]
    return Choice(best.target, best.coded, how, understood=tuple(said))


def _named(coded: Coded) -> str:
    return NAMES[coded.reading.system] if coded.reading.system else ""


def _other_target(
    table: Table, shape: Shape, options: Options, coded: Coded, others: Sequence[Target]
) -> Target | None:
    """The edition of the other system that was asked for, or that crosswalk or names point to."""
    if options.edition is not None or not others:
        return others[0] if others else None
    return _linked_best(coded, others) or _named_best(table, shape, others)


def _by_other(
    table: Table, shape: Shape, options: Options, coded: Coded, target: Target, fits: Sequence[_Fit]
) -> Choice:
    """The codes are of the system that the edition does not use: its rows need a crosswalk, or names."""
    hold_level(table, shape, options, coded, target)
    linked = any(code and code.text in target.crosswalk for code in coded.reading.codes)
    if shape.name is None and not linked:
        values = {"system": _named(coded), "edition": target.edition.id, "column": coded.header}
        raise Question("question.name_column", "--name-column", "--edition", **values)
    fitting = fits[0].target.edition.id if fits and fits[0].known else ""
    return Choice(target, coded, How.OTHER, fitting)


def _linked_best(coded: Coded, others: Sequence[Target]) -> Target | None:
    codes = {code.text for code in coded.reading.codes if code}
    ranked = sorted(((len(codes & each.crosswalk.keys()), n) for n, each in enumerate(others)), reverse=True)
    count, first = ranked[0]
    return others[first] if count and (len(ranked) == 1 or count > ranked[1][0]) else None


def _by_names(table: Table, shape: Shape, options: Options, allowed: Sequence[Target]) -> Choice:
    if shape.name is None and not shape.names:
        raise Refused("error.no_code_column", file=table.file)
    target = allowed[0] if len(allowed) == 1 else _named_best(table, shape, allowed)
    if target is None:
        editions = ", ".join(sorted(each.edition.id for each in allowed))
        raise Question("question.edition", "--edition", n=len(allowed), editions=editions)
    how = hold_level(table, shape, options, None, target)
    if target.at > Level.VILLAGE and Level.VILLAGE not in shape.names and not (options.edition or options.area):
        values = {"edition": target.edition.id, "area": target.edition.area, "fitting": target.edition.id}
        raise Question("question.small_edition", "--edition", **values)
    return Choice(target, None, how)


def _named_best(table: Table, shape: Shape, targets: Sequence[Target]) -> Target | None:
    """The edition that alone knows most of the names."""
    if shape.name is None or not targets:
        return None
    names = {normalise(text_of(cell)) for cell in table.column(shape.name)} - {""}
    counts = Counter({n: len(names & set(map(normalise, each.regions.values()))) for n, each in enumerate(targets)})
    (first, best), *rest = counts.most_common(2)
    clear = best >= _FITS * len(names) and (not rest or best >= 2 * rest[0][1])
    return targets[first] if clear else None


def _other_system(table: Table, coded: Coded, target: Target, fits: Sequence[_Fit]) -> Refused:
    """The refusal of a table of the other system, naming both and the ways on."""
    values = other_values(coded, target)
    if fits and fits[0].known:
        return Refused("error.other_code_system_but", fitting=fits[0].target.edition.id, **values)
    return Refused("error.other_code_system", **values)


def other_values(coded: Coded, target: Target) -> dict[str, str]:
    """What sentences say of codes of the other system."""
    system: CodeSystem = coded.reading.system or target.other()
    return {
        "column": coded.header,
        "system": NAMES[system],
        "edition": target.edition.id,
        "other": NAMES[target.edition.code_system],
    }


def _no_fit(table: Table, best: _Fit, different: int, better: Sequence[_Fit]) -> Refused:
    values = {"file": table.file, "count": different, "known": best.known, "edition": best.target.edition.id}
    if better:
        return Refused("error.no_edition_fits_but", fitting=better[0].target.edition.id, **values)
    return Refused("error.no_edition_fits", **values)
