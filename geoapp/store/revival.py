"""The private server started again by a service that misses it, where it was killed and not stopped."""

import logging
from collections.abc import Callable
from threading import Lock, Thread

from geoapp.errors import GeoappError
from geoapp.settings import Settings
from geoapp.store.cluster import Cluster

_LOG = logging.getLogger(__name__)


def revival(settings: Settings) -> Callable[[], None]:
    """What a service does that misses its database; nothing where the database is not ours to start."""
    if settings.database_url:
        return lambda: None
    cluster, busy = Cluster.of(settings), Lock()

    def revive() -> None:
        if cluster.was_killed and busy.acquire(blocking=False):
            Thread(target=_start, args=(cluster, busy), name="revive-database", daemon=True).start()

    return revive


def _start(cluster: Cluster, busy: Lock) -> None:
    """Start it beside whoever waits for an answer; several processes that try take turns."""
    try:
        _LOG.warning("the database was killed, and is started again")
        cluster.start()
    except GeoappError as problem:
        _LOG.error("the database was killed, and does not start: %s", problem)
    finally:
        busy.release()
