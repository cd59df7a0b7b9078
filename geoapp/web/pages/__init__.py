"""The pages for people: the catalogue and the maps, whole without a script."""

from geoapp.web.pages.routes import BLUEPRINT

__all__ = ["BLUEPRINT"]
