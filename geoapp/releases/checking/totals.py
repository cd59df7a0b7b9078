"""Sums that a table itself promises: parts and wholes, rows of upper regions, total rows, rates and their parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geoapp.domain.figures import Read
from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.indicators import AREAS, Aggregation, Indicator
from geoapp.domain.observations import Observation
from geoapp.domain.periods import Period
from geoapp.releases.checking.derive import STATED_AREA, Said, area_stated, compare, derived, summed
from geoapp.releases.checking.gather import TOTAL, Figures, Gathered, Owned
from geoapp.releases.matching.target import Target

_SHOWN = 3


@dataclass(frozen=True)
class Scene:
    """A gathered table: its figures by key, every cell that was read, and the regions of its edition.

    ``uppers`` gives the index and code of rows of an upper region; ``totals`` the indexes of total rows, ``data`` those
    of all rows that count in a total; ``known`` are the indicators of the catalogue.
    """

    figures: Figures
    done: Gathered
    target: Target
    place: Place
    uppers: Mapping[int, str]
    totals: Sequence[int]
    data: Sequence[int]
    known: Mapping[str, Indicator]

    @property
    def owned(self) -> Owned:
        """The observations by indicator and period."""
        return self.done.owned

    def name(self, code: str) -> str:
        """What a region is called."""
        return self.target.name_of(code)


def differences(scene: Scene) -> Iterable[Finding]:
    """Everything that does not add up, each with its first examples."""
    yield from _parts(scene)
    yield from _given(scene)
    yield from _uppers(scene)
    yield from _total_rows(scene)
    yield from _rates(scene)


def slack(indicator: Indicator, parts: int) -> float:
    """By how much a sum of rounded parts may be off: nothing where figures are whole by nature."""
    if indicator.kind.is_amount and indicator.decimals == 0:
        return 0.5
    return float((parts + 1) * 0.5 * 10.0**-indicator.decimals + 1e-9)


# ── parts and wholes ───────────────────────────────────────────────────────────────────────────────────────────


def _parts(scene: Scene) -> Iterable[Finding]:
    """An indicator beside all the parts of one of its sums, such as males and females."""
    for (slug, period), said in scene.owned.items():
        indicator = scene.known.get(slug)
        for group in indicator.sums if indicator else ():
            parts = [scene.owned.get((part, period)) for part in group]
            if indicator and all(part is not None for part in parts):
                made = summed([_said(part) for part in parts if part is not None])
                wrong = _wrong(_said(said), made, slack(indicator, len(group)))
                values = {"indicator": slug, "parts": ", ".join(group), "period": period.text}
                yield from _finding(scene, "check.parts_differ", (slug, period), wrong, values)


def _given(scene: Scene) -> Iterable[Finding]:
    """The totals that rows give over sex, age or the like."""
    by_slug: dict[str, list[Any]] = {}
    for each in scene.done.given:
        indicator = next(one.indicator for one in scene.figures.series if one.indicator.slug == each.key[0])
        if abs(each.total - each.summed) >= slack(indicator, 2):
            by_slug.setdefault(each.key[0], []).append(each)
    for slug, wrong in by_slug.items():
        examples = [_example(each.line, scene.name(each.key[2]), each.total, each.summed) for each in wrong[:_SHOWN]]
        values = {"indicator": slug, "n": len(wrong), "examples": examples}
        yield Finding(Weight.WARN, "check.total_given_differs", values, _at(scene, wrong[0].line))


def _wrong(given: Said, made: Said, by: float) -> list[tuple[str, float, float]]:
    """Code, given and made figure, where they differ."""
    both = ((code, said.figure, made[code].figure) for code, said in given.items() if code in made)
    return [(code, a, b) for code, a, b in both if a is not None and b is not None and abs(a - b) >= by]


# ── rows of upper regions ──────────────────────────────────────────────────────────────────────────────────────


def _uppers(scene: Scene) -> Iterable[Finding]:
    """Rows of a district or regency against the sum of their regions in the table."""
    if not scene.uppers:
        return
    held = _held(scene)
    for number, series in enumerate(scene.figures.series):
        if series.indicator.aggregation is not Aggregation.SUM:
            continue
        wrong = []
        for index, code in scene.uppers.items():
            figure, key = _upper_figure(scene, number, index)
            said = scene.owned.get(key) if key else None
            if figure is None or said is None:
                continue
            known = [said[child][0].figure for child in held.get(code, ()) if child in said]
            figures = [each for each in known if each is not None]
            total, off = sum(figures), slack(series.indicator, len(figures))
            whole = len(figures) == len(held.get(code, ()))
            if figures and (abs(total - figure) >= off if whole else total - figure >= off):
                wrong.append((scene.figures.lines[index], scene.name(code), figure, total))
        if wrong:
            examples = [_example(*each) for each in wrong[:_SHOWN]]
            values = {"indicator": series.indicator.slug, "n": len(wrong), "examples": examples}
            yield Finding(Weight.WARN, "check.upper_differs", values, _at(scene, wrong[0][0]))


def _held(scene: Scene) -> Mapping[str, list[str]]:
    wanted = set(scene.uppers.values())
    held: dict[str, list[str]] = {}
    for code in scene.target.regions:
        for upper in scene.target.holders(code):
            if upper in wanted:
                held.setdefault(upper, []).append(code)
    return held


def _upper_figure(scene: Scene, number: int, index: int) -> tuple[float | None, tuple[str, Period] | None]:
    """The figure of an upper row and the key it is of; none where the row is only a part."""
    figures, series = scene.figures, scene.figures.series[number]
    own = figures.periods[index] if figures.periods is not None else None
    period = series.period or (own.period if own else None)
    asked = (*((column, TOTAL) for column in series.over), *series.where)
    cell = figures.reads[number][index]
    if period is None or not isinstance(cell, Observation):
        return None, None
    if any(figures.answers[column][index] != answer for column, answer in asked):
        return None, None
    return cell.figure, (series.indicator.slug, period)


# ── total rows ─────────────────────────────────────────────────────────────────────────────────────────────────


def _total_rows(scene: Scene) -> Iterable[Finding]:
    """Total rows against the rows above, below, or all; only where every row has a figure and no column parts them."""
    if not scene.totals or scene.figures.periods is not None:
        return
    for number, series in enumerate(scene.figures.series):
        indicator = series.indicator
        if indicator.aggregation is not Aggregation.SUM or series.over or series.where:
            continue
        wrong = []
        for index in scene.totals:
            figure = _figure(scene.figures.reads[number][index])
            sums = [made for rows in _spans(scene, index) if (made := _sum(scene, number, rows)) is not None]
            by = slack(indicator, len(scene.data))
            if figure is not None and sums and all(abs(figure - made) >= by for made in sums):
                wrong.append((scene.figures.lines[index], "", figure, min(sums, key=lambda made: abs(made - figure))))
        if wrong:
            examples = [_example(*each) for each in wrong[:_SHOWN]]
            values = {"indicator": indicator.slug, "n": len(wrong), "examples": examples}
            yield Finding(Weight.WARN, "check.total_row_differs", values, _at(scene, wrong[0][0]))


def _spans(scene: Scene, index: int) -> Iterable[Sequence[int]]:
    """The rows that a total may stand for: all, those since the total before it, those until the next."""
    before = max((each for each in scene.totals if each < index), default=-1)
    after = min((each for each in scene.totals if each > index), default=len(scene.figures.lines))
    yield scene.data
    yield [each for each in scene.data if before < each < index]
    yield [each for each in scene.data if index < each < after]


def _sum(scene: Scene, number: int, rows: Sequence[int]) -> float | None:
    """The sum of a column over rows; None where there are none, or one has no figure."""
    figures = [_figure(scene.figures.reads[number][each]) for each in rows]
    known = [each for each in figures if each is not None]
    return sum(known) if known and len(known) == len(figures) else None


def _figure(cell: Read) -> float | None:
    return cell.figure if isinstance(cell, Observation) else None


# ── rates ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _rates(scene: Scene) -> Iterable[Finding]:
    """Rates that the table gives beside their parts."""
    for (slug, period), said in scene.owned.items():
        indicator = scene.known.get(slug)
        if indicator is None or indicator.parts is None or indicator.parts.growth:
            continue
        above = part(scene.owned, scene.known, indicator.parts.numerator, period)
        below = part(scene.owned, scene.known, indicator.parts.denominator, period)
        if not above or not below:
            continue
        made, given = derived(indicator, above, below), _said(said)
        wrong = [
            (code, given[code].figure, made[code].figure)
            for code in compare(
                given,
                made,
                indicator.decimals,
                [
                    each
                    for each, of in ((above, indicator.parts.numerator), (below, indicator.parts.denominator))
                    if _is_measured(scene, of)
                ],
            )
        ]
        values = {
            "indicator": slug,
            "parts": f"{indicator.parts.numerator} / {indicator.parts.denominator}",
            "period": period.text,
        }
        yield from _finding(
            scene,
            "check.rate_differs",
            (slug, period),
            [(code, a, b) for code, a, b in wrong if a is not None and b is not None],
            values,
        )


def part(owned: Owned, known: Mapping[str, Indicator], slug: str, period: Period) -> Said:
    """What a table says of a part of a rate: as it gives it, as an area it states, or as the sum of its own parts."""
    if slug in AREAS:
        return area_stated(slug, _said(owned.get((STATED_AREA, period), {})))
    if (slug, period) in owned:
        return _said(owned[slug, period])
    for group in known[slug].sums if slug in known else ():
        members = [owned.get((each, period)) for each in group]
        if all(each is not None for each in members):
            return summed([_said(each) for each in members if each is not None])
    return {}


def _is_measured(scene: Scene, slug: str) -> bool:
    return slug in AREAS or (slug in scene.known and scene.known[slug].decimals > 0)


# ── saying it ──────────────────────────────────────────────────────────────────────────────────────────────────


def _said(told: Mapping[str, tuple[Observation, int | None]]) -> Said:
    return {code: each for code, (each, _) in told.items()}


def _finding(
    scene: Scene,
    message: str,
    key: tuple[str, Period],
    wrong: Sequence[tuple[str, float, float]],
    values: Mapping[str, Any],
) -> Iterable[Finding]:
    if not wrong:
        return
    lines = {code: scene.owned[key][code][1] for code, _, _ in wrong}
    examples = [_example(lines[code], scene.name(code), given, made) for code, given, made in wrong[:_SHOWN]]
    yield Finding(
        Weight.WARN, message, {**values, "n": len(wrong), "examples": examples}, _at(scene, lines[wrong[0][0]])
    )


def _example(line: int | None, name: str, given: float, made: float) -> dict[str, Any]:
    message = "check.example" if name else "check.example_line"
    return {"message": message, "values": {"line": line, "name": name, "given": float(given), "made": float(made)}}


def _at(scene: Scene, line: int | None) -> Place:
    return Place(scene.place.file, scene.place.sheet, line)
