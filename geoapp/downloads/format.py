"""What a download format is: how its file is named and sent, and the function that writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from geoapp.atlas.page import MapPage
from geoapp.domain.words import Language
from geoapp.downloads.citation import Citation

Write = Callable[[MapPage, Connection, Language, Citation], bytes]
"""One opened map, a connection that may read, the language of texts, how to cite it → the file's bytes."""


@dataclass(frozen=True, slots=True)
class Format:
    """One file format; ``attachment`` where a browser must save it and not open it (it may hold scripts).

    ``chosen`` says that it carries classes, which follow a visitor's choice.
    """

    extension: str
    media_type: str
    attachment: bool
    write: Write
    chosen: bool = True
