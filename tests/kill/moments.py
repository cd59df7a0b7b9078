"""When to kill: in the midst of rows, of a commit, of a tile's query or its rename, or at any time."""

import random
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from tests.kill.site import Site, wait_for
from tests.kill.world import Change

ROW_S, COMMIT_S, FLUSH_US, RENAME_S = 0.004, 0.3, 100_000, 0.4
"""How long a row, the end of a transaction, its way to the disk and a rename are made to take, to be met at all."""
LINGER = """
CREATE FUNCTION public.linger() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_sleep(TG_ARGV[0]::float8); RETURN NEW; END $$
"""
ROWS = "CREATE TRIGGER slow BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION public.linger({})"
COMMIT = """
CREATE CONSTRAINT TRIGGER slow AFTER INSERT OR UPDATE ON {} DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION public.linger({})
"""
FLUSH = ("ALTER ROLE geoapp SET commit_delay = {}", "ALTER ROLE geoapp SET commit_siblings = 0")
HURRY = (
    "DROP FUNCTION IF EXISTS public.linger CASCADE",
    "ALTER ROLE geoapp RESET commit_delay",
    "ALTER ROLE geoapp RESET commit_siblings",
)
WRITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query <> 'COMMIT'"
COMMITTING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query = 'COMMIT'"
CUTTING = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%%ST_AsMVT%%' AND wait_event_type = 'Lock'"

Command = subprocess.Popen[bytes] | None


@dataclass(frozen=True)
class Moment:
    """A way to find a moment: ``name`` says which; what is slowed down is set before, and undone by ``hurry``."""

    name: str

    def slow(self, site: Site, change: Change) -> None:
        """Make the moment long enough to be met."""
        if self.name == "rows":
            site.execute(LINGER, *(ROWS.format(table, ROW_S) for table in change.fills))
        if self.name == "commit":
            site.execute(LINGER, COMMIT.format(change.marks, COMMIT_S), *(each.format(FLUSH_US) for each in FLUSH))

    @property
    def rename_s(self) -> float:
        """How long a tile's rename is to take."""
        return RENAME_S if self.name == "rename" else 0.0

    @contextmanager
    def met(self, site: Site, command: Command, seconds: float, chance: random.Random) -> Iterator[None]:
        """Wait for the moment, and hold it while the block runs; fails if the command is over before."""
        with psycopg.connect(site.cluster.url(), autocommit=True) as watch, psycopg.connect(site.cluster.url()) as gate:
            if self.name == "any":
                time.sleep(chance.uniform(0, seconds))
            elif self.name == "rename":
                wait_for(lambda: next((site.var / "tiles").glob("**/.*"), None), 0.001)
                time.sleep(chance.uniform(0, RENAME_S / 2))
            elif self.name == "cut":
                gate.execute("LOCK TABLE geography.outline IN ACCESS EXCLUSIVE MODE")
                wait_for(lambda: watch.execute(CUTTING).fetchone() != (0,), 0.005)
                time.sleep(chance.uniform(0, 0.3))
            else:
                asked = WRITING if self.name == "rows" else COMMITTING
                wait_for(lambda: _over(command) or watch.execute(asked).fetchone() != (0,), 0.002)
                assert not _over(command), f"no moment of {self.name} was met"
                time.sleep(chance.uniform(0, 0.6 if self.name == "rows" else 2 * COMMIT_S + FLUSH_US / 1e6))
            yield


def hurry(site: Site) -> None:
    """Let everything take as long as it does."""
    site.execute(*HURRY)


def _over(command: Command) -> bool:
    return command is None or command.poll() is not None
