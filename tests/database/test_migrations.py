"""Migrations run at every start: twice is nothing, a newer database is refused, the tables are those of the code."""

from collections.abc import Callable
from typing import Any

import pytest
import shapely
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from geoapp.domain.levels import Level
from geoapp.domain.zooms import GRIDS
from geoapp.editions.redraw import redraw
from geoapp.errors import Refused, Unavailable
from geoapp.i18n import speak
from geoapp.store import places, reading
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from geoapp.store.migrate import FOLDER, current_revision, migrate, newest_revision
from geoapp.store.releases import observations
from geoapp.store.shapes import outlines
from geoapp.store.tables import SCHEMAS, Base
from tests.world import EDITION, store_world

EVERYTHING = """
SELECT n.nspname, c.relname, c.oid, c.relacl::text, c.xmin::text FROM pg_class c JOIN pg_namespace n
ON n.oid = c.relnamespace WHERE n.nspname IN ('geography', 'intake', 'published') ORDER BY 1, 2
"""


def test_a_second_migration_changes_nothing(store: Store) -> None:
    with store.begin() as connection:
        before = connection.execute(text(EVERYTHING)).all()

    migrate(store)

    with store.begin() as connection:
        assert connection.execute(text(EVERYTHING)).all() == before
    assert len(before) > 20
    assert current_revision(store) == newest_revision()


def test_the_newest_revision_is_the_one_that_the_migrations_lead_to() -> None:
    assert newest_revision() == ScriptDirectory(str(FOLDER)).get_current_head()


def test_a_database_made_by_a_newer_version_is_refused_in_one_sentence(store: Store) -> None:
    with store.begin() as connection:
        connection.execute(text("UPDATE public.alembic_version SET version_num = '9999'"))

    with pytest.raises(Refused) as refused:
        migrate(store)

    sentence = speak("en", refused.value.message, **refused.value.values)
    assert "9999" in sentence
    assert "\n" not in sentence


def test_a_database_of_the_first_version_is_brought_on_with_what_it_holds(database: Callable[[], Urls]) -> None:
    store = Store.at(*database())
    with store.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {', '.join(SCHEMAS)} CASCADE; DROP TABLE public.alembic_version"))
    migrate(store, "0001")
    with store.begin() as connection:
        release = store_world(connection, outlined=False)
        connection.execute(text("INSERT INTO geography.code_list (id, system, dated) VALUES ('l', 'bps', '2024')"))
        before = observations(connection, release)
        tables = set(connection.execute(text(EVERYTHING)).scalars().all())
    assert current_revision(store) == "0001"

    migrate(store)
    redrawn = redraw(store)

    assert redrawn == [EDITION] and redraw(store) == []
    with store.begin() as connection:
        assert observations(connection, release) == before
        for grid in GRIDS:
            drawn = [shapely.from_wkb(each.wkb) for each in outlines(connection, EDITION, Level.VILLAGE, grid.zoom)]
            assert len(drawn) == 12 and all(each.area > 0 for each in drawn)
        assert reading.layers(connection)[0]["release_id"] == release
        assert connection.execute(text("SELECT id FROM geography.code_list")).scalars().all() == ["l"]
        assert places.crosswalks(connection) == places.region_sets(connection) == ()
        assert tables <= set(connection.execute(text(EVERYTHING)).scalars().all())
    with store.read() as connection:
        connection.execute(text("SELECT * FROM geography.crosswalk_code, geography.region_set"))
    assert current_revision(store) == newest_revision()
    store.close()


def test_a_migration_that_fails_leaves_nothing_behind(
    database: Callable[[], Urls], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.at(*database())
    with store.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {', '.join(SCHEMAS)} CASCADE; DROP TABLE public.alembic_version"))
        connection.execute(text("CREATE SCHEMA published"))

    with pytest.raises(Exception, match="already exists"):
        migrate(store)

    with store.begin() as connection:
        found = connection.execute(text("SELECT nspname FROM pg_namespace WHERE nspname = 'geography'")).first()
    store.close()
    assert found is None


def test_the_tables_are_exactly_those_of_the_code(store: Store) -> None:
    def ours(name: str | None, kind: str, _: Any) -> bool:
        return kind != "schema" or name in SCHEMAS

    with store.begin() as connection:
        options = {"include_schemas": True, "include_name": ours, "compare_type": True}
        differing = compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)

    assert differing == []


def test_the_checks_are_exactly_those_of_the_code(store: Store) -> None:
    asked = "SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace::regnamespace::text = ANY(:schemas)"
    with store.begin() as connection:
        found = {name for (name,) in connection.execute(text(asked), {"schemas": list(SCHEMAS)})}

    written = {
        str(check.name)
        for table in Base.metadata.tables.values()
        for check in table.constraints
        if check.__visit_name__ in ("check_constraint", "table_or_column_check_constraint")
    }
    assert found == written


def test_a_database_that_is_away_is_one_sentence() -> None:
    nowhere = Store.at("postgresql://geoapp@/none?host=/nonexistent")

    with pytest.raises(Unavailable, match="database_away"):
        migrate(nowhere)
