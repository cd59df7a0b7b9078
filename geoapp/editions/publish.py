"""Publishing a prepared draft: its rows, its name and its digest, written in one transaction."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.findings import Finding
from geoapp.domain.levels import Level
from geoapp.editions import ids
from geoapp.editions.cover import cover
from geoapp.editions.dissolve import kind_of
from geoapp.editions.draft import Draft
from geoapp.editions.nature import draw_water, wilds
from geoapp.editions.stated import Stated, add_region
from geoapp.store import editions as store_editions
from geoapp.store import nature as store_nature
from geoapp.store import places
from geoapp.store.database import Store
from geoapp.store.editions import NewEdition, NewOutline, NewRegion

_PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class Published:
    """What became of an import: the edition's id, and whether it was written now or was there already."""

    id: str
    area: str
    is_new: bool


def publish(store: Store, draft: Draft, findings: Sequence[Finding]) -> Published:
    """Write the edition, or find that the same content is published already; then nothing is written.

    Raises
    ------
    Refused
        If the asked id is taken by other content.
    BadRequest
        If the asked id is no slug.
    """
    regions = list(_regions(draft))
    digest = _digest(draft, regions)
    with store.begin() as connection:
        placed = _place(connection, draft, digest)
        if not placed.is_new:
            return placed
        drawn = (NewOutline(*row) for row in draft.outlines.rows())
        edition = _edition(draft, placed, digest, findings)
        store_editions.write(connection, edition, regions, drawn)
        cover(connection, placed.id)
        found = wilds(draft)
        store_nature.write(connection, placed.id, found)
        draw_water(connection, placed.id, edition.box, found)
        if links := list(_links(draft)):
            places.load_crosswalk(connection, placed.id, edition.dated, _PROPOSAL, links)
    return placed


def foresee(store: Store, draft: Draft) -> Published:
    """What publishing would make of the draft, and nothing is written. Raises as ``publish`` does."""
    digest = _digest(draft, list(_regions(draft)))
    with store.begin() as connection:
        return _place(connection, draft, digest)


def _place(connection: Connection, draft: Draft, digest: str) -> Published:
    """The id an edition gets, or has where the same content is there; no other import takes it meanwhile."""
    area = draft.asked.area or _area(draft)
    if there := store_editions.known(connection, digest):
        return Published(there, area, is_new=False)
    id = ids.free(connection, _wanted_id(draft, area), digest, asked=draft.asked.id is not None)
    return Published(id, area, is_new=True)


def _links(draft: Draft) -> Iterator[places.Link]:
    """Both codes of each region where the file has them; what no office stands behind is a proposal."""
    for code, other in draft.others.items():
        bps, kemendagri = (code, other) if draft.system is CodeSystem.BPS else (other, code)
        yield places.Link(bps, kemendagri, draft.level)


def counts(draft: Draft) -> dict[str, int]:
    """Regions with a shape, by level slug."""
    return {level.slug: len(frame) for level, frame in sorted(draft.levels.items())}


def _edition(draft: Draft, placed: Published, digest: str, findings: Sequence[Finding]) -> NewEdition:
    assert draft.system is not None, "recognise comes before publish"
    stated = _stated(draft)
    west, south, east, north = (float(side) for side in draft.levels[draft.level].total_bounds)
    return NewEdition(
        id=placed.id,
        area=placed.area,
        code_system=draft.system,
        source=stated.source,
        attribution=stated.attribution,
        licence=stated.licence,
        status=stated.status,
        dated=stated.dated,
        base_level=draft.level,
        box=(west, south, east, north),
        digest=digest,
        report={
            "file": draft.file.name,
            "profile": draft.profile.slug if draft.profile else None,
            "said": dict(stated.said),
            "regions": counts(draft),
            "ancestors": len(draft.ancestors),
            "nature": 0 if draft.nature is None else len(draft.nature),
            "findings": [finding.as_dict() for finding in findings],
        },
    )


def _stated(draft: Draft) -> Stated:
    assert draft.profile is not None, "recognise comes before publish"
    return Stated.of(draft.asked, draft.profile)


def _regions(draft: Draft) -> Iterator[NewRegion]:
    """Ancestors first, then every level from the top, in number order."""
    assert draft.system is not None
    levels = {ancestor.code: ancestor.level for ancestor in draft.ancestors}
    for level, frame in draft.levels.items():
        levels.update(dict.fromkeys(frame["code"], level))
    for ancestor in draft.ancestors:
        code = RegionCode(draft.system, ancestor.code)
        parent = code.parent.text if code.parent else None
        above = levels[parent] if parent else None
        yield NewRegion(ancestor.code, ancestor.level, None, ancestor.name, kind_of(code), parent, above)
    for level, frame in sorted(draft.levels.items()):
        shapes, points = _ewkb(frame.geometry.values), _ewkb(frame["inside"].to_numpy())
        for row, each in enumerate(frame.drop(columns="geometry").to_dict("records")):
            parent = each["parent"]
            yield NewRegion(
                code=each["code"],
                level=level,
                number=each["number"],
                name=each["name"],
                kind=each["kind"],
                parent=parent,
                parent_level=levels[parent] if parent else None,
                area_km2=each["area_km2"],
                neighbours=each["neighbours"],
                inside=points[row],
                shape=shapes[row],
                area_official_km2=_known(each.get("area_official_km2")),
            )


def _known(area: float | None) -> float | None:
    """An official area, or None where the frame has none."""
    return None if area is None or area != area else area


def _ewkb(shapes: Any) -> Any:
    import shapely

    return shapely.to_wkb(shapely.set_srid(shapes, 4326), include_srid=True)


def _digest(draft: Draft, regions: Sequence[NewRegion]) -> str:
    """Of everything an edition says, so that the same file read the same way is the same edition."""
    assert draft.system is not None, "recognise comes before publish"
    made = _stated(draft).digest(draft.system, draft.level)
    for region in regions:
        add_region(made, region.level, region.number, region.code, region.name, region.parent, region.shape)
    return made.hexdigest()


def _area(draft: Draft) -> str:
    """The name of the lowest upper region that holds every base region; the country where there is none."""
    assert draft.system is not None
    frame = draft.levels[draft.level]
    named = {ancestor.code: ancestor.name for ancestor in draft.ancestors}
    for upper in draft.levels.values():
        named.update(zip(upper["code"], upper["name"], strict=True))
    codes = [RegionCode.parse(draft.system, code) for code in frame["code"]]
    for level in (each for each in reversed(Level) if each <= Level.VILLAGE and each < draft.level):
        above = {code.at(level).text for code in codes}
        if len(above) == 1:
            return str(named[above.pop()])
    return "Indonesia"


def _wanted_id(draft: Draft, area: str) -> str:
    if draft.asked.id:
        return ids.hold_slug(draft.asked.id)
    stated = _stated(draft)
    below = [draft.level.slug] if draft.level > Level.VILLAGE else []
    return "-".join(filter(None, (_slug(area), *below, _slug(stated.source), _slug(stated.dated))))


def _slug(words: str) -> str:
    """``Kabupaten Serang`` → ``kab-serang``."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"^kabupaten\b", "kab", plain)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "area"
