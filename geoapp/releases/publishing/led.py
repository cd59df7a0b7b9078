"""What the last release says of figures led through the lineage, where a new table leaves them as they are."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from geoapp.store import reading, releases
from geoapp.store.releases import Batch


def still_led(connection: Connection, taken: Batch, indicator: str) -> Iterable[Mapping[str, Any]]:
    """The accounts of the last release that go on with the figures carried over from it."""
    before = releases.newest(connection, indicator, taken.edition, taken.level)
    if before is None:
        return
    spoken, regions = set(taken.scope["periods"].get(indicator, ())), set(taken.scope["regions"])
    for each in reading.release_report(connection, before).get("lineage", ()):
        replaced = spoken if regions & each["news"].keys() else set()
        if periods := [period for period in each["periods"] if period not in replaced]:
            yield {**each, "periods": periods}
