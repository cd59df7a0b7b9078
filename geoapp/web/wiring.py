"""Putting the service together: settings, database, definitions, tiles, built files, routes."""

from threading import Thread

from flask import Flask

from geoapp.atlas import words
from geoapp.catalogue import Catalogue
from geoapp.domain.words import LANGUAGES
from geoapp.editions.redraw import redraw
from geoapp.i18n.catalogue import translations
from geoapp.settings import Settings
from geoapp.store.cluster import database_url
from geoapp.store.database import Store
from geoapp.store.migrate import migrate
from geoapp.store.revival import revival
from geoapp.tiles.shelf import Shelf
from geoapp.web import built, data, dress, embed, errors, headers, log, operations, pages
from geoapp.web.assets import Assets
from geoapp.web.service import Service
from geoapp.web.warm import Warm

_LARGEST_REQUEST = 64 << 10
"""Bytes of a request's body: nothing is sent to the public doors."""


def wire(settings: Settings) -> Flask:
    """The application, ready to answer."""
    store = Store.at(*database_url(settings), missed=revival(settings))
    migrate(store)
    redraw(store)
    catalogue = Catalogue.of(settings)
    words.call_locally(catalogue.level_names)
    for language in LANGUAGES:
        translations(language)  # read before somebody waits for a page
    shelf = Shelf.of(settings)
    Thread(target=shelf.disk.tidy, name="tiles-tidy", daemon=True).start()
    app = Flask("geoapp.web", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_REQUEST
    app.extensions["geoapp"] = Service(
        settings=settings,
        store=store,
        catalogue=catalogue,
        shelf=shelf,
        assets=Assets(settings.assets),
    )
    for blueprint in (pages.BLUEPRINT, embed.BLUEPRINT, *data.BLUEPRINTS, built.BLUEPRINT, operations.BLUEPRINT):
        app.register_blueprint(blueprint)
    for part in (log, dress, errors, headers):
        part.install(app)
    app.wsgi_app = Warm(app.wsgi_app)  # type: ignore[method-assign]
    return app
