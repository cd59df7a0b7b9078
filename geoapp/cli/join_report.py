"""The join report on a terminal: the outcome first, then every part of the account, and last what to do next."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geoapp.cli.desk import Desk
from geoapp.cli.next_steps import Step
from geoapp.i18n import numbers, speak
from geoapp.releases.account import (
    Kept,
    account,
    alike,
    by_reason,
    by_weight,
    named,
    outcome,
    period_word,
    say,
    series_word,
    with_place,
    with_ways,
)
from geoapp.releases.report import Fate, ranges

_SERIES = 12
_ROWS = 8
_NAMES = 12
_RANGES = 8
_SUGGESTIONS = 20

Names = Mapping[str, str]
"""Region names by code."""


def show(desk: Desk, kept: Kept, names: Names, steps: Iterable[Step] = (), tried: bool = False) -> None:
    """Print the whole report; ``tried`` where nothing was stored whatever it says."""
    said = account(kept, desk.language)
    desk.heading(", ".join(filter(None, [said["file"], _sheet(desk, said["sheet"])])))
    desk.line(outcome(kept, desk.language))
    if tried:
        desk.say("statistics.checked")
    _understood(desk, said)
    _rows(desk, said)
    _regions(desk, said)
    _not_joined(desk, said)
    _without_row(desk, said, names)
    _suggestions(desk, said)
    _findings(desk, said)
    _changes(desk, said)
    question = said["question"]
    shown_above = question is not None and not question["blocking"] and said["suggestions"]
    show_steps(desk, None if shown_above else question, list(steps))


def shown_codes(kept: Kept) -> set[str]:
    """The codes whose names the report shows."""
    return {code for each in kept["without_row"] for code in each["codes"][:_NAMES]}


def _sheet(desk: Desk, sheet: str) -> str:
    return speak(desk.language, "place.sheet", sheet=sheet) if sheet else ""


def _understood(desk: Desk, said: Mapping[str, Any]) -> None:
    if not said["understood"]:
        return
    desk.heading(_say(desk, "account.understood"))
    for sentence, way in with_ways(said, desk.language):
        desk.line(" ".join(filter(None, [sentence, way])), mark="-")


def _rows(desk: Desk, said: Mapping[str, Any]) -> None:
    """Rows by fate with their lines."""
    rows = said["rows"]
    if not rows["read"]:
        return
    lines = {Fate.JOINED.value: [str(each) for each in said["joined_lines"]]}
    for fate in Fate:
        if fate is not Fate.JOINED:
            lines[fate.value] = ranges(row["line"] for row in said["others"] if row["fate"] == fate.value)
    desk.heading(_say(desk, "account.rows", n=rows["read"]))
    desk.table(
        _heads(desk, "fate", "rows", "lines"),
        (
            (speak(desk.language, f"fate.{fate.value}"), _number(desk, rows[fate.value]), _cut(lines[fate.value]))
            for fate in Fate
            if rows[fate.value]
        ),
        right=(1,),
    )


def _regions(desk: Desk, said: Mapping[str, Any]) -> None:
    """The regions of every series; many series of one indicator become one row with ranges."""
    series = said["regions"]
    if not series:
        return
    desk.heading(_say(desk, "account.regions"))
    heads = _heads(desk, "indicator", "period", "asked", "figure", "state", "no_row")
    counted = ("asked", "figure", "state", "no_row")
    if len(series) <= _SERIES:
        shown = (
            [named(said, each["indicator"], desk.language), period_word(desk.language, each["period"]), [each]]
            for each in series
        )
    else:
        shown = (
            [named(said, slug, desk.language), _periods(desk, its), its] for slug, its in _by_indicator(series).items()
        )
    desk.table(
        heads,
        ([slug, period, *(_span(desk, [one[name] for one in its]) for name in counted)] for slug, period, its in shown),
        right=(2, 3, 4, 5),
    )


def _by_indicator(series: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for each in series:
        found.setdefault(each["indicator"], []).append(each)
    return found


def _periods(desk: Desk, series: Sequence[Mapping[str, Any]]) -> str:
    texts = sorted(each["period"] for each in series)
    if len(texts) == 1:
        return period_word(desk.language, texts[0])
    first, last = (period_word(desk.language, text) for text in (texts[0], texts[-1]))
    return _say(desk, "account.periods", first=first, last=last, n=len(texts))


def _span(desk: Desk, counts: Sequence[int]) -> str:
    low, high = _number(desk, min(counts)), _number(desk, max(counts))
    return low if low == high else f"{low}–{high}"


def _not_joined(desk: Desk, said: Mapping[str, Any]) -> None:
    """The rows that were not joined, by what became of them and why; suggestions have a table of their own."""
    grouped = by_reason(said)
    if not grouped:
        return
    desk.heading(_say(desk, "account.not_joined"))
    for (fate, _), rows in grouped.items():
        word = speak(desk.language, f"fate.{fate}")
        told = alike(rows)
        if len(rows) == 1:
            line = _say(desk, "account.line", line=rows[0]["line"], why=rows[0]["sentence"])
            desk.line(f"{word}. {line}", mark="-")
            continue
        if len(told) == 1:
            values = {"fate": word, "n": len(rows), "lines": _cut(ranges(row["line"] for row in rows))}
            desk.line(_say(desk, "account.same_reason", why=rows[0]["sentence"], **values), mark="-")
            continue
        desk.line(_say(desk, "account.reason", fate=word, n=len(rows)), mark="-")
        for sentence, lines in list(told.items())[:_ROWS]:
            message = "account.line" if len(lines) == 1 else "account.lines_why"
            where = {"line": lines[0], "lines": _cut(ranges(lines))}
            desk.line(_say(desk, message, why=sentence, **where), indent=4)
        if more := sum(len(lines) for lines in list(told.values())[_ROWS:]):
            desk.line(_say(desk, "account.more_rows", n=more), indent=4)


def _without_row(desk: Desk, said: Mapping[str, Any], names: Names) -> None:
    """The regions of which no row speaks, by name."""
    groups = said["without_row"]
    if not groups:
        return
    desk.heading(_say(desk, "account.without_row"))
    for each in groups[:_ROWS]:
        codes = each["codes"]
        named = "; ".join(f"{names[code]} ({code})" if code in names else code for code in codes[:_NAMES])
        more = " …" if len(codes) > _NAMES else ""
        series = ", ".join(series_word(said, one, desk.language) for one in each["series"][:3])
        series += " …" if len(each["series"]) > 3 else ""
        desk.line(_say(desk, "account.without", series=series, n=len(codes), regions=named + more), mark="-")
    if len(groups) > _ROWS:
        desk.line(_say(desk, "account.more_series", n=len(groups) - _ROWS), indent=4)


def _suggestions(desk: Desk, said: Mapping[str, Any]) -> None:
    """What waits for a yes, the surest first."""
    waiting = sorted(said["suggestions"], key=lambda each: (-(each["score"] or 0), each["line"]))
    if not waiting:
        return
    desk.heading(_say(desk, "account.suggestions", n=len(waiting)))
    desk.table(
        _heads(desk, "line", "name", "official", "parent", "code", "score", "why"),
        (
            (e["line"], e["name"], e["official"], e["parent"], e["code"], _score(desk, e["score"]), e["why"])
            for e in waiting[:_SUGGESTIONS]
        ),
        right=(0, 5),
    )
    if len(waiting) > _SUGGESTIONS:
        desk.line(_say(desk, "account.more_suggestions", n=len(waiting) - _SUGGESTIONS), indent=2)


def _findings(desk: Desk, said: Mapping[str, Any]) -> None:
    findings = by_weight(said["findings"])
    if not findings:
        return
    desk.heading(_say(desk, "account.findings"))
    for each in findings:
        weight = speak(desk.language, f"weight.{each['weight']}")
        desk.line(f"{weight} {with_place(desk.language, each)}", mark="-")


def _changes(desk: Desk, said: Mapping[str, Any]) -> None:
    """What differs from the last release."""
    sentences = [each["sentence"] for each in said["changes"] if "sentence" in each]
    if not sentences:
        return
    desk.heading(_say(desk, "account.changes"))
    for sentence in sentences:
        desk.line(sentence, mark="-")


def show_steps(desk: Desk, question: Mapping[str, Any] | None, steps: Sequence[Step]) -> None:
    """What to do, with the command lines to type."""
    if question is None and not steps:
        return
    desk.heading(_say(desk, "account.next"))
    if question is not None:
        desk.line(question["sentence"])
    for step in steps:
        desk.line(_say(desk, step.message, **step.values))
        for command in step.commands:
            desk.line(command, indent=4, wrap=False)


def _say(desk: Desk, message: str, **values: Any) -> str:
    return say(desk.language, message, values)


def _heads(desk: Desk, *names: str) -> list[str]:
    return [speak(desk.language, f"statistics.head_{name}") for name in names]


def _number(desk: Desk, count: int) -> str:
    return numbers.figure(desk.language, count, 0)


def _score(desk: Desk, score: float | None) -> str:
    return "" if score is None else numbers.bound(desk.language, score, 0)


def _cut(lines: Sequence[str]) -> str:
    """Ranges of lines, no more than a person reads."""
    return ", ".join(lines[:_RANGES]) + (" …" if len(lines) > _RANGES else "")
