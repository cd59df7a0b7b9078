"""What the routes work with: wired once by ``create_app`` and kept with the application."""

from dataclasses import dataclass, field

from flask import current_app

from geoapp.catalogue import Catalogue
from geoapp.domain.levels import Level
from geoapp.domain.regions import Edition
from geoapp.settings import Settings
from geoapp.store.database import Store
from geoapp.tiles.shelf import Shelf
from geoapp.web.assets import Assets
from geoapp.web.kept import Kept


@dataclass(frozen=True)
class Service:
    """Settings, the database, definitions, finished tiles, built scripts and finished bodies."""

    settings: Settings
    store: Store
    catalogue: Catalogue
    shelf: Shelf
    assets: Assets
    kept: Kept = field(default_factory=Kept)
    kept_levels: dict[tuple[str, str], tuple[Level, Edition]] = field(default_factory=dict)


def service() -> Service:
    """The service of the application that answers this request."""
    found: Service = current_app.extensions["geoapp"]
    return found
