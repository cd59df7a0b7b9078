"""The pages for people: the catalogue, the maps, regions and the search, whole without a script."""

from geoapp.web.pages import catalogue, choose, pairs, regions, search, years  # their addresses join the blueprint
from geoapp.web.pages.routes import BLUEPRINT

__all__ = ["BLUEPRINT", "catalogue", "choose", "pairs", "regions", "search", "years"]
