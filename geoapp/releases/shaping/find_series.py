"""Finding the columns of every indicator: those a person asked for, or those whose headers are called like one."""

from collections.abc import Mapping
from dataclasses import replace

from geoapp.domain.indicators import Indicator
from geoapp.domain.periods import Period
from geoapp.errors import NotFound, Question
from geoapp.releases.options import Asked, Options
from geoapp.releases.shaping.columns import Profile, asked_column, headers
from geoapp.releases.shaping.dimension import answer_of, sex_of
from geoapp.releases.shaping.header_words import plain
from geoapp.releases.shaping.heads import Head, called, names_of, says_only_figures, slug_of, spelled, title_names
from geoapp.releases.shaping.likely import indicator_named
from geoapp.releases.shaping.parting import Scene, answers_of, over_all, parted, series_of, summed_over
from geoapp.releases.shaping.series import EVERY_PERIOD, Series


def asked_series(scene: Scene, options: Options) -> list[Series]:
    """The series a person asked for.

    Raises
    ------
    NotFound
        If the catalogue has no such indicator, or the table no such column.
    Question
        If no column can be told to be the indicator's, or the rows' second dimension leaves open which are meant.
    """
    found: list[Series] = []
    for asked in options.indicators:
        indicator = indicator_named(asked.indicator, scene.known)
        wanted = asked.column or options.figure_column
        its = _in_column(scene, asked, indicator, wanted) if wanted else _unsaid(scene, asked, indicator, options)
        if not its:
            raise Question(
                "question.indicator_column", "--indicator", indicator=indicator.slug, columns=headers(scene.table)
            )
        found.extend(replace(each, period=asked.period or each.period, unit=asked.unit) for each in its)
    return found


def found_series(scene: Scene) -> list[Series]:
    """The series whose headers are called like an indicator; where none is, that of the title."""
    words = spelled(scene.known)
    its = {head: slug for head in scene.heads if (slug := called(head, words))}
    suited = {slug for head, slug in its.items() if _suits(scene.columns[head.column], scene.known[slug])}
    found: list[Series] = []
    for head, slug in its.items():
        column = scene.columns[head.column]
        if _suits(column, scene.known[slug]) or (slug in suited and column.holds_signs):
            found.extend(parted(scene, series_of(head, scene.known[slug])))
    found = found or [
        series for slug in _said_in_rows(scene, words) for series in _of_rows(scene, scene.known[slug], words)
    ]
    if found:
        return found
    titled = next((words[name] for name in title_names(scene.table.titles) if name in words), None)
    if titled is None:
        return []
    return [series_of(head, scene.known[titled]) for head in _headless(scene)]


def _said_in_rows(scene: Scene, words: Mapping[str, str]) -> list[str]:
    """The indicators that the answers of a dimension name: a table with the indicator's name in every row."""
    said = [slug_of(names_of(answer), words) for each in scene.dimensions for answer in each.answers]
    return list(dict.fromkeys(slug for slug in said if slug is not None))


def _of_rows(scene: Scene, indicator: Indicator, words: Mapping[str, str]) -> list[Series]:
    """The series of the rows that name the indicator, where one column holds the figures of all."""
    bare = [head for head in scene.heads if scene.columns[head.column].holds_figures and says_only_figures(head)]
    for each in scene.dimensions:
        own = [answer for answer in each.answers if slug_of(names_of(answer), words) == indicator.slug]
        if len(own) == 1 and len(bare) == 1:
            series = replace(series_of(bare[0], indicator), where=((each.column, own[0]),))
            return over_all(scene, series, [other for other in scene.dimensions if other is not each])
    return []


def _in_column(scene: Scene, asked: Asked, indicator: Indicator, wanted: str) -> list[Series]:
    """The series of a column named in full, or of all columns of that name but for their period."""
    if wanted == EVERY_PERIOD:
        its = [head for head in scene.heads if not head.stem and head.read]
    else:
        exact = [head for head in scene.heads if scene.table.header[head.column] == wanted]
        exact = exact or [head for head in scene.heads if plain(scene.table.header[head.column]) == plain(wanted)]
        its = [head._replace(stem=scene.table.header[head.column]) for head in exact]
        its = its or [head for head in scene.heads if plain(head.stem) == plain(wanted)]
    if not its and "+" in wanted and not asked.plus:
        first, *more = (part.strip() for part in wanted.split("+"))
        return _in_column(scene, replace(asked, column=first, plus=tuple(more)), indicator, first)
    if not its:
        column = asked_column(scene.table, wanted)
        raise NotFound("error.column_taken", column=scene.table.header[column or 0], columns=headers(scene.table))
    made = []
    for head in its:
        series = series_of(head, indicator)
        plus = [_plus(scene, stem, head) for stem in asked.plus]
        if all(each is not None for each in plus):
            columns = tuple(each.column for each in plus if each is not None)
            series = replace(series, plus=columns, stems=(*series.stems, *asked.plus))
            made.extend(_where(scene, series, asked) if asked.where else parted(scene, series))
    return made


