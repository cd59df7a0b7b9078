"""Recognising a file: the layer that holds villages, its source by its columns, its code system by the whole column."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.levels import Level
from geoapp.editions import areas
from geoapp.editions.asides import findings, sort_out
from geoapp.editions.choice import Choice, choose
from geoapp.editions.coding import local_codes, other_codes
from geoapp.editions.draft import Draft, Frame, Step
from geoapp.editions.fit import Fit, listed
from geoapp.errors import Question, Refused

_SHOWN = 10
_BELOW = ("rw", "no_rw", "nama_rw", "kode_rw", "rt", "no_rt", "nama_rt", "kode_rt", "dusun", "nama_dusun", "nmsls")
"""Columns that number or name regions below the village, or merely count them."""


def recognise(draft: Draft) -> Step:
    """One row a region of the file's level, with its code where there are codes, and its name; the rest is set aside.

    What cannot go on leaves its ``question``: neither codes nor names, a code system or a level that nothing tells, a
    level above the village, no village at all.

    Raises
    ------
    Question
        Several layers with villages, and none was named.
    BadRequest
        A profile, column or level that was asked for does not exist.
    """
    choice = choose(draft)
    fit = choice.fit
    draft = replace(
        draft,
        layer=fit.layer.name,
        features=len(fit.columns),
        profile=fit.profile,
        system=fit.reading.system if fit.reading else None,
        level=fit.level or draft.level,
    )
    said = tuple(_said(draft, choice))
    try:
        _refuse_cut_short(draft, fit)
        level = _level(draft, fit)
    except Refused as refused:
        return replace(draft, question=refused), said
    asides = sort_out(draft, fit, level)
    gone = {*asides.set_aside, *asides.refused}
    frame = _regions(draft, fit)
    column = areas.column_of(fit.columns)
    if column is not None:
        frame["area_said"] = areas.numbers(fit.columns.cells(column))
    nothing = Refused("error.no_village", file=draft.file.name, n=len(frame))
    recognised = replace(
        draft,
        layers=(),  # the frame has what is needed of them; a nation's would be in the way
        frame=frame[~frame.index.isin(gone)],
        level=level,
        below=fit.columns.find(_BELOW) or "" if level is Level.VILLAGE else "",
        set_aside=tuple(asides.set_aside),
        refused=tuple(asides.refused),
        nature=frame.loc[list(asides.nature)].assign(kind=list(asides.nature.values())),
        area_column=column or "",
        question=nothing if len(asides.set_aside) == len(frame) else None,
    )
    return recognised, (*said, *_closed(draft, fit), *findings(asides))


def _refuse_cut_short(draft: Draft, fit: Fit) -> None:
    """A service that stopped at its limit left villages out; a person may want the others alone."""
    if fit.layer.cut_short and not draft.asked.partial:
        raise Question("question.cut_short", "--partial", file=draft.file.name, n=len(fit.columns))


def _level(draft: Draft, fit: Fit) -> Level:
    """The base level; what the codes say of official levels goes before what anybody claims."""
    if fit.reading is not None and fit.reading.question is not None:
        message, values = fit.reading.question
        raise Question(message, "--system", **values)
    if fit.coding is None and not any(fit.names):
        raise Refused("error.boundary_no_code_no_name", file=draft.file.name, columns=listed(fit.columns))
    level, asked = fit.level, draft.asked.level
    codes = [code for code in fit.reading.codes if code] if fit.reading else []
    example = codes[0].text if codes else next(name for name in fit.names if name)
    if level is not None and level < Level.VILLAGE:
        raise Refused("error.level_above_village", file=draft.file.name, example=example, level=level.slug)
    if level is None:
        if asked is None or asked <= Level.VILLAGE:
            raise Question("error.level_needed", "--level", file=draft.file.name, example=example)
        return asked
    if (
        asked is not None
        and asked > Level.VILLAGE
        and level is Level.VILLAGE
        and codes
        and len(set(codes)) == len(codes)
    ):
        raise Refused("error.level_unfit", level=asked.slug)
    return asked or level


def _regions(draft: Draft, fit: Fit) -> Frame:
    import geopandas

    columns, profile = fit.columns, fit.profile
    codes = fit.reading.codes if fit.reading else (None,) * len(columns)
    table: dict[str, Any] = {
        "code": [code.text if code else None for code in codes],
        "raw": list(fit.coding.raw) if fit.coding else [None] * len(columns),
        "name": list(fit.names),
    }
    for upper in (each for each in profile.columns if each < profile.level):
        table[f"name_{upper.slug}"] = columns.texts(columns.find(profile.columns[upper]))
    if fit.coding is not None:
        table["other"] = other_codes(columns, profile, fit.coding, fit.names, draft.official)
    if profile.local:
        table["local"] = local_codes(columns, profile)[0]
    return geopandas.GeoDataFrame(table, geometry=fit.layer.frame.geometry.values, crs=fit.layer.frame.crs)


def _said(draft: Draft, choice: Choice) -> Iterator[Finding]:
    """The source and why, the code system and why, the layers that were joined or left."""
    fit = choice.fit
    columns = ", ".join(fit.matched[:6]) or "-"
    source = {"source": fit.profile.slug, "columns": columns, "n": len(fit.columns)}
    if fit.coding is None:
        yield _note(draft, "finding.boundary_recognised_names", **source)
    else:
        yield _note(draft, "finding.boundary_recognised", **source, column=fit.coding.column)
    if choice.joined:
        yield _note(draft, "finding.layers_joined", n=len(choice.joined), layers=", ".join(choice.joined[:_SHOWN]))
    if choice.others:
        others = ", ".join(choice.others[:_SHOWN])
        yield _note(draft, "finding.layer_chosen", layer=fit.layer.name, others=others)
    if fit.reading is not None:
        yield _note(draft, fit.reading.reason, **fit.reading.values)
        if fit.reading.repaired:
            yield _note(draft, "finding.boundary_codes_mended", n=fit.reading.repaired)


def _closed(draft: Draft, fit: Fit) -> Iterator[Finding]:
    if fit.layer.cut_short:
        yield Finding(Weight.WARN, "finding.cut_short", {"n": len(fit.columns)}, Place(draft.file.name))
    for each in fit.layer.mended:
        values = {"name": fit.names[each.row], **each.values}
        yield Finding(Weight.WARN, each.message, values, Place(draft.file.name, line=each.row + 1))


def _note(draft: Draft, message: str, **values: Any) -> Finding:
    return Finding(Weight.NOTE, message, values, Place(draft.file.name))
