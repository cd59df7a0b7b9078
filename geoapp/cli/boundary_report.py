"""What became of a boundary file, checked or imported: as one JSON object, and as lines for a person."""

from collections.abc import Sequence
from typing import Any

import click

from geoapp.cli.desk import Desk
from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.words import Language
from geoapp.editions.draft import Draft
from geoapp.editions.line import Attempt
from geoapp.editions.publish import counts
from geoapp.errors import BadRequest, GeoappError, NotFound, Question
from geoapp.i18n import speak

_SHOWN = 40


def document(tried: Attempt, language: Language) -> dict[str, Any]:
    """The object of ``--json``.

    ``features`` are those of the layer that was read; each became one of ``regions``, was ``set_aside`` (no region of
    this level, or the same again) or is ``refused``. Where the whole file is refused, or waits for an answer, there are
    no regions. ``levels`` are the regions with a shape by level; ``rows`` says what became of each row that is none.
    """
    draft, error = tried.draft, tried.error
    features = draft.features or sum(len(each.frame) for each in draft.layers)
    regions = len(draft.levels[draft.level]) if draft.levels and error is None else 0
    said = [*tried.findings, *([] if error is None else [_finding(error, draft.file.name)])]
    return {
        "file": draft.file.name,
        "layer": draft.layer or None,
        "profile": draft.profile.slug if draft.profile else None,
        "code_system": draft.system.value if draft.system else None,
        "level": draft.level.slug if draft.profile else None,
        "crs": draft.crs,
        "features": features,
        "regions": regions,
        "set_aside": len(draft.set_aside),
        "refused": len(draft.refused) if error is None or draft.refused else features - len(draft.set_aside),
        "levels": counts(draft) if error is None else {},
        "ancestors": [{"code": a.code, "name": a.name, "level": a.level.slug} for a in draft.ancestors],
        "nature": _nature(draft),
        "rows": {"set_aside": _rows(draft.set_aside), "refused": _rows(draft.refused)},
        "suggestions": [
            {"row": s.row + 1, "name": s.name, "code": s.code, "official": s.official, "score": s.score}
            for s in draft.suggestions
        ],
        "findings": [_said(each, language) for each in said],
        "question": _question(error, language),
    }


def _nature(draft: Draft) -> list[dict[str, Any]]:
    """Water and forest, which are kept and are no regions."""
    if draft.nature is None:
        return []
    rows = draft.nature[["kind", "code", "name"]].itertuples(name=None)
    return [{"row": row + 1, "kind": kind.value, "code": code, "name": name} for row, kind, code, name in rows]


def _rows(rows: Sequence[int]) -> list[int]:
    return sorted(int(row) + 1 for row in rows)


def _said(finding: Finding, language: Language) -> dict[str, Any]:
    sentence = speak(language, finding.message, **finding.values)
    row = finding.place.line
    return {"weight": finding.weight.value, "sentence": sentence, "row": row, "message": finding.message}


def _finding(error: GeoappError, file: str) -> Finding:
    """An error as the last of the findings."""
    line = error.values.get("line")
    weight = Weight.ASK if isinstance(error, Question) else Weight.STOP
    return Finding(weight, error.message, error.values, Place(file, line=line if isinstance(line, int) else None))


def _question(error: GeoappError | None, language: Language) -> dict[str, Any] | None:
    """What a person must say, and by which options; None where nothing is asked."""
    if not isinstance(error, Question) or not error.options:
        return None
    sentence = speak(language, error.message, **error.values)
    return {"sentence": sentence, "options": list(error.options), "option": error.options[0], "message": error.message}


def show(desk: Desk, findings: Sequence[Finding]) -> None:
    """The heaviest first, and no more than a screen or so of them."""
    order = list(Weight)
    ranked = sorted(findings, key=lambda each: order.index(each.weight))
    desk.show(ranked[:_SHOWN])
    if len(ranked) > _SHOWN:
        click.echo(speak(desk.language, "boundaries.more_findings", n=len(ranked) - _SHOWN), err=True)


def show_refused(desk: Desk, tried: Attempt) -> None:
    """Why a file is refused, row by row, before the sentence that says so; a slip of the command line needs no rows."""
    if tried.error is not None and not isinstance(tried.error, (BadRequest, NotFound)):
        show(desk, [each for each in tried.findings if each.weight is not Weight.NOTE or _is_near(each)])


def _is_near(finding: Finding) -> bool:
    """Whether it is a suggestion, which a person must see before saying yes."""
    return finding.message == "finding.name_near"


def counted(desk: Desk, draft: Draft) -> str:
    """``1 regency, 29 districts, 326 villages``."""
    return numbers(desk, counts(draft))


def numbers(desk: Desk, regions: Any) -> str:
    """Counts by level slug in words."""
    return ", ".join(speak(desk.language, f"boundaries.count_{slug}", n=n) for slug, n in regions.items())
