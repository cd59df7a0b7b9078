"""What lies at a spot of a frame's picture, for maps that are too large to be sent as shapes."""

from typing import Any

from geoapp.atlas import words
from geoapp.atlas.page import MapPage
from geoapp.domain.mercator import metres
from geoapp.domain.words import Language
from geoapp.pictures.frame import Frame
from geoapp.pictures.sizes import SIZES
from geoapp.store import shapes
from geoapp.web import picture
from geoapp.web.service import service

_REACH = 6
"""Pixels of the picture by which a finger may miss a small region."""


def told(page: MapPage, lang: Language, x: float, y: float) -> dict[str, Any]:
    """Number, code and words of the region at ``x`` and ``y``, shares of the picture's width and height; 0 for none."""
    size = SIZES["embed"].fitting(picture.shape(page))
    west, south, east, north = page.box
    frame = Frame.around((*metres(west, south), *metres(east, north)), size)
    at, beside = (frame.place(x * size.width + away, y * size.height) for away in (0, _REACH))
    with service().store.read() as connection:
        number = shapes.region_at(connection, page.layer.edition.id, page.level, at, beside[0] - at[0])
    if number is None:
        return {"number": 0}
    region, said = page.regions[number - 1], page.observations[number - 1]
    figure = words.figure(lang, page.layer.indicator, said)
    byte = page.plan.classes[number - 1]
    return {"number": number, "code": region.code, "words": f"{region.name}: {figure}", "byte": byte}
