"""Outlines made anew from the full shapes, for editions that an earlier version of the tiles' grids was drawn for."""

import logging
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from geoapp.domain.levels import Level
from geoapp.editions.cover import cover
from geoapp.store import editions, portraits, reading, shapes
from geoapp.store.database import Store
from geoapp.store.editions import NewOutline

_LOG = logging.getLogger(__name__)


def redraw(store: Store) -> list[str]:
    """Bring every edition to the grids of this version, each in a transaction of its own; the ids of those it did."""
    done: list[str] = []
    while True:
        with store.begin() as connection:
            waiting = editions.made_for_other_grids(connection)
            if not waiting:
                break
            _LOG.warning("outlines of %s are made anew for the grids of this version", waiting[0])
            editions.write_outlines(connection, waiting[0], _outlines(connection, waiting[0]))
            cover(connection, waiting[0])
            done.append(waiting[0])
    _cover(store)
    return done


def _cover(store: Store) -> None:
    """Find the tiles of editions that were written without: by an earlier version, or by a bundle."""
    while True:
        with store.begin() as connection:
            waiting = editions.made_without_coverage(connection)
            if not waiting:
                return
            cover(connection, waiting[0])


def _outlines(connection: Connection, edition: str) -> Iterator[NewOutline]:
    from geoapp.editions.generalise import outlines

    drawn = [level for level, count in portraits.counts(connection, edition).items() if count.drawn]
    made, said = outlines({level: _frame(connection, edition, level) for level in drawn})
    for finding in said:
        _LOG.warning("%s: %s %s", edition, finding.message, dict(finding.values))
    return (NewOutline(*row) for row in made.rows())


def _frame(connection: Connection, edition: str, level: Level) -> Any:
    """The full shapes of a level with their inside points, in number order."""
    import geopandas
    import shapely

    drawn = shapely.from_wkb([each.wkb for each in shapes.full(connection, edition, level)])
    inside = shapely.points([each.inside for each in reading.regions(connection, edition, level)])
    return geopandas.GeoDataFrame({"inside": inside}, geometry=drawn, crs=4326)