def _plus(scene: Scene, wanted: str, beside: Head) -> Head | None:
    """The column of that name and the same period."""
    for head in scene.heads:
        names = (plain(head.stem), plain(scene.table.header[head.column]))
        if plain(wanted) in names and (head.read and head.read.period) == (beside.read and beside.read.period):
            return head
    return None


def _where(scene: Scene, series: Series, asked: Asked) -> list[Series]:
    """The series of the rows with these answers, added up where there are several."""
    where = []
    for name, answer in asked.where:
        column = asked_column(scene.table, name)
        assert column is not None
        sexes = any(each.sexes for each in scene.dimensions if each.column == column)
        where.append((column, answer_of(answer, sexes)))
    by_column: dict[int, list[str]] = {}
    for column, answer in where:
        by_column.setdefault(column, []).append(answer)
    series = replace(series, where=tuple(where))
    for column, answers in by_column.items():
        series = summed_over(series, column, answers)
    return over_all(scene, series, [each for each in scene.dimensions if each.column not in by_column])


def _unsaid(scene: Scene, asked: Asked, indicator: Indicator, options: Options) -> list[Series]:
    """The series of an indicator whose column nobody named: by its header, as a sum of parts, as a part of a sum."""
    words = spelled(scene.known)
    its = [head for head in scene.heads if called(head, words) == indicator.slug] or _of_sex(scene, indicator, words)
    if any(scene.columns[head.column].filled for head in its):
        its = [head for head in its if not scene.columns[head.column].blank]
    if its:
        return [series for head in its for series in parted(scene, series_of(head, indicator))]
    if sums := _sums(scene, indicator, words):
        return sums
    if parts := _part_of_sum(scene, indicator, words) or _of_rows(scene, indicator, words):
        return parts
    if len(options.indicators) == 1:
        headless = _headless(scene)
        figures = [head for head in scene.heads if scene.columns[head.column].holds_figures]
        alone = headless or (figures if len(figures) == 1 else [])
        return [series for head in alone for series in parted(scene, series_of(head, indicator))]
    return []


def _sums(scene: Scene, indicator: Indicator, words: Mapping[str, str]) -> list[Series]:
    """Wide parts, such as males and females, added up for the periods that have all of them."""
    for parts in indicator.sums:
        by_period: dict[Period | None, dict[str, Head]] = {}
        for part in (scene.known[slug] for slug in parts if slug in scene.known):
            its_own = [head for head in scene.heads if called(head, words) == part.slug]
            for head in its_own or _of_sex(scene, part, words):
                if scene.columns[head.column].filled:
                    by_period.setdefault(head.read.period if head.read else None, {}).setdefault(part.slug, head)
        made = []
        for period, its in by_period.items():
            if set(its) == set(parts):
                first, *rest = (its[part] for part in parts)
                stems = tuple(head.stem for head in (first, *rest))
                plus = tuple(head.column for head in rest)
                made.append(replace(series_of(first, indicator), period=period, plus=plus, stems=stems))
        if made:
            return made
    return []


def _of_sex(scene: Scene, indicator: Indicator, words: Mapping[str, str]) -> list[Head]:
    """The columns that are called like the indicator's sex alone, one of each period, and like nothing else."""
    sex = sex_of(indicator)
    free = [head for head in scene.heads if sex and not called(head, words)]
    its = [head for head in free if any(answer_of(name, True) == sex for name in head.names)]
    return its if len({head.read for head in its}) == len(its) else []


def _part_of_sum(scene: Scene, indicator: Indicator, words: Mapping[str, str]) -> list[Series]:
    """One sex, or some ages, of a sum whose rows are parted by sex or age."""
    wholes = {slug for slug, each in scene.known.items() if any(indicator.slug in parts for parts in each.sums)}
    its = [head for head in scene.heads if called(head, words) in wholes]
    for each in scene.dimensions:
        answers = answers_of(indicator, each)
        if answers:
            rest = [other for other in scene.dimensions if other is not each]
            where = tuple((each.column, answer) for answer in answers)
            made = [summed_over(replace(series_of(head, indicator), where=where), each.column, answers) for head in its]
            return [series for one in made for series in over_all(scene, one, rest)]
    return []


def _headless(scene: Scene) -> list[Head]:
    """The columns whose headers say no more than a period, or that figures follow."""
    dated = [head for head in scene.heads if head.read and says_only_figures(head)]
    bare = [head for head in scene.heads if says_only_figures(head) and scene.columns[head.column].holds_figures]
    return dated or (bare if len(bare) == 1 else [])


def _suits(column: Profile, indicator: Indicator) -> bool:
    """Whether a column holds what the indicator counts or names; blank ones hold nothing."""
    if indicator.categories:
        return column.filled > 0
    return column.filled > 0 and column.figures >= 0.5
