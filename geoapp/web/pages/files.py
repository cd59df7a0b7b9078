"""The page of all files at ``/downloads``: every public map in every format, newest period."""

from dataclasses import dataclass

from flask import Response, request

from geoapp.atlas.shelf import Shelved, live, shelf
from geoapp.domain.words import Language
from geoapp.downloads import FORMATS
from geoapp.i18n import dates, speak
from geoapp.web import dress
from geoapp.web.caching import Keep, answer
from geoapp.web.kept import Body
from geoapp.web.links import address, alternates, base
from geoapp.web.pages.routes import BLUEPRINT, HTML
from geoapp.web.request import ask_kindly
from geoapp.web.service import service

_NAMES = {"geojson": "GeoJSON", "geojsonl": "GeoJSONL", "parquet": "GeoParquet", "fgb": "FlatGeobuf"}
"""Formats that are not called by their extension in capitals."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One map: what it is, the periods it has, and the files of its newest one as name and address."""

    name: str
    of_map: str
    href: str
    period: str
    periods: str
    licence: str
    files: tuple[tuple[str, str], ...]


@BLUEPRINT.get("/downloads")
def every_file() -> Response:
    """200 the files of every public map; 304 unchanged."""
    question = ask_kindly(request.args, "lang")
    shown, lang = live(service().store), question.lang

    def rendered() -> Body:
        html = dress.page(
            "downloads.html",
            lang=lang,
            offers=[_offer(each, lang) for each in shelf(service().store, shown)],
            notices=question.notices,
            alternates=alternates("/downloads"),
        )
        return Body(html, HTML)

    key = ("downloads", base(), shown, lang, repr(question.notices))
    return answer(service().kept.get(key, rendered), Keep.MOVING)


def _offer(shelved: Shelved, lang: Language) -> Offer:
    layer = shelved.layer
    first, last = (dates.period(lang, each) for each in (layer.periods[0], layer.periods[-1]))
    return Offer(
        name=layer.indicator.name[lang],
        of_map=speak(lang, "region.edition", area=layer.edition.area, dated=layer.edition.dated),
        href=address(f"/maps/{layer.id}", lang=lang),
        period=dates.period(lang, layer.latest),
        periods=first if first == last else f"{first}–{last}",
        licence=layer.edition.licence,
        files=tuple(
            (_NAMES.get(each, each.upper()), address(f"/downloads/{layer.id}.{each}", lang=lang)) for each in FORMATS
        ),
    )
