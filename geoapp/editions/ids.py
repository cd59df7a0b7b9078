"""The id of an edition: a slug that stands in every address, given once."""

import re

from sqlalchemy import Connection

from geoapp.errors import BadRequest, Refused
from geoapp.store import editions

_LONGEST = 100
"""It stands in every address."""


def hold_slug(id: str) -> str:
    """The id, if it may be one. Raises BadRequest."""
    if len(id) > _LONGEST or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id):
        raise BadRequest("error.edition_id", edition=id)
    return id


def free(connection: Connection, wanted: str, digest: str, asked: bool) -> str:
    """``wanted``, with a number behind it if other content has that name.

    Raises
    ------
    Refused
        If it was ``asked`` for and is taken.
    """
    id = editions.free_id(connection, wanted, digest)
    if asked and id != wanted:
        raise Refused("error.edition_exists", edition=wanted)
    return id
