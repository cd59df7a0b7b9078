"""The workbook of a template: a sheet with white cells to fill in, its notes, and a hidden sheet for the machine."""

import io
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from geoapp.catalogue.site import Site
from geoapp.domain.indicators import Indicator, IndicatorKind
from geoapp.domain.words import LANGUAGES, Language
from geoapp.i18n import speak
from geoapp.i18n.numbers import bound
from geoapp.releases.templates.template import (
    CODE,
    FORM,
    MACHINE,
    NOT_APPLICABLE,
    Column,
    Form,
    Place,
    applies,
    level_name,
    machine_rows,
)

FIRST = 4
"""The line of the first region; above it stand a title, a hint and the header."""
NOTES: Mapping[Language, str] = {"id": "Petunjuk", "en": "Notes"}
_RULES = (
    "template.rule_cells",
    "template.rule_blank",
    "template.rule_zero",
    "template.rule_dash",
    "template.rule_not_applicable",
    "template.rule_marks",
    "template.rule_numbers",
    "template.rule_persons",
    "template.rule_return",
)
_BOLD = Font(bold=True)
_TITLE = Font(bold=True, size=14)
_QUIET = Font(color="595959")
_HEAD = PatternFill("solid", fgColor="D9E1E8")
_GREY = PatternFill("solid", fgColor="F2F2F2")
_LINE = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_OPEN = Protection(locked=False)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_MIDDLE = Alignment(wrap_text=True, vertical="center", horizontal="center")
_PROMPT, _PROMPT_TITLE = 250, 32
"""Letters that a spreadsheet shows beside a cell."""


def write(made: Form, site: Site) -> bytes:
    """The template as an XLSX; ``site`` says whom to ask."""
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    book.active.title = FORM
    _write_form(book.active, made)
    for language in LANGUAGES:
        _write_notes(book.create_sheet(NOTES[language]), made, site, language)
    _write_machine(book.create_sheet(MACHINE), made)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _categories(made: Form) -> list[Column]:
    """The first column of every category indicator; their answers are listed on the hidden sheet."""
    return list({each.indicator.slug: each for each in made.columns if each.indicator.categories}.values())


# ── the sheet to fill in ───────────────────────────────────────────────────────────────────────────────────────


def _write_form(sheet: Worksheet, made: Form) -> None:
    lead = 2 + len(made.levels)
    _put(sheet, 1, 1, speak("id", "template.title", area=made.title), font=_TITLE)
    _put(sheet, 2, 1, speak("id", "template.hint", notes=NOTES["id"]), font=_QUIET)
    heads = [CODE, made.name_column, *map(level_name, made.levels), *(each.header for each in made.columns)]
    for n, head in enumerate(heads, 1):
        _put(sheet, FIRST - 1, n, head, font=_BOLD, fill=_HEAD, border=_BOX, alignment=_MIDDLE)
    for line, place in enumerate(made.places, FIRST):
        names = (place.code, place.name, *(place.above.get(level, "") for level in made.levels))
        for n, text in enumerate(names, 1):
            _put(sheet, line, n, text, number_format="@", fill=_GREY, border=_BOX)
        for n, column in enumerate(made.columns, lead + 1):
            _to_fill(sheet, line, n, place, column.indicator)
    _dress(sheet, made, lead)
    _guard(sheet, made, lead)


def _to_fill(sheet: Worksheet, line: int, column: int, place: Place, indicator: Indicator) -> None:
    """An empty cell; a locked one where the figure cannot exist."""
    if not applies(indicator, place):
        _put(sheet, line, column, NOT_APPLICABLE, font=_QUIET, fill=_GREY, border=_BOX)
        return
    places = "." + "0" * indicator.decimals if indicator.decimals else ""
    form = "General" if indicator.kind is IndicatorKind.CATEGORY else f"#,##0{places}"
    _put(sheet, line, column, "", number_format=form, border=_BOX, protection=_OPEN)


def _put(sheet: Worksheet, line: int, column: int, text: str, **looks: Any) -> None:
    """A cell of text, never a formula, with its looks; without text it is empty."""
    cell = sheet.cell(line, column)
    if text:
        cell.value = text
        cell.data_type = "s"
    for name, look in looks.items():
        setattr(cell, name, look)


def _dress(sheet: Worksheet, made: Form, lead: int) -> None:
    """Widths, frozen header and names, protection without a password, and how it prints."""
    widths = [18, 26, *(20 for _ in made.levels), *(max(16, min(30, len(each.header) / 2)) for each in made.columns)]
    for n, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.row_dimensions[FIRST - 1].height = 48
    sheet.freeze_panes = f"{get_column_letter(lead + 1)}{FIRST}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.print_title_rows = f"{FIRST - 1}:{FIRST - 1}"
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&P / &N"
    _print(sheet, "landscape" if lead + len(made.columns) > 5 else "portrait")


