"""Recognising a file: its source by its columns, its code system by the whole column, its place on the earth."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from geoapp.catalogue.sources import SourceProfile
from geoapp.domain.code_column import Reading, clean, read_column
from geoapp.domain.codes import CodeSystem
from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.levels import Level
from geoapp.editions.axes import on_the_earth
from geoapp.editions.draft import Draft, Frame, Step
from geoapp.errors import BadRequest, Refused

OWN = "own"
"""The profile of last resort."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs without a shape; some turn round the writing of everything beside the name."""
_NO_VILLAGE = re.compile(r"(danau|waduk|hutan|rawa|telaga|situ|laut|sungai|water|lake|forest)\b", re.IGNORECASE)


def recognise(draft: Draft) -> Step:
    """One row a base region, with canonical code, name and shape in EPSG:4326; what is no region is set aside.

    Raises
    ------
    Refused
        No code column, an undecided code system, another level than village or below, coordinates that are none.
    BadRequest
        A profile, column or level that was asked for does not exist.
    """
    profile, column, reading = _profile(draft)
    said = [_note(draft, "finding.boundary_recognised", source=profile.slug, column=column, n=len(draft.frame))]
    said.append(_note(draft, reading.reason, **reading.values))
    if reading.repaired:
        said.append(_note(draft, "finding.boundary_codes_mended", n=reading.repaired))
    level = _level(draft, profile, reading)
    frame = _regions(draft, profile, column, reading, level)
    frame, aside = _set_aside(draft, frame, reading.system)
    frame, moved = on_the_earth(frame, draft.asked.crs, draft.file.name)
    return (
        replace(draft, frame=frame, profile=profile, system=reading.system, level=level),
        (*said, *aside, *moved),
    )


def _profile(draft: Draft) -> tuple[SourceProfile, str, Reading]:
    """The profile whose columns and code system fit, with its code column as read."""
    asked = draft.asked
    if asked.profile and asked.profile not in draft.profiles:
        raise BadRequest("error.unknown_profile", profile=asked.profile, known=", ".join(sorted(draft.profiles)))
    fitting = [draft.profiles[asked.profile]] if asked.profile else list(_fitting(draft))
    undecided: Reading | None = None
    for profile in fitting:
        column = _found(draft.frame, [asked.code_column] if asked.code_column else profile.code)
        if column is None:
            continue
        reading = _read(draft, profile, column, asked.system)
        if reading.question and profile.sure:
            reading = replace(_read(draft, profile, column, profile.system), reason="code.source")
        if reading.system is None:
            undecided = undecided or reading
        elif asked.profile or _agrees(profile, reading):
            return profile, column, reading
    if undecided is not None and undecided.question:
        message, values = undecided.question
        raise Refused(message, **values)
    if asked.code_column and _found(draft.frame, [asked.code_column]) is None:
        raise BadRequest("error.boundary_no_column", column=asked.code_column, columns=_columns(draft.frame))
    raise Refused("error.boundary_no_code_column", file=draft.file.name, columns=_columns(draft.frame))


def _fitting(draft: Draft) -> Iterable[SourceProfile]:
    """Profiles whose columns are there: most signs and provinces first, one's own file last."""

    def fits(profile: SourceProfile) -> bool:
        if profile.local and draft.asked.level is not profile.level:
            return False  # a column called rw may as well count them
        columns = (profile.code, profile.local, profile.columns.get(profile.level, ()), *((s,) for s in profile.signs))
        return all(_found(draft.frame, spellings) for spellings in columns if spellings)

    special = [profile for profile in draft.profiles.values() if profile.slug != OWN and fits(profile)]
    special.sort(key=lambda p: (-len(p.local), -len(p.provinces), -len(p.signs), -len(p.columns), p.slug))
    return [*special, *(profile for profile in draft.profiles.values() if profile.slug == OWN)]


def _read(draft: Draft, profile: SourceProfile, column: str, system: CodeSystem | None) -> Reading:
    names = _names(draft, profile, min(profile.level, Level.VILLAGE))
    cells = [_cell(value) for value in draft.frame[column]]
    local = _found(draft.frame, profile.local)
    reading = read_column(cells, names, draft.official, column, system)
    if local is None or reading.system is None:
        return reading
    whole = [
        f"{code.official}.{_local(part)}" if code else None
        for code, part in zip(reading.codes, draft.frame[local], strict=True)
    ]
    return replace(read_column(whole, [], {}, asked=reading.system), reason=reading.reason, values=reading.values)


