"""geoapp joins village statistics to administrative boundaries and serves the result as thematic maps."""

from typing import TYPE_CHECKING

from geoapp.settings import Settings

if TYPE_CHECKING:
    from flask import Flask


def create_app(settings: Settings | None = None) -> "Flask":
    """Wire the service: the only place that knows all its parts; it decides nothing.

    Raises
    ------
    Refused
        If a definition file is wrong, or the database was made by a newer version.
    Unavailable
        If the database does not answer.
    """
    from geoapp.web.wiring import wire  # the command line and tools import geoapp without a web framework

    return wire(settings or Settings())