def _print(sheet: Worksheet, orientation: Literal["portrait", "landscape"]) -> None:
    """On A4, as wide as the paper."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = orientation, 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _guard(sheet: Worksheet, made: Form, lead: int) -> None:
    """What may be typed into each column."""
    choices = {each.indicator.slug: n for n, each in enumerate(_categories(made))}
    last = FIRST + len(made.places) - 1
    for n, column in enumerate(made.columns):
        letter = get_column_letter(lead + 1 + n)
        validation = _validation(column.indicator, f"{letter}{FIRST}", choices)
        validation.add(f"{letter}{FIRST}:{letter}{last}")
        sheet.add_data_validation(validation)


def _validation(indicator: Indicator, first: str, choices: Mapping[str, int]) -> DataValidation:
    """A list of the answers, or a check of numbers; state words and marks may be typed all the same."""
    label = indicator.name.id
    if indicator.categories:
        letter = get_column_letter(_CHOICES + choices[indicator.slug])
        source = f"{MACHINE}!${letter}$1:${letter}${len(indicator.categories)}"
        made = DataValidation(type="list", formula1=source, allow_blank=True, errorStyle="warning")
        made.error = _cut(speak("id", "template.error_choice"))
    else:
        made = DataValidation(type="custom", formula1=_within(indicator, first), allow_blank=True)
        made.errorStyle = "stop" if indicator.hard_range else "warning"
        made.error = _cut(speak("id", "template.error_range", indicator=label, range=_range(indicator, "id")))
    made.errorTitle = made.promptTitle = label[:_PROMPT_TITLE]
    made.prompt = _cut(f"{indicator.definition.id} {speak('id', 'template.prompt')}")
    made.showErrorMessage = made.showInputMessage = True
    return made


def _within(indicator: Indicator, cell: str) -> str:
    """True for words and for numbers of the range; a formula in English, as files have it."""
    bounds = [f"{cell}{sign}{limit:.15g}" for sign, limit in _limits(indicator)]
    whole = [f"{cell}=ROUND({cell},0)"] if indicator.kind is IndicatorKind.COUNT and not indicator.decimals else []
    return f"OR(ISTEXT({cell}),AND(ISNUMBER({cell}){''.join(',' + each for each in (*bounds, *whole))}))"


def _limits(indicator: Indicator) -> Iterable[tuple[str, float]]:
    if indicator.minimum is not None:
        yield ">=", indicator.minimum
    if indicator.maximum is not None:
        yield "<=", indicator.maximum


def _range(indicator: Indicator, language: Language) -> str:
    low, high = ("" if limit is None else bound(language, limit, 0) for limit in (indicator.minimum, indicator.maximum))
    return f"{low}–{high}" if low or high else ""


def _cut(text: str) -> str:
    return text if len(text) <= _PROMPT else text[: _PROMPT - 1].rsplit(" ", 1)[0] + "…"


# ── what stands beside it ──────────────────────────────────────────────────────────────────────────────────────


def _write_notes(sheet: Worksheet, made: Form, site: Site, language: Language) -> None:
    """How to fill it in, whom to ask, and what every column means."""
    for letter, width in zip("ABCDE", (34, 70, 18, 18, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.protection.sheet = True
    _print(sheet, "landscape")
    _put(sheet, 1, 1, speak(language, "template.notes"), font=_TITLE)
    rules = [*(speak(language, rule, sheet=FORM) for rule in _RULES), _whom(site, language)]
    for line, rule in enumerate(rules, 2):
        _put(sheet, line, 1, f"• {rule}")
    top = len(rules) + 3
    for n, head in enumerate(("column", "meaning", "unit", "range", "choices"), 1):
        _put(sheet, top, n, speak(language, f"template.head_{head}"), font=_BOLD, fill=_HEAD)
    indicators = {each.indicator.slug: each.indicator for each in made.columns}
    for line, indicator in enumerate(indicators.values(), top + 1):
        choices = "; ".join(each.name[language] for each in indicator.categories)
        said = (indicator.name, indicator.definition, indicator.unit)
        for n, text in enumerate([*(each[language] for each in said), _range(indicator, language), choices], 1):
            _put(sheet, line, n, text, alignment=_WRAPPED)


def _whom(site: Site, language: Language) -> str:
    """Whom to ask: the office and its address where the site says them, else the site itself."""
    who = ", ".join(each for each in (site.office[language], site.contact.removeprefix("mailto:")) if each)
    return speak(language, "template.rule_ask", who=who or site.name[language])


_CHOICES = 6
"""The column of the hidden sheet where lists of answers begin; before it stand the rows for the machine."""


def _write_machine(sheet: Worksheet, made: Form) -> None:
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True
    for line, row in enumerate(machine_rows(made), 1):
        for n, text in enumerate(row, 1):
            _put(sheet, line, n, text, number_format="@")
    for n, each in enumerate(_categories(made), _CHOICES):
        for line, answer in enumerate(each.indicator.categories, 1):
            _put(sheet, line, n, answer.name.id)
