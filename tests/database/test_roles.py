"""The public role reads what is published and can do nothing else."""

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from geoapp.store.roles import PUBLIC_ROLE
from geoapp.store.tables import SCHEMAS

TABLES = """
SELECT table_schema, table_name FROM information_schema.tables
WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2
"""
WRITES_NOTHING = ("public", "geometry_columns")
"""A view of PostGIS, open to all, whose rules say DO INSTEAD NOTHING to every write."""

PARTLY_OPEN = ("geography", "alias")
"""Its columns that name a person or a file are closed, so the whole row is."""

NOT_ALLOWED = "42501"
NOT_A_TABLE = ("42809", "55000")
"""What PostgreSQL says of writing to a view that nobody can write to; PostGIS has two."""


@pytest.fixture
def tables(store: Store) -> list[tuple[str, str]]:
    with store.begin() as connection:
        return [(schema, name) for schema, name in connection.execute(text(TABLES))]


def refused(connection: Connection, command: str) -> bool:
    with connection.begin():
        connection.execute(text("SET TRANSACTION READ WRITE"))
        try:
            connection.execute(text(command))
        except DBAPIError as error:
            return getattr(error.orig, "sqlstate", "") in (NOT_ALLOWED, *NOT_A_TABLE)
    return False


def test_there_are_tables_of_every_schema_to_prove_it_on(tables: list[tuple[str, str]]) -> None:
    assert {schema for schema, _ in tables} >= set(SCHEMAS)


def test_the_public_role_reads_what_is_published_and_nothing_of_the_intake(
    store: Store, tables: list[tuple[str, str]]
) -> None:
    with store.public.connect() as connection:
        closed = {(schema, name) for schema, name in tables if refused(connection, f'SELECT * FROM {schema}."{name}"')}

    intake = {each for each in tables if each[0] == "intake"}
    assert closed == intake | {("public", "alembic_version"), PARTLY_OPEN}


def test_the_public_role_reads_other_names_of_regions_but_not_who_accepted_them(store: Store) -> None:
    with store.public.connect() as connection:
        assert not refused(connection, "SELECT code_system, code, name, key, revoked_at FROM geography.alias")
        for column in ("actor", "origin", "revoked_reason"):
            assert refused(connection, f"SELECT {column} FROM geography.alias")


@pytest.mark.parametrize(
    "command", ["INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {} CASCADE", "DROP TABLE {} CASCADE"]
)
def test_the_public_role_writes_nothing_anywhere(store: Store, tables: list[tuple[str, str]], command: str) -> None:
    with store.public.connect() as connection:
        allowed = {name for name in tables if not refused(connection, command.format('{}."{}"'.format(*name)))}

    assert allowed <= {WRITES_NOTHING}


def test_the_public_role_changes_no_column_anywhere(store: Store) -> None:
    columns = """SELECT table_schema, table_name, column_name FROM information_schema.columns
                 WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"""
    with store.begin() as connection:
        every = connection.execute(text(columns)).all()

    with store.public.connect() as connection:
        allowed = [each for each in every if not refused(connection, 'UPDATE {}."{}" SET "{}" = DEFAULT'.format(*each))]

    assert len(every) > 50
    assert {(schema, name) for schema, name, _ in allowed} <= {WRITES_NOTHING}


@pytest.mark.parametrize(
    "command",
    [
        "CREATE SCHEMA mine",
        "CREATE TABLE public.mine (n int)",
        "CREATE TABLE published.mine (n int)",
        "CREATE TEMPORARY TABLE mine (n int)",
        "SET ROLE geoapp",
        "SET SESSION AUTHORIZATION geoapp",
        "ALTER ROLE geoapp_public SUPERUSER",
        "COPY (SELECT 1) TO '/tmp/leak'",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/hostname')",
    ],
)
def test_the_public_role_gets_no_further_than_reading(store: Store, command: str) -> None:
    with store.public.connect() as connection:
        assert refused(connection, command)


def test_the_public_doors_are_that_role_from_login_and_read_only(store: Store) -> None:
    with store.read() as connection:
        asked = "SELECT session_user, current_user, current_setting('transaction_read_only')"
        assert tuple(connection.execute(text(asked)).one()) == (PUBLIC_ROLE, PUBLIC_ROLE, "on")


def test_where_the_public_doors_have_no_login_of_their_own_they_enter_the_role(urls: Urls) -> None:
    opened = Store.at(urls.owner)

    with opened.public.connect() as connection:
        assert connection.execute(text("SELECT current_user")).scalar_one() == PUBLIC_ROLE
    with opened.public.connect() as connection:
        assert refused(connection, "SELECT * FROM intake.batch")
    with opened.public.connect() as connection:
        assert refused(connection, "DELETE FROM published.layer")
    opened.close()
