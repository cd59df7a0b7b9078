"""Sifting: every code once, every region with a shape; what is wanting is named row by row, and asked about."""

from dataclasses import replace
from typing import Any

import numpy as np

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.names import normalise
from geoapp.editions import official
from geoapp.editions.axes import outside
from geoapp.editions.coverage import polygons
from geoapp.editions.draft import Draft, Frame, Step
from geoapp.errors import Question

_SHOWN = 12
_MANY = 3
"""So many rows of one code may be the regions below it."""


def sift(draft: Draft) -> Step:
    """One row a code, each with polygons. A file is not let in by halves unless a person says so: else its question."""
    asked = draft.asked
    unknown, said, question = official.check(draft)
    sieve = _Sieve(draft)
    if asked.partial and not asked.unknown and _leaves_unknown(draft, unknown):
        for row in unknown:
            sieve.refuse(row)
    sieve.elsewhere()
    sieve.shapeless()
    sieve.doubles()
    done = replace(
        draft,
        frame=sieve.frame,
        set_aside=(*draft.set_aside, *sieve.set_aside),
        refused=tuple(sorted({*draft.refused, *sieve.refused})),
        others=_others(sieve.frame),
    )
    question = question or sieve.question or _in_part(done)
    return replace(done, question=question), (*said, *sieve.findings)


def _others(frame: Frame) -> dict[str, str]:
    """The codes of the other system by those of the file."""
    if "other" not in frame:
        return {}
    return {code: other for code, other in zip(frame["code"], frame["other"], strict=True) if isinstance(other, str)}


def _leaves_unknown(draft: Draft, unknown: list[int]) -> bool:
    """Whether codes that no list has are left out: where nothing else speaks for them."""
    if not unknown or draft.profile is None or draft.suggestions:
        return False
    many = len(unknown) > official.MANY * len(draft.frame)
    return len(unknown) < len(draft.frame) and (draft.profile.checked or (many and not draft.profile.sure))


def _in_part(draft: Draft) -> Question | None:
    """The question whether a file may be let in without the rows that are refused."""
    rows = [str(row + 1) for row in draft.refused]
    values: dict[str, Any] = {"file": draft.file.name, "n": len(rows), "of": draft.features}
    if not len(draft.frame):
        return Question("error.nothing_left", **values)
    if not rows or draft.asked.partial:
        return None
    values["rows"] = ", ".join(rows[:_SHOWN]) + (" …" if len(rows) > _SHOWN else "")
    return Question("question.in_part", "--partial", **values)


def _several(rows: Frame) -> bool:
    """Whether rows of one code are called otherwise, or said to be in different districts: they are several regions."""
    columns = [each for each in ("name", "name_district") if each in rows]
    return any(len({key for name in rows[column] if (key := normalise(name))}) > 1 for column in columns)


class _Sieve:
    """The rows of a draft, fewer with every look."""

    def __init__(self, draft: Draft) -> None:
        self.frame: Frame = draft.frame
        self.set_aside: list[int] = []
        self.refused: list[int] = []
        self.findings: list[Finding] = []
        self.question: Question | None = None
        self._file = draft.file.name
        self._dissolve, self._partial = draft.asked.dissolve, draft.asked.partial
        self._below = draft.below

    def refuse(self, row: int, message: str = "") -> None:
        """Leave a row out that should be a region; without a message it was said before."""
        if message:
            self._say(row, message, Weight.WARN)
        self.refused.append(row)
        self.frame = self.frame.drop(index=row)

    def elsewhere(self) -> None:
        """Rows outside the country where others are in it."""
        out = outside(self.frame)
        for row in self.frame.index[out] if not out.all() else ():
            self.refuse(int(row), "finding.outside_row")

    def shapeless(self) -> None:
        """Rows without a shape, or with an empty one, or with one that encloses nothing."""
        import shapely

        shapes = np.asarray(self.frame.geometry.values, dtype=object)
        rows = self.frame.index.to_numpy()
        empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
        broken = ~empty & ~shapely.is_valid(shapes)
        flat = ~empty & ~broken & (shapely.area(shapes) == 0)
        mended = polygons(shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False))
        flat[np.flatnonzero(broken)[shapely.is_empty(mended)]] = True
        for row in rows[empty]:
            self.refuse(int(row), "finding.no_shape")
        for row in rows[flat]:
            self.refuse(int(row), "finding.no_polygon")

    def doubles(self) -> None:
        """One code on several rows: the same row again, parts of one region, or two regions."""
        parts: list[tuple[str, int]] = []
        twice = self.frame[self.frame["code"].duplicated(keep=False)]
        for code, rows in twice.groupby("code", sort=True):
            rows = self._without_repeats(rows)
            if len(rows) < 2:
                continue
            if _several(rows):
                for row in rows.index:
                    self.refuse(row, "finding.code_of_two")
            elif self._dissolve:
                self._join(code, rows)
            else:
                parts.append((code, len(rows)))
                for row in rows.index:
                    self.refuse(row, "finding.code_in_parts")
        if parts and not self._partial:
            shown = ", ".join(f"{code} ({n})" for code, n in parts[:5]) + (" …" if len(parts) > 5 else "")
            values = {"file": self._file, "n": len(parts), "codes": shown}
            self.question = Question("question.parts", "--dissolve", "--partial", **values)
            if self._below and len(parts) * _MANY <= len(self.refused):
                about = {"file": self._file, "column": self._below}
                self.question = Question("question.parts_below", "--level", "--dissolve", **about)

    def _without_repeats(self, rows: Frame) -> Frame:
        """The rows of one code without those that repeat an earlier one, name and shape."""
        import shapely

        shapes = shapely.normalize(np.asarray(rows.geometry.values, dtype=object))
        names = [normalise(name) for name in rows["name"]]
        kept: list[int] = []
        for n, row in enumerate(rows.index):
            same = (shapely.equals_exact(shapes[n], shapes[m], 1e-9) and names[n] == names[m] for m in kept)
            if any(same):
                self._say(row, "finding.boundary_repeated", Weight.NOTE)
                self.set_aside.append(row)
                self.frame = self.frame.drop(index=row)
            else:
                kept.append(n)
        return rows.iloc[kept]

    def _join(self, code: str, rows: Frame) -> None:
        """One region of its parts, in the place of the first."""
        import shapely

        whole = shapely.union_all(polygons(shapely.make_valid(np.asarray(rows.geometry.values, dtype=object))))
        shapes = self.frame.geometry.copy()
        shapes.at[rows.index[0]] = polygons([whole])[0]
        self.frame = self.frame.set_geometry(shapes).drop(index=rows.index[1:])
        self.set_aside.extend(rows.index[1:].tolist())
        values = {"n": len(rows), "code": code}
        place = Place(self._file, line=int(rows.index[0]) + 1)
        self.findings.append(Finding(Weight.NOTE, "finding.parts_joined", values, place))

    def _say(self, row: int, message: str, weight: Weight) -> None:
        values = {"code": str(self.frame.at[row, "code"]), "name": str(self.frame.at[row, "name"])}
        self.findings.append(Finding(weight, message, values, Place(self._file, line=int(row) + 1)))
