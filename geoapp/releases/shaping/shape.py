"""What a table's columns are: codes, names, periods, and which of them hold figures of which indicator and period."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from geoapp.domain.figures import unit_of, unit_of_indicator, worded
from geoapp.domain.findings import Finding, Place, Understood, Weight
from geoapp.domain.indicators import Indicator
from geoapp.domain.levels import Level
from geoapp.domain.periods import Granularity
from geoapp.domain.units import Unit, factor, read_unit
from geoapp.errors import Question, Refused
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table, text_of
from geoapp.releases.shaping.columns import Profile, profiles
from geoapp.releases.shaping.dated import dated
from geoapp.releases.shaping.dimension import answers, find_dimensions
from geoapp.releases.shaping.find_series import asked_series, found_series
from geoapp.releases.shaping.header_words import is_question_number, says_code
from geoapp.releases.shaping.heads import called, heads, says_amount, spelled, titled_units
from geoapp.releases.shaping.likely import indicator_named, likeliest
from geoapp.releases.shaping.parting import Scene
from geoapp.releases.shaping.roles import find_roles, understood_roles
from geoapp.releases.shaping.series import Series, Shape

__all__ = ["Series", "Shape", "indicator_named", "recognise"]

_NAMED = 12
"""So many columns a sentence names."""
_A_THOUSAND = 999.0
_ENOUGH = 20
"""So many cells show whether a column holds amounts or answers."""


def recognise(table: Table, options: Options, known: Mapping[str, Indicator]) -> Shape:
    """Find out what every column is.

    Raises
    ------
    NotFound
        If the catalogue has no such indicator, or the table no such column.
    Question
        If no column can be told to be an indicator's, two are of one indicator and period, no period is said anywhere,
        the rows have a second dimension that cannot be added up, or a unit does not fit.
    Refused
        If nothing says which region a row is of, or no column holds a statistic.
    """
    columns = profiles(table)
    roles = find_roles(table, columns, options)
    _refuse_beside(table, columns, roles.name)
    free = [each.index for each in columns if each.index not in roles.taken]
    keys = tuple(dict.fromkeys(each for each in (*roles.regions, roles.period, roles.half) if each is not None))
    dimensions = find_dimensions(table, columns, keys, free)
    parted = frozenset(each.column for each in dimensions)
    year = options.period.year if options.period and options.period.granularity is Granularity.YEAR else None
    scene = Scene(table, columns, heads(table, columns, set(roles.taken | parted), year), dimensions, known)
    series: Sequence[Series] = asked_series(scene, options) if options.indicators else found_series(scene)
    if not series:
        raise _nothing(scene, known)
    _refuse_unsuited(scene, series)
    series = [_in_its_unit(scene, each, roles.unit) for each in series]
    by_rows = roles.period is not None
    series, titled = dated(table, series, options, by_rows)
    _refuse_twice(table, series)
    used = {column for each in series for column in (each.column, *each.plus)}
    parts = tuple(roles.parts.get(level) for level in list(Level)[:4])
    return Shape(
        codes=roles.codes,
        name=roles.name,
        period=roles.period,
        half=roles.half,
        series=tuple(series),
        unread=() if options.indicators else _unread(scene, used),
        parts=(parts[0], parts[1], parts[2], parts[3]),
        names=roles.names,
        understood=(*understood_roles(table, roles), *titled, *_understood(scene, series)),
        dimensions=tuple(each.column for each in dimensions if each.column not in used),
        unit=roles.unit,
        findings=(*_few_answers(scene, series), *_left_blank(scene, series)),
    )


def _refuse_beside(table: Table, columns: Sequence[Profile], name: int | None) -> None:
    """One half of the villages beside the other: the same headings twice, names under both."""
    if name is None:
        return
    again = f"{table.header[name]} (2)"
    twice = [each.header for each in columns if f"{each.header} (2)" in table.header]
    if len(twice) > 1 and any(each.header == again and each.words > 0.5 for each in columns):
        raise Refused("error.tables_beside", column=table.header[name], other=again)


def _few_answers(scene: Scene, series: Sequence[Series]) -> Iterator[Finding]:
    """A warning of amounts that look like coded answers: a few whole numbers from 1 up under a name of something else.

    Whether *2* is two or the second answer only a person knows; a header that counts says that they are amounts.
    """
    for column in dict.fromkeys(each.column for each in series if each.indicator.kind.is_amount):
        profile, head = scene.columns[column], scene.head(column)
        codes = {text_of(cell).removesuffix(".0") for cell in profile.cells}
        slug = next(each.indicator.slug for each in series if each.column == column)
        few = 2 <= len(codes) <= 6 and profile.filled >= _ENOUGH and codes <= set("123456789")
        if few and not says_amount(head) and called(head, spelled(scene.known)) != slug:
            values = {"column": profile.header, "indicator": slug, "answers": ", ".join(sorted(codes))}
            yield Finding(Weight.WARN, "import.few_answers", values, Place(scene.table.file, scene.table.sheet))


def _left_blank(scene: Scene, series: Sequence[Series]) -> Iterator[Finding]:
    """That further columns of an indicator hold nothing and say nothing: next year's, kept ready, erase no figures."""
    words, used = spelled(scene.known), {column for each in series for column in (each.column, *each.plus)}
    slugs = {each.indicator.slug for each in series}
    for slug in sorted(slugs):
        its = [head.column for head in scene.heads if called(head, words) == slug and head.column not in used]
        blank = [scene.table.header[column] for column in its if not scene.columns[column].filled]
        if blank:
            values = {"indicator": slug, "columns": _listed(blank), "n": len(blank)}
            yield Finding(Weight.NOTE, "import.left_blank", values, Place(scene.table.file, scene.table.sheet))


