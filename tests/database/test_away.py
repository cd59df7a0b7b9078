"""A database that restarts, breaks off, or takes too long: a sentence, and the next question is answered."""

import psycopg
import pytest
from sqlalchemy import text

from geoapp.errors import Unavailable
from geoapp.store.cluster import Urls
from geoapp.store.database import Store

END = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


def end_connections(urls: Urls) -> None:
    """What a restart of the server does to everybody who is connected."""
    with psycopg.connect(urls.owner) as connection:
        connection.execute(END)


def test_the_first_question_behind_a_restart_is_answered(store: Store, urls: Urls) -> None:
    with store.read() as one, store.read() as another, store.begin() as writer:
        before = {each.execute(text("SELECT pg_backend_pid()")).scalar_one() for each in (one, another, writer)}

    end_connections(urls)

    for asked in (store.read, store.read, store.begin):
        with asked() as connection:
            assert connection.execute(text("SELECT pg_backend_pid()")).scalar_one() not in before


def test_a_connection_that_breaks_within_a_statement_is_one_sentence(store: Store, urls: Urls) -> None:
    for asked in (store.read, store.begin):
        with pytest.raises(Unavailable, match="database_away"), asked() as connection:
            end_connections(urls)
            connection.execute(text("SELECT 1"))


def test_a_connection_that_breaks_within_a_copy_is_one_sentence_and_nothing_is_kept(store: Store, urls: Urls) -> None:
    into = b"COPY geography.code_list (id, system, dated) FROM STDIN"
    with (
        pytest.raises(Unavailable, match="database_away"),
        store.begin() as connection,
        connection.connection.driver_connection.cursor().copy(into) as copy,  # type: ignore[union-attr]
    ):
        copy.write_row(("kemendagri-1", "kemendagri", "1"))
        end_connections(urls)
        for n in range(2, 200_000):
            copy.write_row((f"kemendagri-{n}", "kemendagri", "1"))

    with store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM geography.code_list")).scalar_one() == 0


def test_a_reading_that_takes_too_long_is_one_sentence(store: Store) -> None:
    with pytest.raises(Unavailable, match="database_busy"), store.read() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 20"))
        connection.execute(text("SELECT pg_sleep(10)"))

    with store.read() as connection:
        assert connection.execute(text("SHOW statement_timeout")).scalar_one() == "15s"


def test_whoever_finds_the_database_away_is_heard_once_for_each_question() -> None:
    heard: list[str] = []
    nowhere = Store.at("postgresql://geoapp@/none?host=/nonexistent", missed=lambda: heard.append("missed"))

    for asked in (nowhere.read, nowhere.begin):
        with pytest.raises(Unavailable, match="database_away"), asked():
            pass

    assert heard == ["missed", "missed"]