def _agrees(profile: SourceProfile, reading: Reading) -> bool:
    if profile.system is not None and reading.system is not profile.system:
        return False
    codes = [code.text for code in reading.codes if code]
    return not profile.provinces or all(code.startswith(profile.provinces) for code in codes)


def _level(draft: Draft, profile: SourceProfile, reading: Reading) -> Level:
    """The base level; what the codes say of official levels goes before what anybody claims."""
    if reading.level is not None and reading.level is not Level.VILLAGE:
        raise Refused("error.level_above_village", file=draft.file.name, example=next(filter(None, reading.codes)).text)
    level = draft.asked.level or (Level.VILLAGE if reading.level else profile.level)
    if level is Level.VILLAGE and reading.level is None:
        raise Refused("error.level_needed", file=draft.file.name, example=next(filter(None, reading.codes)).text)
    if level is not Level.VILLAGE and reading.level is Level.VILLAGE:
        raise Refused("error.level_unfit", level=level.slug)
    return level


def _regions(draft: Draft, profile: SourceProfile, column: str, reading: Reading, level: Level) -> Frame:
    import geopandas

    table: dict[str, Any] = {
        "code": [code.text if code else None for code in reading.codes],
        "raw": [_cell(value) for value in draft.frame[column]],
        "name": _names(draft, profile, level if level in profile.columns else profile.level),
    }
    for upper in (each for each in profile.columns if each < min(level, profile.level)):
        table[f"name_{upper.slug}"] = _names(draft, profile, upper)
    return geopandas.GeoDataFrame(table, geometry=draft.frame.geometry.values, crs=draft.frame.crs)


def _set_aside(draft: Draft, frame: Frame, system: CodeSystem | None) -> tuple[Frame, list[Finding]]:
    """Rows without a code, and lakes and forests: told by code and name together, never by the name alone."""
    said = []
    nameless = frame["code"].isna()
    for row in frame.index[nameless]:
        said.append(_row(draft, row, "finding.boundary_no_code", raw=clean(frame.at[row, "raw"])))
    kept = frame[~nameless]
    if system is CodeSystem.BPS:
        nature = kept["code"].str.endswith(("888", "999")) & kept["name"].str.match(_NO_VILLAGE)
        for row in kept.index[nature]:
            said.append(_row(draft, row, "finding.no_village", code=kept.at[row, "code"], name=kept.at[row, "name"]))
        kept = kept[~nature]
    if not len(kept):
        raise Refused("error.no_village", file=draft.file.name, n=len(frame))
    return kept, said


def _names(draft: Draft, profile: SourceProfile, level: Level) -> list[str]:
    asked = draft.asked.name_column
    if asked and level == profile.level:
        column = _found(draft.frame, [asked])
        if column is None:
            raise BadRequest("error.boundary_no_column", column=asked, columns=_columns(draft.frame))
    else:
        column = _found(draft.frame, profile.columns.get(level, ()))
    if column is None:
        return [""] * len(draft.frame)
    return [" ".join(_UNSEEN.sub(" ", str(_cell(value) or "")).split()) for value in draft.frame[column]]


def _found(frame: Frame, spellings: Sequence[str | None]) -> str | None:
    """The column called like one of ``spellings``, compared without case."""
    columns = {str(name).lower(): str(name) for name in frame.columns if name != frame.geometry.name}
    return next((columns[each.lower()] for each in spellings if each and each.lower() in columns), None)


def _columns(frame: Frame) -> str:
    return ", ".join(str(name) for name in frame.columns if name != frame.geometry.name) or "-"


def _cell(value: Any) -> Any:
    """A cell as Python says it; pandas has several ways to say nothing."""
    import pandas

    return None if pandas.isna(value) else value


def _local(part: Any) -> str:
    """A local code: ``RW 03`` → ``03``."""
    return re.sub(r"(?i)^(rw|rt|dusun|lingkungan)[\s._-]*(?=\w)", "", clean(_cell(part)))


def _note(draft: Draft, message: str, **values: Any) -> Finding:
    return Finding(Weight.NOTE, message, values, Place(draft.file.name))


def _row(draft: Draft, row: int, message: str, **values: Mapping[str, Any] | str) -> Finding:
    return Finding(Weight.WARN, message, values, Place(draft.file.name, line=int(row) + 1))
