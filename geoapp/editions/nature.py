"""Water and forest among the regions of a file: kept with the edition, drawn beneath it, counted nowhere."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import Connection

from geoapp.domain.regions import Box, Nature
from geoapp.editions.coverage import polygons
from geoapp.editions.draft import Draft
from geoapp.store import surroundings as store_surroundings
from geoapp.store.nature import Wild

if TYPE_CHECKING:
    from geoapp.editions.surroundings import Water


def wilds(draft: Draft) -> list[Wild]:
    """Those of a draft that have a polygon, in the order of the file."""
    import shapely

    if draft.nature is None or not len(draft.nature):
        return []
    shapes = shapely.force_2d(np.asarray(draft.nature.geometry.values, dtype=object))
    whole = polygons(shapely.make_valid(shapes, method="structure", keep_collapsed=False))
    codes = [code or "" for code in draft.nature["code"]]
    rows = zip(draft.nature["kind"], codes, draft.nature["name"], whole, strict=True)
    return [Wild(kind, code, name, shapely.to_wkb(shape)) for kind, code, name, shape in rows if not shape.is_empty]


def water_of(found: Sequence[Wild]) -> "Water | None":
    """The water among them, if there is any."""
    import shapely

    from geoapp.editions.surroundings import Water

    water = [each for each in found if each.kind is Nature.WATER]
    return Water([each.name for each in water], shapely.from_wkb([each.wkb for each in water])) if water else None


def draw_water(connection: Connection, edition: str, box: Box, found: Sequence[Wild]) -> None:
    """Keep the water as what lies around an edition of which nothing else is known."""
    water = water_of(found)
    if water is None:
        return
    from geoapp.editions.surroundings import kept, of_water

    if (made := of_water(box, water)) is not None:
        report = {"file": "", "source": "", "names": len(made.names)}
        store_surroundings.write(connection, edition, kept(made), report)
