"""Below the village: each dusun, RW, RT or local unit gets its village, by its code, else by where it lies."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from geoapp.domain.codes import CodeSystem, RegionCode, canonical
from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.editions.draft import Draft, Frame, Step, Villages
from geoapp.errors import Question

_WHOLE = 0.5
"""Less than this share of a region in its village is said."""


def attach(draft: Draft) -> Step:
    """Every region with its village's code and a local one behind; what lies in no village is refused.

    Raises
    ------
    Question
        ``--within`` where codes are missing and no edition is named that has the villages.
    """
    frame = draft.frame
    bare = [row for row, code in zip(frame.index, frame["code"], strict=True) if code is None]
    system = draft.system or (draft.villages.system if draft.villages else None)
    said: list[Finding] = []
    lost: list[int] = []
    villages: dict[int, str] = {}
    if bare:
        if draft.villages is None:
            raise Question("question.within", "--within", file=draft.file.name, n=len(bare), level=draft.level.slug)
        if system is not draft.villages.system:
            raise Question("question.within_system", "--within", file=draft.file.name, edition=draft.villages.edition)
        villages, lost = _by_place(draft.file.name, frame.loc[bare], draft.villages, said)
    assert system is not None, "codes or villages tell the system"
    kept = frame.drop(index=lost)
    codes = _codes(system, kept, villages, draft.level)
    if villages:
        values = {"n": len(villages), "edition": draft.villages.edition if draft.villages else ""}
        said.append(Finding(Weight.NOTE, "finding.placed_below", values, Place(draft.file.name)))
    done = replace(draft, frame=kept.assign(code=codes), system=system, refused=(*draft.refused, *lost))
    return done, tuple(said)


def _by_place(file: str, frame: Frame, villages: Villages, said: list[Finding]) -> tuple[dict[int, str], list[int]]:
    """The village of each row that has most of its area, and the rows that lie in none or have no shape."""
    import shapely

    shapes = shapely.make_valid(np.asarray(frame.geometry.values, dtype=object))
    drawn = np.asarray(villages.frame.geometry.values, dtype=object)
    pairs = shapely.STRtree(drawn).query(shapes, predicate="intersects")
    shared = shapely.area(shapely.intersection(shapes[pairs[0]], drawn[pairs[1]]))
    order = np.lexsort((-shared, pairs[0]))
    firsts = order[np.unique(pairs[0][order], return_index=True)[1]]
    found: dict[int, str] = {}
    rows = frame.index.tolist()
    codes, names = villages.frame["code"].tolist(), villages.frame["name"].tolist()
    for at in firsts:
        number, village = int(pairs[0][at]), int(pairs[1][at])
        if shared[at] <= 0:
            continue
        found[rows[number]] = codes[village]
        share = shared[at] / shapely.area(shapes[number])
        if share < _WHOLE:
            values = {"name": frame["name"].iat[number], "village": names[village], "percent": round(100 * share)}
            said.append(Finding(Weight.WARN, "finding.straddles", values, Place(file, line=rows[number] + 1)))
    lost = [row for row in rows if row not in found]
    for row in lost:
        values = {"name": frame.at[row, "name"], "edition": villages.edition}
        said.append(Finding(Weight.WARN, "finding.no_village_there", values, Place(file, line=row + 1)))
    return found, lost


def _codes(system: CodeSystem, frame: Frame, villages: dict[int, str], level: Level) -> list[str | None]:
    """Village and local code; a local code that the file does not have is a number, by name within the village."""
    local = frame["local"] if "local" in frame else [""] * len(frame)
    rows: list[tuple[int, str, str, str]] = []
    whole: dict[int, str] = {}
    for row, code, own, name in zip(frame.index, frame["code"], local, frame["name"], strict=True):
        parsed = RegionCode(system, code) if code else None
        if parsed is not None and parsed.local:
            whole[row] = parsed.text
        else:
            rows.append((row, parsed.text if parsed else villages[row], own, name))
    numbers = _numbers(rows)
    for row, village, own, _ in rows:
        whole[row] = f"{village}.{own or numbers[row]}"
    return [canonical(system, whole[row]) for row in frame.index]


def _numbers(rows: Sequence[tuple[int, str, str, str]]) -> dict[int, str]:
    """A number for each row without a local code, the same for rows of one name in one village."""
    wanted: dict[str, list[tuple[str, int]]] = {}
    taken: Counter[tuple[str, str]] = Counter((village, own) for _, village, own, _ in rows if own)
    for row, village, own, name in rows:
        if not own:
            wanted.setdefault(village, []).append((normalise(name) or f"~{row:09}", row))
    numbers: dict[int, str] = {}
    for village, named in wanted.items():
        free = (f"{n:02}" for n in range(1, 100_000) if not taken[village, f"{n:02}"])
        given: dict[str, str] = {}
        for key, row in sorted(named):
            if key not in given:
                given[key] = next(free)
            numbers[row] = given[key]
    return numbers


def villages_of(edition: str, system: CodeSystem, rows: Sequence[tuple[str, str, bytes]]) -> Villages:
    """The villages of an edition from their codes, names and shapes (WKB, EPSG:4326)."""
    import geopandas
    import shapely

    table = {"code": [code for code, _, _ in rows], "name": [name for _, name, _ in rows]}
    shapes = shapely.from_wkb([wkb for _, _, wkb in rows])
    return Villages(edition, system, geopandas.GeoDataFrame(table, geometry=shapes, crs=4326))
