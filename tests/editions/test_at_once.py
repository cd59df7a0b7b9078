"""Who changes editions at the same moment takes turns: one edition for each content, no two in place of each other."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import pytest
from sqlalchemy import text

from geoapp.domain.findings import Finding
from geoapp.editions.draft import Draft
from geoapp.editions.line import prepare
from geoapp.editions.publish import Published, publish
from geoapp.errors import Refused
from geoapp.store import retiring
from geoapp.store.database import Store
from tests.editions import files

REGIONS = "SELECT edition_id, count(*), count(number) FROM geography.region GROUP BY edition_id ORDER BY edition_id"
WAITING = """
SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()
"""


def test_files_of_one_area_that_are_imported_at_the_same_moment_become_one_edition_each(
    store: Store, tmp_path: Path
) -> None:
    one = files.geojson(tmp_path / "one.geojson", files.city())
    other = files.geojson(tmp_path / "other.geojson", files.moved(files.city(), lambda x, y: (x + 0.1, y)))
    drafts = [prepare(files.draft(path)) for path in (one, other, one, other)]
    together = Barrier(len(drafts))

    def bring_in(prepared: tuple[Draft, tuple[Finding, ...]]) -> Published:
        together.wait()
        return publish(store, *prepared)

    with ThreadPoolExecutor(len(drafts)) as pool:
        first, second, again, again_second = pool.map(bring_in, drafts)

    assert first.id == again.id != second.id == again_second.id
    assert first.is_new is not again.is_new
    assert second.is_new is not again_second.is_new
    with store.read() as connection:
        rows = connection.execute(text(REGIONS)).all()
    assert [tuple(row) for row in rows] == sorted((id, 16, 15) for id in (first.id, second.id))


def test_two_editions_are_not_retired_in_favour_of_each_other(store: Store, tmp_path: Path) -> None:
    one = files.geojson(tmp_path / "one.geojson", files.city())
    other = files.geojson(tmp_path / "other.geojson", files.moved(files.city(), lambda x, y: (x + 0.1, y)))
    first, second = (publish(store, *prepare(files.draft(path))).id for path in (one, other))
    began = Event()

    def retire_second() -> None:
        with store.begin() as connection:
            began.set()
            retiring.retire(connection, second, "Worse", first)

    with ThreadPoolExecutor(1) as pool:
        with store.begin() as connection:
            retiring.retire(connection, first, "Worse", second)
            late = pool.submit(retire_second)
            began.wait()
            while not connection.execute(text(WAITING)).scalar_one() and not late.done():
                pass
        with pytest.raises(Refused, match="edition_retired"):
            late.result()

    with store.begin() as connection:
        assert list(retiring.retired(connection)) == [first]
