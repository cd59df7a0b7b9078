"""Connections: one engine for those who write, one for the public doors, which may only read what is published."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from geoapp.errors import Unavailable
from geoapp.store.roles import PUBLIC_ROLE

_APPLICATION = "geoapp"
_PUBLIC_TIMEOUT_MS = 15_000
_AWAY = ("08", "57P")
"""Beginnings of the states of a connection that broke, and of a server that stops, crashed or is not up yet."""


@dataclass(frozen=True)
class Store:
    """Both engines; nothing is connected before it is used. ``missed`` is called whenever the database is away."""

    owner: Engine
    public: Engine
    missed: Callable[[], None] = lambda: None

    @classmethod
    def at(cls, url: str, public_url: str | None = None, missed: Callable[[], None] = lambda: None) -> "Store":
        """Open the database at ``url``; the public doors use ``public_url``, or ``url`` in the role geoapp_public."""
        # compiling costs more than any of our short statements
        reading = f"-c jit=off -c statement_timeout={_PUBLIC_TIMEOUT_MS} -c default_transaction_read_only=on"
        if public_url is None:
            reading += f" -c role={PUBLIC_ROLE}"
        return cls(_engine(url, ""), _engine(public_url or url, reading), missed)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One unit of work of a writer: committed when the block is left, undone when it raises. Raises Unavailable."""
        with self._reported(), self.owner.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent reading by the public role. Raises Unavailable, also where it takes longer than it may."""
        with self._reported(reading=True), self.public.connect() as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self.owner.dispose()
        self.public.dispose()

    @contextmanager
    def _reported(self, reading: bool = False) -> Iterator[None]:
        """Say that the database is away; to those who only read, that it is too busy, too: they may ask again."""
        try:
            yield
        except (OperationalError, psycopg.OperationalError) as error:
            if _is_away(error):
                self.missed()
                raise Unavailable("error.database_away") from error
            if reading:
                raise Unavailable("error.database_busy") from error
            raise


def _engine(url: str, options: str) -> Engine:
    chosen = make_url(url).set(drivername="postgresql+psycopg")
    asked = chosen.query.get("options", "")
    return create_engine(
        chosen,
        connect_args={
            "options": f"{asked} {options}".strip(),
            "application_name": _APPLICATION,
            "connect_timeout": 10,
        },
        pool_size=4,
        max_overflow=4,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ" if options else "READ COMMITTED",
        hide_parameters=True,  # a logged error must not carry a row's values
    )


def _is_away(error: OperationalError | psycopg.OperationalError) -> bool:
    if isinstance(error, OperationalError) and error.connection_invalidated:
        return True
    state = getattr(error.orig if isinstance(error, OperationalError) else error, "sqlstate", None)
    return state is None or state.startswith(_AWAY)
