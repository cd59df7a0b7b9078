"""The standalone map of a layer: one HTML file with shapes, figures and legend inside, for use without network."""

from typing import Any

from sqlalchemy import Connection

from geoapp.atlas import words
from geoapp.atlas.page import MapPage
from geoapp.domain.observations import Mark
from geoapp.domain.periods import Period
from geoapp.domain.words import Language
from geoapp.downloads import standalone
from geoapp.downloads.citation import Citation
from geoapp.downloads.format import Format
from geoapp.i18n import dates, speak
from geoapp.layers.plan import BYTE_STATES, CIRCLE_STEPS, LegendRow, Plan
from geoapp.store import reading, shapes

_ZOOM = 11


def write(page: MapPage, connection: Connection, language: Language, citation: Citation) -> bytes:
    """A page of all periods, each a layer of its own; opens at the page's period and asks the network for nothing.

    Raises
    ------
    Unavailable
        ``error.leaflet_missing`` if set-up has not fetched Leaflet.
    """
    numbers = page.shown
    drawn = shapes.outlines_numbered(connection, page.layer.edition.id, page.level, _ZOOM, numbers)
    document = {
        "title": citation.title,
        "sources": citation.citation,
        "choose": speak(language, "page.period.other"),
        "language": language,
        "box": page.box,
        "shapes": standalone.geometries([each.wkb for each in drawn]),
        "inside": [region.inside for region in page.shown_regions],
        "names": [words.region_name(region) for region in page.shown_regions],
        "open": page.period.text,
        "steps": CIRCLE_STEPS,
        "periods": [each for period in page.layer.periods if (each := _period(page, connection, period, language))],
    }
    return standalone.page(document, citation.title, language)


def _period(page: MapPage, connection: Connection, period: Period, language: Language) -> dict[str, Any] | None:
    """What the script needs of one period: a look and a sentence for every region, and the legend; None without."""
    layer = page.layer
    found = reading.plan(connection, layer.id, layer.release.id, page.level, period)
    if found is None:
        return None
    first, last = page.shown
    plan = found[1].within(first, last)
    observations = reading.row(connection, layer.edition.id, page.level, layer.release.id, period)[first - 1 : last]
    figures = [words.figure(language, layer.indicator, each) for each in observations]
    marked = speak(language, "mark.estimated")
    return {
        "period": period.text,
        "label": dates.period(language, period),
        "kind": plan.kind,
        "looks": [_look(plan, byte) for byte in plan.classes[first - 1 : last]],
        "sizes": [byte if byte <= CIRCLE_STEPS else 0 for byte in plan.classes[first - 1 : last]]
        if plan.kind == "circles"
        else [],
        "figures": [
            f"{figure} ({marked})" if Mark.ESTIMATED in each.marks else figure
            for figure, each in zip(figures, observations, strict=True)
        ],
        "legend": [_legend(page, plan, row, language) for row in plan.legend],
    }


def _look(plan: Plan, byte: int) -> str:
    """A colour, or the name of a pattern."""
    if byte in BYTE_STATES:
        return BYTE_STATES[byte].value
    if plan.kind == "circles":
        return "land"
    return "zero" if byte == 0 and any(row.kind == "zero" for row in plan.legend) else plan.colours[byte]


def _legend(page: MapPage, plan: Plan, row: LegendRow, language: Language) -> dict[str, str | float]:
    """Look and words of a row; a circle's size in the steps of the map's own."""
    look = "circle" if row.byte is None else _look(plan, row.byte)
    said: dict[str, str | float] = {"look": look, "label": words.legend_sentence(page, language, row)}
    if look == "circle":
        said["size"] = round(CIRCLE_STEPS * ((row.figure or 0.0) / (plan.largest or 1.0)) ** 0.5, 1)
    return said


FORMAT = Format("html", "text/html; charset=utf-8", attachment=True, write=write, chosen=False)