def _unread(scene: Scene, used: set[int]) -> tuple[str, ...]:
    """The headers of columns with figures that no series takes."""
    free = [scene.columns[head.column] for head in scene.heads if head.column not in used]
    return tuple(each.header for each in free if each.holds_figures)


def _nothing(scene: Scene, known: Mapping[str, Indicator]) -> Refused:
    """What to ask where no column is called like an indicator, or that there is no statistic at all."""
    words = spelled(known)
    blank = [head for head in scene.heads if _without_results(scene.columns[head.column]) and called(head, words)]
    if blank and any(each.message == "reading.uncalculated" for each in scene.table.findings):
        columns = _listed([scene.table.header[head.column] for head in blank])
        return Refused("error.uncalculated", columns=columns, n=len(blank))
    coded = [each.header for each in scene.columns if each.filled and is_question_number(each.header)]
    possible = [
        head
        for head in scene.heads
        if (each := scene.columns[head.column]).holds_figures
        or (each.holds_categories and not says_code(each.header) and not is_question_number(each.header))
    ]
    if not possible and coded:
        return Question("question.coded_answers", "--indicator", columns=_listed(coded), n=len(coded))
    if not possible:
        return Refused("error.no_statistic", file=scene.table.file)
    columns = _listed([scene.table.header[head.column] for head in possible])
    near = [f'{slug}="{scene.table.header[head.column]}"' for slug, head in likeliest(possible, known, scene.columns)]
    if near:
        return Question("question.indicator_near", "--indicator", columns=columns, near="; ".join(near))
    return Question("question.indicator", "--indicator", columns=columns)


def _without_results(column: Profile) -> bool:
    """Whether a column is blank but for formulas that were never calculated."""
    return all(text_of(cell).startswith("=") for cell in column.cells)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (f", … (+{len(names) - _NAMED})" if len(names) > _NAMED else "")


def _refuse_unsuited(scene: Scene, series: Sequence[Series]) -> None:
    """One word for a whole column that cannot hold the figures asked of it, not one a row."""
    filled = {each.indicator.slug for each in series if scene.columns[each.column].filled}
    for each in series:
        for column in (scene.columns[index] for index in (each.column, *each.plus)):
            values = {"column": column.header, "indicator": each.indicator.slug}
            if column.holds_signs and each.indicator.slug in filled:
                continue
            if not column.filled:
                raise Question("question.column_blank", "--indicator", **values)
            if each.indicator.categories:
                continue
            if is_question_number(column.header):
                raise Question("question.coded_column", "--indicator", answers=_examples(column.cells), **values)
            if column.words > 0.5:
                raise Question("question.words_column", "--indicator", answers=_examples(column.cells), **values)


def _examples(cells: Sequence[object]) -> str:
    return ", ".join(sorted({text_of(cell)[:24] for cell in cells})[:4])


def _in_its_unit(scene: Scene, series: Series, column: int | None) -> Series:
    """A series with the factor from the table's unit to the indicator's.

    Raises
    ------
    Question
        ``question.unit`` if the column measures something else, ``question.units`` if its rows have several units.
    """
    wanted = unit_of_indicator(series.indicator)
    if wanted is None or series.indicator.categories:
        return series
    text, written = _written_unit(scene, series, column)
    times = factor(written, wanted)
    if times is None:
        values = {"column": scene.table.header[series.column], "unit": text, "indicator": series.indicator.slug}
        raise Question("question.unit", "--indicator", wanted=series.indicator.unit.id, **values)
    return replace(series, factor=times)


