"""Maps inside other people's pages: a lean frame that needs no script, and oEmbed that leads to it."""

from geoapp.web.embed.routes import BLUEPRINT

__all__ = ["BLUEPRINT"]
