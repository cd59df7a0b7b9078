"""Dissolving upward: districts, regencies and provinces as unions of their villages, where all of them are there."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.levels import Level
from geoapp.domain.regions import Ancestor
from geoapp.editions import areas
from geoapp.editions.completeness import Completeness
from geoapp.editions.coverage import united
from geoapp.editions.draft import Draft, Frame, Step
from geoapp.editions.islands import each_of
from geoapp.editions.numbering import number_levels

_UNITING = 0.5
"""The part of the time that making upper regions takes; numbering, with their neighbours, takes the rest."""


def dissolve(draft: Draft) -> Step:
    """Every upper region gets a shape if its base regions are all there, and is an ancestor otherwise."""
    base = _base(draft)
    codes = [RegionCode.parse(_system(draft), code) for code in base["code"]]
    said: list[Finding] = []
    drawn: dict[Level, Frame] = {draft.level: base}
    complete = Completeness(draft)
    ancestors: list[Ancestor] = []
    upper = [each for each in reversed(Level) if each <= Level.VILLAGE and each < draft.level]
    for level in upper:
        draft.watch(_UNITING / len(upper), level=level)
        below = base.groupby(np.array([code.at(level).text for code in codes], dtype=object), sort=True).indices
        names = _names(draft, base, below, level)
        present = {code: set(base["code"].to_numpy()[rows]) for code, rows in below.items()}
        whole = {code: rows for code, rows in below.items() if complete.is_whole(code, level, present[code])}
        if whole:
            drawn[level] = _united(draft, base, whole, names)
        for code in (code for code in names if code not in whole):
            ancestors.append(Ancestor(code, names[code], level))
            message, values = complete.gap(code, present[code])
            said.append(Finding(Weight.NOTE, message, values, Place(draft.file.name)))
    ancestors.sort(key=lambda each: (each.level, each.code))
    made = number_levels(drawn, lambda level: draft.watch((1 - _UNITING) / len(drawn), level=level))
    levels, sized = _with_areas(draft, made)
    return replace(draft, levels=levels, ancestors=tuple(ancestors)), (*said, *sized)


def _with_areas(draft: Draft, levels: dict[Level, Frame]) -> tuple[dict[Level, Frame], list[Finding]]:
    """The official areas beside those of the shapes: the file's of its regions, an upper level's own file's of that."""
    said: list[Finding] = []
    for level, frame in levels.items():
        if "area_said" in frame:
            levels[level], said = areas.beside(frame, draft.file.name, draft.area_column)
        elif uppers := draft.uppers.get(level):
            known = [uppers[code].area_km2 if code in uppers else None for code in frame["code"]]
            levels[level] = frame.assign(area_official_km2=np.array(known, dtype=float))
    return levels, said


def _base(draft: Draft) -> Frame:
    """The base regions with kind and parent; a missing name comes from the official list, else it is the code."""
    system, official = _system(draft), draft.official.get(_system(draft), {})
    kept = [*_name_columns(draft.frame), *(["area_said"] if "area_said" in draft.frame else [])]
    base = draft.frame[["code", "name", "geometry", *kept]].copy()
    codes = [RegionCode.parse(system, code) for code in base["code"]]
    base["name"] = [
        name or official.get(code, "") or code for code, name in zip(base["code"], base["name"], strict=True)
    ]
    base["kind"] = [code.kind for code in codes]
    base["parent"] = [code.parent.text if code.parent else None for code in codes]
    return base


def _names(draft: Draft, base: Frame, below: Mapping[str, Any], level: Level) -> dict[str, str]:
    """Names of the regions of one level: the official list's, its own file's, the most frequent, at last the code."""
    official = draft.official.get(_system(draft), {})
    column = base[f"name_{level.slug}"].to_numpy() if f"name_{level.slug}" in base else None
    names = {}
    for code, rows in below.items():
        said = Counter(name for name in column[rows] if name) if column is not None else Counter()
        upper = draft.uppers.get(level, {}).get(code)
        frequent = said.most_common(1)[0][0] if said else code
        names[code] = official.get(code) or (upper.name if upper else "") or frequent
    return names


def _united(draft: Draft, base: Frame, below: Mapping[str, Any], names: Mapping[str, str]) -> Frame:
    """The regions that have all their parts, each the union of them (numbers of the base's rows)."""
    import geopandas

    system, shapes = _system(draft), np.asarray(base.geometry.values, dtype=object)
    codes = [RegionCode.parse(system, code) for code in below]
    table = {
        "code": list(below),
        "name": [names[code] for code in below],
        "kind": [kind_of(code) for code in codes],
        "parent": [code.parent.text if code.parent else None for code in codes],
    }
    made = each_of(list(below.values()), lambda rows: united(shapes[rows]))
    return geopandas.GeoDataFrame(table, geometry=made, crs=base.crs)


def kind_of(code: RegionCode) -> str | None:
    """Village kinds from the code; a regency is a *kota* from 71 on, in both systems."""
    if code.level is not Level.REGENCY:
        return code.kind
    return "kota" if code.text.replace(".", "")[2] >= "7" else "kabupaten"


def _name_columns(frame: Frame) -> list[str]:
    return [name for name in frame.columns if name.startswith("name_")]


def _system(draft: Draft) -> CodeSystem:
    assert draft.system is not None, "recognise comes before dissolve"
    return draft.system
