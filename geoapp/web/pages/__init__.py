"""The pages for people, whole without a script; the addresses of each module join the one blueprint."""

from geoapp.web.pages import about, catalogue, choose, files, pairs, regions, releases, search, years
from geoapp.web.pages.routes import BLUEPRINT

__all__ = ["BLUEPRINT", "about", "catalogue", "choose", "files", "pairs", "regions", "releases", "search", "years"]
