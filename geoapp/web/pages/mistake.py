"""Where a mistake in the figures is reported: the site's contact, with what is before the reader's eyes filled in."""

from urllib.parse import quote, urlsplit, urlunsplit

from geoapp.atlas import words
from geoapp.i18n import speak
from geoapp.web.pages.view import MapView


def mistake(view: MapView, contact: str) -> str:
    """The address of a letter (``mailto:``), or of the contact's page, about this view; empty without a contact."""
    if not contact:
        return ""
    region = words.region_name(view.chosen) + f" ({view.chosen.code})" if view.chosen else view.area
    said = {"address": view.share, "region": region, "period": view.span, "release": view.layer.release.id}
    if contact.startswith("mailto:"):
        fields = {
            "subject": speak(view.lang, "page.mistake.subject", title=view.title),
            "body": speak(view.lang, "page.mistake.body", **said),
        }
        return contact + ("&" if "?" in contact else "?") + _query(fields)
    split = urlsplit(contact)
    query = "&".join(filter(None, (split.query, _query({name: str(value) for name, value in said.items()}))))
    return urlunsplit(split._replace(query=query))


def _query(fields: dict[str, str]) -> str:
    """Fields of an address; mail programs read a plus sign as one, so spaces are %20."""
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in fields.items())
