"""Features that are no region to import: water and forest, other levels, labels; and those that cannot be one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from geoapp.domain.code_cells import clean
from geoapp.domain.codes import CodeSystem
from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.domain.regions import Nature
from geoapp.editions.draft import Draft
from geoapp.editions.fit import UNSAID, Fit

_NATURE = re.compile(
    r"danau|waduk|bendungan|embung|situ|telaga|rawa|laut|selat|sungai|air|badan air|tubuh air|perairan"
    r"|hutan|hutan lindung|hutan produksi|hutan negara|kawasan hutan|taman nasional|cagar alam|lahan|kosong"
    r"|tak bertuan|tidak bertuan|water ?body|water|lake|reservoir|forest|sea",
    re.IGNORECASE,
)
"""Whole names of what is no village."""
_FIRST_WORD = re.compile(r"(danau|waduk|hutan|rawa|telaga|situ|laut|sungai|water|lake|forest)\b", re.IGNORECASE)
"""A first word that counts only where the code says the same: villages are called so, too."""
_WILD = ("888", "999")
"""How BPS ends the codes of water and of forest."""
_WATER = re.compile(
    r"danau|waduk|bendungan|embung|situ|telaga|rawa|laut|selat|sungai|air\b|perairan|water|lake|reservoir|sea\b",
    re.IGNORECASE,
)
_FOREST = re.compile(r"hutan|taman nasional|cagar alam|forest", re.IGNORECASE)
_FIELDS = re.compile(r"\d{10}\.1\d{3}(\.\d+)?")
"""A local unit of BPS where nobody lives: rice fields, forest."""


@dataclass
class Asides:
    """The rows (numbers from 0) that go no further, and why; ``nature`` are water and forest, by their kind."""

    file: str
    set_aside: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    nature: dict[int, Nature] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def put(self, row: int, message: str, **values: Any) -> None:
        """Set a row aside: it is no region."""
        self.set_aside.append(row)
        self._say(row, Weight.NOTE, message, values)

    def refuse(self, row: int, message: str, **values: Any) -> None:
        """Refuse a row: it should be a region and cannot."""
        self.refused.append(row)
        self._say(row, Weight.WARN, message, values)

    def wild(self, row: int, code: str, name: str, said: str) -> None:
        """Set aside water or forest; ``said`` is what a column of kinds says of it."""
        self.nature[row] = _nature(code, name, said)
        self.put(row, "finding.no_village", code=code, name=name)

    def _say(self, row: int, weight: Weight, message: str, values: dict[str, Any]) -> None:
        self.findings.append(Finding(weight, message, values, Place(self.file, line=row + 1)))


def sort_out(draft: Draft, fit: Fit, level: Level) -> Asides:
    """Every row that is no region of the level, by its kind, its code and name, its shape; the rest may go on."""
    asides = Asides(draft.file.name)
    broken = {each.row: each for each in fit.layer.broken}
    shapes = _Shapes(fit)
    said = fit.columns.texts(fit.columns.find(fit.profile.rows.columns) if fit.profile.rows else None)
    for row, name in enumerate(fit.names):
        code = fit.reading.codes[row] if fit.reading else None
        kind = fit.kinds[row]
        if kind is None or _is_wild(draft, fit, row):
            asides.wild(row, code.text if code else "", name, said[row])
        elif kind not in (UNSAID, level) and not (code and code.level is level):
            asides.put(row, "finding.other_level", name=name or (code.text if code else ""))
        elif code is not None and code.level is not None and code.level is not level and level <= Level.VILLAGE:
            asides.put(row, "finding.other_level", name=f"{code.text} {name}".strip())
        elif row in broken:
            asides.refuse(row, broken[row].message, code=code.text if code else "", name=name)
        elif shapes.is_flat(row):
            _flat(asides, shapes, row, name, known=code is not None)
        elif fit.coding is not None and code is None and level is Level.VILLAGE:
            asides.refuse(row, "finding.boundary_no_code", raw=clean(fit.coding.raw[row])[:40], name=name)
    return asides


def _flat(asides: Asides, shapes: "_Shapes", row: int, name: str, known: bool) -> None:
    """A line or a point: the label of a region that is there, or a region without its polygon."""
    if not known or shapes.has_polygon(row):
        asides.put(row, "finding.no_polygon_label", name=name, kind=shapes.kinds[row])
    else:
        asides.refuse(row, "finding.no_polygon", code=shapes.codes[row], name=name)


class _Shapes:
    """What kind of shape each row has, and which codes and names have a polygon."""

    def __init__(self, fit: Fit) -> None:
        self.kinds = fit.layer.frame.geometry.geom_type.to_numpy(dtype=object)
        self._areal = np.isin(self.kinds, ("Polygon", "MultiPolygon", "GeometryCollection"))
        codes = fit.reading.codes if fit.reading else (None,) * len(fit.names)
        self.codes = [code.text if code else "" for code in codes]
        self._drawn = {code for code, areal in zip(self.codes, self._areal, strict=True) if areal and code}

    def is_flat(self, row: int) -> bool:
        """Whether it is a line or a point."""
        return isinstance(self.kinds[row], str) and not self._areal[row]

    def has_polygon(self, row: int) -> bool:
        """Whether another row has a polygon of the same code."""
        return self.codes[row] in self._drawn


def _is_wild(draft: Draft, fit: Fit, row: int) -> bool:
    """Whether a row is water or forest, told by code and name together, never by how a name begins alone."""
    reading, name = fit.reading, fit.names[row]
    code = reading.codes[row] if reading else None
    if code is None:
        whole = _NATURE.fullmatch(name.strip()) or (fit.coding is not None and _FIRST_WORD.match(name))
        return bool(whole) and not _is_a_village(draft, name)
    if code.system is CodeSystem.BPS and code.text not in draft.official.get(code.system, {}):
        if code.official.endswith(_WILD) and (not name or _FIRST_WORD.match(name) or _NATURE.fullmatch(name)):
            return True
        return bool(_FIELDS.fullmatch(code.text)) and not re.search(r"\b(rt|rw|dusun)\b", name, re.IGNORECASE)
    return False


def _nature(code: str, name: str, said: str) -> Nature:
    """What kind of nature it is: as it is called, else as BPS ends its code."""
    for text in (name, said):
        if _FOREST.search(text):
            return Nature.FOREST
        if _WATER.search(text):
            return Nature.WATER
    return {_WILD[0]: Nature.WATER, _WILD[1]: Nature.FOREST}.get(code[-3:], Nature.OTHER)


def _is_a_village(draft: Draft, name: str) -> bool:
    """Whether any official village is called so."""
    key = normalise(name)
    return any(normalise(each) == key for official in draft.official.values() for each in official.values())


def findings(asides: Asides) -> Iterator[Finding]:
    """What was said, row by row."""
    yield from sorted(asides.findings, key=lambda each: each.place.line or 0)
