"""The private PostgreSQL is made, started, reused, healed and stopped."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from geoapp.errors import Unavailable
from geoapp.settings import HOME, Settings
from geoapp.store import postgres
from geoapp.store.cluster import PATIENCE_S, Cluster, create_database, database_url
from geoapp.store.revival import revival

SET_UP = """
import os
from geoapp.store.database import Store
from geoapp.store.migrate import migrate
migrate(Store.at(*2 * [os.environ["GEOAPP_DATABASE_URL"]]))
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A private server in a folder of its own, stopped and removed at the end."""
    var = Path(tempfile.mkdtemp(prefix="geoapp-var-"))
    var.chmod(0o755)
    made = Cluster.of(Settings(var=var))
    made.start()
    yield made
    made.stop()
    shutil.rmtree(var)


def ask(cluster: Cluster, question: str) -> object:
    with psycopg.connect(cluster.url()) as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None


def test_a_running_server_is_reused(cluster: Cluster) -> None:
    before = cluster.pid()

    cluster.start()

    assert before is not None
    assert cluster.pid() == before


def test_the_server_does_not_run_as_root(cluster: Cluster) -> None:
    assert Path(f"/proc/{cluster.pid()}").stat().st_uid != 0


def test_the_server_listens_on_its_socket_alone_and_nobody_else_may_reach_it(cluster: Cluster) -> None:
    assert ask(cluster, "SHOW listen_addresses") == ""
    assert cluster.socket.stat().st_mode & 0o077 == 0


def test_what_was_committed_survives_kill_9_of_the_server(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    killed = cluster.pid()
    assert killed

    os.kill(killed, signal.SIGKILL)
    cluster.start()

    assert cluster.pid() != killed
    assert ask(cluster, "SELECT sum(n) FROM kept") == 500_500


def test_a_server_that_was_stopped_starts_again(cluster: Cluster) -> None:
    assert cluster.stop() is True
    assert cluster.stop() is False
    assert cluster.pid() is None

    cluster.start()

    assert ask(cluster, "SELECT 1") == 1


def test_a_server_that_was_killed_is_started_by_whoever_misses_it(cluster: Cluster) -> None:
    cluster.start()
    miss = revival(Settings(var=cluster.home.parent))
    killed = cluster.pid()
    assert killed

    os.kill(killed, signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE_S
    while cluster.pid() in (None, killed):
        miss()
        assert time.monotonic() < deadline, "nobody started it"
        time.sleep(0.05)
    cluster.start()

    assert ask(cluster, "SELECT 1") == 1


def test_a_server_that_was_stopped_stays_down_when_somebody_misses_it(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()

    assert cluster.was_killed is False
    revival(Settings(var=cluster.home.parent))()

    assert "revive-database" not in {each.name for each in threading.enumerate()}
    assert cluster.pid() is None


def test_a_half_made_cluster_is_made_anew() -> None:
    var = Path(tempfile.mkdtemp(prefix="geoapp-var-"))
    var.chmod(0o755)
    half = Cluster.of(Settings(var=var))
    (half.home / "data.new" / "base").mkdir(parents=True)
    (half.home / "data.new" / "PG_VERSION").write_text("15\n")
    if os.geteuid() == 0:
        shutil.chown(half.home, half.user.name)

    half.start()

    assert ask(half, "SELECT current_database()") == "geoapp"
    half.stop()
    shutil.rmtree(var)


def test_a_path_too_long_for_a_socket_gets_a_short_one() -> None:
    deep = Cluster(Path("/srv") / ("long-" * 30) / "postgres")
    spaced = Cluster(Path("/srv/my maps/postgres"))

    assert len(str(deep.socket / ".s.PGSQL.5432")) <= 107
    assert deep.socket.parent == spaced.socket.parent == Path("/tmp")
    assert deep.socket != spaced.socket


def test_a_socket_folder_that_somebody_else_made_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    planted = tmp_path / "planted"
    planted.symlink_to(tmp_path)

    with pytest.raises(Unavailable, match="folder_foreign"):
        cluster._own_folder(planted)


def test_without_postgis_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "_PLACES", ())

    with pytest.raises(Unavailable, match="postgres_missing"):
        postgres.programs()
    with pytest.raises(Unavailable, match="postgres_version_missing"):
        postgres.programs(15)


def test_a_full_disk_is_said_as_such() -> None:
    words = 'initdb: error: could not write file "base/1/1": No space left on device\n'

    assert postgres.failure(words).message == "error.disk_full"


def test_another_database_is_used_as_it_is_given() -> None:
    given = Settings(database_url="postgresql://elsewhere/maps", public_database_url="postgresql://replica/maps")

    assert database_url(given) == ("postgresql://elsewhere/maps", "postgresql://replica/maps")


def test_databases_of_one_new_server_may_be_set_up_at_the_same_moment() -> None:
    var = Path(tempfile.mkdtemp(prefix="geoapp-var-"))
    var.chmod(0o755)
    server = Cluster.of(Settings(var=var))
    server.start()
    names = ["one", "two", "three"]
    with psycopg.connect(server.url(database="postgres"), autocommit=True) as connection:
        for name in names:
            create_database(connection, name)
    environment = [{**os.environ, "GEOAPP_DATABASE_URL": server.url(database=name)} for name in names]

    runs = [subprocess.Popen([sys.executable, "-c", SET_UP], cwd=HOME, env=each) for each in environment]

    assert [run.wait(timeout=120) for run in runs] == [0, 0, 0]
    server.stop()
    shutil.rmtree(var)