def _written_unit(scene: Scene, series: Series, column: int | None) -> tuple[str, Unit | None]:
    """The unit a person, the cells, the header, the column of units or a title says, in this order."""
    if series.unit is not None:
        return series.unit, read_unit(series.unit)
    cells = scene.columns[series.column].cells
    head = scene.head(series.column)
    above = (head.unit_text, head.unit) if head.unit else _titled_unit(scene, series)
    if unit := unit_of(cells):
        text = text_of(next(cell for cell in cells if unit_of([cell]) == unit))
        _refuse_two_sizes(scene, series, (text, unit), above)
        return text, unit
    if text := worded(cells) or "":
        _refuse_two_sizes(scene, series, (text, Unit(above[1].kind if above[1] else "", 1.0)), above)
    if head.unit is not None:
        return head.unit_text, head.unit
    if column is None:
        return _titled_unit(scene, series)
    said = Counter(text_of(cell) for cell in scene.table.column(column) if text_of(cell))
    units = {read_unit(text) for text in said} - {None}
    if len(units) > 1:
        values = {"column": scene.table.header[column], "units": _listed(list(said))}
        raise Question("question.units", "--indicator", indicator=series.indicator.slug, **values)
    return (next(iter(said)), units.pop()) if units else ("", None)


def _titled_unit(scene: Scene, series: Series) -> tuple[str, Unit | None]:
    """The unit of a title that measures what the indicator does; one of another kind is that of other columns."""
    wanted = unit_of_indicator(series.indicator)
    said = {
        text: unit
        for text, unit in titled_units(scene.table.titles).items()
        if wanted is not None and factor(unit, wanted) is not None
    }
    if len({unit.size for unit in said.values()}) > 1:
        values = {"column": scene.table.header[series.column], "units": _listed(list(said))}
        raise Question("question.units_titled", "--map", indicator=series.indicator.slug, **values)
    return next(iter(said.items()), ("", None))


def _refuse_two_sizes(scene: Scene, series: Series, cell: tuple[str, Unit], above: tuple[str, Unit | None]) -> None:
    """*Rp 900.000* below *(ribu rupiah)* may be nine hundred thousand or a thousand times as much."""
    times = factor(above[1], cell[1])
    if times is not None and times >= _A_THOUSAND:
        values = {"column": scene.table.header[series.column], "units": f"{cell[0]}; {above[0]}"}
        raise Question("question.units_titled", "--map", indicator=series.indicator.slug, **values)


def _refuse_twice(table: Table, series: Sequence[Series]) -> None:
    """Two columns for one indicator and period, or one column for two indicators, are a question."""
    seen: dict[object, Series] = {}
    columns: dict[object, Series] = {}
    for each in series:
        same = seen.setdefault((each.indicator.slug, each.period), each)
        if same is not each:
            headers = {"column": table.header[same.column], "other": table.header[each.column]}
            raise Question("question.columns_alike", "--indicator", indicator=each.indicator.slug, **headers)
        twice = columns.setdefault((each.column, each.where), each)
        if twice is not each and not each.plus and not twice.plus:
            both = f"{twice.indicator.slug}, {each.indicator.slug}"
            raise Question("question.column_twice", "--indicator", column=table.header[each.column], indicators=both)


def _understood(scene: Scene, series: Sequence[Series]) -> list[Understood]:
    """What every indicator is taken from, and how to say otherwise."""
    header, said = scene.table.header, []
    by_slug: dict[str, list[Series]] = {}
    for each in series:
        by_slug.setdefault(each.indicator.slug, []).append(each)
    for slug, its in by_slug.items():
        columns = _listed([" + ".join(header[column] for column in (each.column, *each.plus)) for each in its])
        message = "understood.sum" if its[0].plus else "understood.indicator"
        said.append(Understood(message, {"indicator": slug, "columns": columns}, "--indicator"))
        first = its[0]
        for column, parts in zip(first.over, first.values, strict=True):
            words = _as_written(scene.table, column)
            told = ", ".join(words.get(answer, answer) for answer in parts)
            values = {"indicator": slug, "column": header[column], "answers": told}
            said.append(Understood("understood.over", values, "--indicator"))
        wheres = [(column, answer) for column, answer in first.where if column not in first.over]
        for column, answer in wheres:
            told = _as_written(scene.table, column).get(answer, answer)
            values = {"indicator": slug, "column": header[column], "answer": told}
            said.append(Understood("understood.where", values, "--indicator"))
        if first.factor != 1.0:
            values = {"indicator": slug, "factor": f"{first.factor:.15g}", "unit": first.indicator.unit.id}
            said.append(Understood("understood.factor", values, "--map"))
    used = {column for each in series for column in (each.column, *each.plus)}
    short = [header[head.column] for head in scene.heads if head.short and head.column in used]
    if short:
        said.append(Understood("understood.short_years", {"columns": _listed(short)}, "--indicator"))
    return said


def _as_written(table: Table, column: int) -> dict[str, str]:
    """The answers of a dimension as the table writes them."""
    pairs = zip(answers(table, column), table.column(column), strict=True)
    return {answer: text_of(cell) for answer, cell in dict(pairs).items()}
