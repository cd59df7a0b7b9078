"""The join report in a reader's words: the kept facts with a sentence beside each, the same for every door."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from geoapp.domain.findings import Ask, Finding, Place, Weight
from geoapp.domain.levels import Level
from geoapp.domain.periods import Period
from geoapp.domain.words import Language, Words
from geoapp.errors import GeoappError, Question
from geoapp.i18n import dates, numbers, speak
from geoapp.releases.report import Fate

Kept = Mapping[str, Any]
"""A join report as ``JoinReport.as_dict`` gives it and the store keeps it."""

_OF_INDICATORS = ("indicator", "indicators", "parts", "absent")
"""Places of a message that hold slugs of indicators, one or several."""
_COUNTED = ("n", "total", "count", "known")
_TOGETHER = (
    "understood.dashes",
    "understood.decimal_comma",
    "understood.decimal_point",
    "understood.thousands_comma",
    "understood.thousands_point",
)
"""Messages that are said once for all their columns; the example is that of the first."""
_SUGGESTED = ("name", "code", "official", "parent", "score", "why")
_SHOWN_OPTION = {"code_system": "system", "region_set": "set"}
_OUTCOMES = {"suggested": "account.outcome_suggested", "refused": "account.outcome_refused"}


class _Count(int):
    """A number that is grouped when it is written, and still chooses the plural."""

    language: Language

    def __str__(self) -> str:
        return numbers.figure(self.language, self, 0)


def named(kept: Kept, slug: str, language: Language) -> str:
    """What an indicator is called; its slug in a report that was kept without names.

    >>> named({"names": {"kk": {"id": "Jumlah keluarga", "en": "Families"}}}, "kk", "id")
    'Jumlah keluarga'
    """
    words = kept.get("names", {}).get(slug)
    return str(words[language]) if words else slug


def series_word(kept: Kept, series: str, language: Language) -> str:
    """An indicator and period kept as ``kk 2024``, in words."""
    slug, _, period = series.partition(" ")
    return " ".join(filter(None, [named(kept, slug, language), period_word(language, period)]))


def _named_in(kept: Kept, values: Mapping[str, Any], language: Language, slugs: bool = False) -> Mapping[str, Any]:
    """The values of a message with the names of indicators; behind each its slug where that is of use."""
    names = kept.get("names", {})

    def word(slug: str) -> str:
        name = named(kept, slug, language)
        return f"{name} [{slug}]" if slugs and slug in names else name

    def said(place: str, value: Any) -> Any:
        match value:
            case {"message": str(), "values": _}:
                return {**value, "values": _named_in(kept, value["values"], language, slugs)}
            case str() if place in _OF_INDICATORS:
                return ", ".join(map(word, value.split(", ")))
            case list() | tuple():
                return [said(place, each) for each in value]
            case _:
                return value

    return {place: said(place, value) for place, value in values.items()} if names else values


def say(language: Language, message: str, values: Mapping[str, Any]) -> str:
    """The sentence of a kept message; figures, levels, periods and sentences among the values are said in it too.

    >>> say("id", "account.outcome_regions", {"known": 1250, "n": 1300, "level": "district"})
    '1.250 dari 1.300 kecamatan mendapat angka'
    """
    said = {name: _said(language, name, value) for name, value in values.items()}
    if isinstance(level := values.get("level"), str) and isinstance(n := values.get("n"), int):
        said["level"] = level_word(language, level, n)
    return speak(language, message, **said)


def _said(language: Language, name: str, value: Any) -> Any:
    match value:
        case bool() | None:
            return value
        case int() if name in _COUNTED:
            counted = _Count(value)
            counted.language = language
            return counted
        case float():
            return numbers.bound(language, value, 0)
        case date():
            return dates.day(language, value)
        case Words():
            return value[language]
        case {"message": str(message)}:
            return say(language, message, value.get("values", {}))
        case {"id": str(), "en": str()}:
            return value[language]
        case list() | tuple():
            return ", ".join(str(_said(language, name, each)) for each in value)
        case str() if name == "level":
            return level_word(language, value)
        case str() if name == "period":
            return period_word(language, value)
        case _:
            return value


def level_word(language: Language, slug: str, n: int = 1) -> str:
    """What ``n`` regions of a level are called; a text that is no level stays as it is."""
    try:
        level = Level.of(slug)
    except ValueError:
        return slug
    return speak(language, "level.village.mixed" if level is Level.VILLAGE else f"level.{level.slug}", n=n)


def period_word(language: Language, text: str) -> str:
    """A period in words: ``semester I 2024``; a text that is none stays as it is."""
    try:
        return dates.period(language, Period.parse(text))
    except ValueError:
        return text


def account(kept: Kept, language: Language) -> dict[str, Any]:
    """The report with its sentences: what ``--json`` prints and every page is made of."""
    question = kept.get("question")

    def told(each: Mapping[str, Any], slugs: bool = False) -> dict[str, Any]:
        return {**each, "values": _named_in(kept, each.get("values", {}), language, slugs)}

    return {
        **kept,
        "others": [{**row, "sentence": _reason(language, told(row))} for row in kept["others"]],
        "suggestions": [_suggestion(language, row) for row in kept["others"] if row["fate"] == Fate.SUGGESTED.value],
        "understood": [
            {"sentence": say(language, each["message"], each["values"]), "option": option_name(each["option"])}
            for each in (told(one, slugs=True) for one in _understood(kept))
        ],
        "findings": [_finding(language, told(each)) for each in kept["findings"]],
        "changes": [_change(language, told(each)) for each in kept.get("changes", ())],
        "question": None if question is None else _question(language, question),
    }


def _understood(kept: Kept) -> Iterable[Mapping[str, Any]]:
    """What was understood, the same of several columns once; those of one option stand together."""
    together: dict[tuple[str, str], dict[str, Any]] = {}
    found: list[dict[str, Any]] = []
    for each in kept.get("understood", ()):
        key = (each["message"], each["option"])
        if each["message"] in _TOGETHER and key in together:
            first = together[key]["values"]
            if "n" in first:
                first["n"] += each["values"]["n"]
            first["column"] += f", {each['values']['column']}"
            continue
        found.append({**each, "values": dict(each["values"])})
        together[key] = found[-1]
    options = [each["option"] for each in found]
    return sorted(found, key=lambda each: options.index(each["option"]))


def option_name(option: str) -> str:
    """How an option is written on the command line.

    >>> option_name("code_column"), option_name("--area")
    ('--code-column', '--area')
    """
    if not option or option.startswith("-"):
        return option
    return "--" + _SHOWN_OPTION.get(option, option).replace("_", "-")


def _reason(language: Language, row: Mapping[str, Any]) -> str:
    return say(language, row["reason"], row["values"]) if row["reason"] else ""


def _suggestion(language: Language, row: Mapping[str, Any]) -> dict[str, Any]:
    values = row["values"]
    said = {name: values.get(name) for name in _SUGGESTED}
    return {"line": row["line"], **said, "why": reason_word(language, values.get("why"))}


def reason_word(language: Language, why: Any) -> str:
    """Why a name was suggested, kept as a message or as a message id alone."""
    if isinstance(why, str) and why:
        return speak(language, why) if why.count(".") and " " not in why else why
    return str(_said(language, "why", why)) if why else ""


def _finding(language: Language, each: Mapping[str, Any]) -> dict[str, Any]:
    place = each.get("place", {})
    return {
        "weight": each["weight"],
        "sentence": say(language, each["message"], each["values"]),
        "sheet": place.get("sheet", ""),
        "line": place.get("line"),
        "cell": place.get("cell", ""),
    }


def _change(language: Language, each: Mapping[str, Any]) -> dict[str, Any]:
    """A change with its sentence, where it is kept as a message."""
    return {**each, "sentence": say(language, each["message"], each["values"])} if "message" in each else dict(each)


def _question(language: Language, each: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "sentence": say(language, each["message"], each["values"]),
        "options": list(each["options"]),
        "blocking": each["blocking"],
    }


def without_table(file: str, error: GeoappError) -> Kept:
    """The report of a file of which no table could be read: no rows, and the error as its question or finding."""
    question = Ask(error.message, error.values, error.options) if isinstance(error, Question) else None
    finding = Finding(Weight.STOP, error.message, error.values, Place(file))
    texts = dict.fromkeys(("sheet", "edition", "area", "level", "code_system", "code_column"), "")
    lists: tuple[str, ...] = ("indicators", "periods", "joined_lines", "headings", "others", "regions", "without_row")
    return {
        "file": file,
        **texts,
        **{name: [] for name in (*lists, "understood", "changes")},
        "rows": {"read": 0, **{fate.value: 0 for fate in Fate}},
        "findings": [] if question else [finding.as_dict()],
        "question": question.as_dict() if question else None,
    }


# ── the outcome in one sentence ────────────────────────────────────────────────────────────────────────────────


def outcome(kept: Kept, language: Language) -> str:
    """The first sentence of a report: how many regions get a figure, what waits, what is refused."""
    rows, question = kept["rows"], kept.get("question")
    held = stopped(kept) and not rows["joined"]
    said = [_regions(kept, language)] if kept["regions"] and not held else []
    counted = {fate: message for fate, message in _OUTCOMES.items() if rows[fate] and not (held and fate == "refused")}
    said += [say(language, message, {"n": rows[fate]}) for fate, message in counted.items()]
    if question is not None and question["blocking"]:
        said.append(speak(language, "account.outcome_asks"))
    elif stopped(kept):
        said.append(speak(language, "account.outcome_stopped"))
    sentence = "; ".join(said or [speak(language, "account.outcome_nothing")])
    return f"{sentence[:1].upper()}{sentence[1:]}."


def stopped(kept: Kept) -> bool:
    """Whether the table cannot go on: a finding stops it, or a question must be answered first."""
    question = kept.get("question")
    blocked = question is not None and question["blocking"]
    return blocked or any(each["weight"] == Weight.STOP.value for each in kept["findings"])


def _regions(kept: Kept, language: Language) -> str:
    """``54 dari 57 desa/kelurahan mendapat angka``; a range where indicators and periods differ."""
    figures = sorted(each["figure"] for each in kept["regions"])
    asked = max(each["asked"] for each in kept["regions"])
    low, high = (numbers.figure(language, each, 0) for each in (figures[0], figures[-1]))
    known = low if low == high else f"{low}–{high}"
    values = {"known": known, "n": asked, "level": level_word(language, kept["level"], asked)}
    return say(language, "account.outcome_regions", values)


def with_ways(account: Mapping[str, Any], language: Language) -> list[tuple[str, str]]:
    """What was understood, each with the way to say otherwise behind the last of those that share an option."""
    said = account["understood"]
    after = [*(each["option"] for each in said), ""][1:]
    return [
        (
            each["sentence"],
            say(language, "account.otherwise", {"option": each["option"]})
            if each["option"] and each["option"] != following
            else "",
        )
        for each, following in zip(said, after, strict=True)
    ]


def alike(rows: Iterable[Mapping[str, Any]]) -> Mapping[str, Sequence[int]]:
    """The lines of rows by what is said of them: the same is said once."""
    lines: dict[str, list[int]] = {}
    for row in rows:
        lines.setdefault(row["sentence"], []).append(row["line"])
    return lines


def by_reason(account: Mapping[str, Any]) -> Mapping[tuple[str, str], Sequence[Mapping[str, Any]]]:
    """The rows that were not joined, by fate and reason; those that need a person first.

    Suggestions have a list of their own, and what the question or a stop says of all rows is not said again of each.
    """
    question = account["question"]
    already = {each["sentence"] for each in account["findings"] if each["weight"] == Weight.STOP.value}
    already |= {question["sentence"]} if question else set()
    order = (Fate.REFUSED, Fate.SET_ASIDE, Fate.MERGED)
    grouped: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for fate in order:
        for row in account["others"]:
            if row["fate"] == fate.value and row["sentence"] not in already:
                grouped.setdefault((row["fate"], row["reason"]), []).append(row)
    return grouped


def with_place(language: Language, finding: Mapping[str, Any], parts: Iterable[str] = ("line", "cell")) -> str:
    """A finding's sentence with where it was seen, before its full stop."""
    sentence: str = finding["sentence"]
    said = (speak(language, f"place.{name}", **{name: finding[name]}) for name in parts if finding[name])
    places = [place for place in said if place not in sentence]
    if not places:
        return sentence
    end = "." if sentence.endswith(".") else ""
    return f"{sentence.removesuffix('.')} ({', '.join(places)}){end}"


def by_weight(findings: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Findings, the heaviest first."""
    order = [each.value for each in Weight]
    return sorted(findings, key=lambda each: order.index(each["weight"]))
