"""The block beside a picture's map: title, legend with counts, sources, date and the site's name."""

from datetime import date

from geoapp.atlas import words
from geoapp.atlas.page import MapPage
from geoapp.domain.indicators import IndicatorKind
from geoapp.domain.observations import State
from geoapp.domain.words import Language
from geoapp.i18n import dates, numbers, speak
from geoapp.layers.plan import LegendRow
from geoapp.pictures import looks, text
from geoapp.pictures.sizes import Size

_LEFT, _RIGHT, _TOP = 44, 28, 68
_ROW = 37
_SWATCH = (36, 24)


def drawn(
    page: MapPage, language: Language, size: Size, prefix: str, largest: float, site: str, made: date | None
) -> str:
    """The panel's elements, from the upper left corner of the picture; ``largest`` is the radius on the map."""
    room = size.panel - _LEFT - _RIGHT
    foot = _foot(page, language, size, room, site, made)
    parts = [f'<rect width="{size.panel}" height="{size.height}" fill="{looks.PAPER}"/>']
    y = float(_TOP)
    for line in text.balanced(words.title(page, language), 34, room, bold=True, most=5):
        parts.append(text.written(line, _LEFT, y, 34, bold=True))
        y += 39
    y += -4
    for line in text.wrapped(_finding(page, language), 19, room, most=3):
        parts.append(text.written(line, _LEFT, y, 19, looks.INK_2))
        y += 26
    rows = page.plan.legend
    dotted = any(looks.estimated(page.plan, region.number) for region in page.regions)
    common = min(_ROW, (size.height - foot[1] - y - (22 if dotted else 0)) / max(len(rows), 1))
    widest = max((_radius(page, row, largest) for row in rows), default=0.0)
    for row in rows:
        radius = _radius(page, row, largest)
        step = max(common, 2 * radius + 10)
        parts.append(_row(page, language, row, y - 8, step, room, prefix, (max(radius, 1.5), widest)))
        y += step
    if dotted:
        parts.append(text.written(speak(language, "picture.estimated"), _LEFT, y + 12, 15, looks.INK_2))
    return "".join(parts) + foot[0]


def _finding(page: MapPage, language: Language) -> str:
    """One or two sentences from the figures: the highest region, how many are known."""
    known = [(each.figure, n) for n, each in enumerate(page.observations) if each.figure is not None]
    said = []
    if known and page.layer.indicator.kind is not IndicatorKind.CATEGORY:
        figure, place = max(known, key=lambda each: (each[0], -each[1]))
        name = words.region_name(page.regions[place])
        figured = words.with_unit(language, page.layer.indicator, figure)
        said.append(speak(language, "picture.highest", name=name, figure=figured))
    return " ".join([*said, words.coverage(page, language)])


def _radius(page: MapPage, row: LegendRow, largest: float) -> float:
    """The radius of a row's circle as it is on the map; 0 for other rows."""
    return largest * ((row.figure or 0) / (page.plan.largest or 1)) ** 0.5 if row.kind == "circle" else 0.0


def _row(
    page: MapPage,
    language: Language,
    row: LegendRow,
    y: float,
    step: float,
    room: float,
    prefix: str,
    circle: tuple[float, float],
) -> str:
    """A rule, a swatch, the label and the count; ``circle`` is its radius and that of the largest row."""
    radius, largest = circle
    width, height = _SWATCH[0], min(_SWATCH[1], step - 8)
    rule = f'<path d="M{_LEFT} {y:.6g}h{room}" stroke="{looks.RULE}"/>'
    middle = y + step / 2
    label = words.legend_label(language, page.layer.indicator, row)
    size = 20 if step >= 34 else 17
    column = max(width, 2 * largest) if row.kind == "circle" else width
    lines = text.written(label, _LEFT + column + 14, middle + size * 0.35, size)
    if row.kind == "circle":
        swatch = (
            f'<circle cx="{_LEFT + column / 2:g}" cy="{middle:.6g}" r="{radius:.3g}"'
            f' fill="{looks.CIRCLE}" fill-opacity=".72"/>'
        )
        return rule + swatch + lines
    count = numbers.figure(language, row.count, 0)
    level = words.level_word(language, page.level, words.kinds(page.regions), row.count)
    counted = speak(language, "picture.count", count=count, level=level)
    right = text.written(counted, _LEFT + room, middle + size * 0.35, size - 2, looks.INK_2, anchor="end")
    box = f'<rect x="{_LEFT}" y="{middle - height / 2:.6g}" width="{width}" height="{height:.6g}"'
    edge = 'stroke-opacity=".25"'
    if row.state is State.OUT_OF_SCOPE:
        edge = 'stroke-dasharray="4 3"'
    letter = words.letters(language, page.layer.indicator).get(row.category or "", "")
    mark = (
        text.written(letter, _LEFT + width / 2, middle + 5.5, 15, looks.letter_ink(row.colour or ""), True, "middle")
        if letter
        else ""
    )
    box += f' fill="{_swatch(row, prefix)}" stroke="{looks.INK}" {edge}/>'
    return rule + box + mark + lines + right


def _swatch(row: LegendRow, prefix: str) -> str:
    if row.state is not None:
        return looks.state_fill(row.state, prefix)
    if row.kind == "zero":
        return f"url(#{prefix}zero)"
    return row.colour or looks.LAND


def _foot(
    page: MapPage, language: Language, size: Size, room: float, site: str, made: date | None
) -> tuple[str, float]:
    """Sources, boundary status, date and the site's name, and the height they take."""
    edition = page.layer.edition
    sentences = speak(
        language,
        "picture.sources",
        source=page.layer.indicator.source[language].rstrip("."),
        attribution=edition.attribution[language].rstrip("."),
        status=speak(language, f"picture.boundaries.{edition.status.value}"),
    )
    if made is not None:
        sentences += " " + speak(language, "picture.made", date=dates.day(language, made))
    lines = text.wrapped(sentences, 15, room, most=5)
    y = size.height - 36
    parts = []
    if site:
        mark = f'<path d="M{_LEFT} {y - 15}h14v13l-7 7-7-7z" fill="{looks.INK}"/>'
        parts.append(mark + text.written(text.wrapped(site, 19, room - 24, True, 1)[0], _LEFT + 24, y, 19, bold=True))
        y -= 31
    for line in reversed(lines):
        parts.append(text.written(line, _LEFT, y, 15, looks.INK_2))
        y -= 20
    return "".join(parts), size.height - y
