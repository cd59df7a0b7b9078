"""The standalone map: one HTML file by folium with Leaflet, shapes, figures and legend inside, for use without network.

Folium renders text as templates and links foreign hosts. So nothing of ours passes through its templates but as the
value of one variable, and its scripts and styles are replaced by Leaflet's own files, which stand in the page.
"""

import base64
import json
import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from sqlalchemy import Connection

from geoapp.atlas import words
from geoapp.atlas.page import MapPage
from geoapp.domain.mercator import degrees
from geoapp.domain.observations import OUT_OF_SCOPE, Mark
from geoapp.domain.periods import Period
from geoapp.domain.words import Language
from geoapp.downloads.citation import Citation
from geoapp.downloads.format import Format
from geoapp.errors import Unavailable
from geoapp.i18n import dates, speak
from geoapp.layers.plan import BYTE_STATES, CIRCLE_STEPS, LegendRow, Plan
from geoapp.settings import HOME
from geoapp.store import reading, shapes

_LEAFLET = HOME / "geoapp/web/viewer/node_modules/leaflet/dist"
_OWN = Path(__file__).parent
_ZOOM = 11
_DECIMALS = 5


def write(page: MapPage, connection: Connection, language: Language, citation: Citation) -> bytes:
    """A page of all periods, each a layer of its own; opens at the page's period and asks the network for nothing.

    Raises
    ------
    Unavailable
        ``error.leaflet_missing`` if set-up has not fetched Leaflet.
    """
    drawn = shapes.outlines(connection, page.layer.edition.id, page.level, _ZOOM)
    document = {
        "title": citation.title,
        "sources": citation.citation,
        "language": language,
        "box": page.layer.edition.box,
        "shapes": [json.loads(each) for each in _geometries([each.wkb for each in drawn])],
        "inside": [region.inside for region in page.regions],
        "names": [words.region_name(region) for region in page.regions],
        "open": page.period.text,
        "steps": CIRCLE_STEPS,
        "periods": [each for period in page.layer.periods if (each := _period(page, connection, period, language))],
    }
    return _page(document, citation.title, language)


def _period(page: MapPage, connection: Connection, period: Period, language: Language) -> dict[str, Any] | None:
    """What the script needs of one period: a look and a sentence for every region, and the legend; None without."""
    layer = page.layer
    found = reading.plan(connection, layer.id, layer.release.id, page.level, period)
    if found is None:
        return None
    plan = found[1]
    said = reading.observations(connection, layer.release.id, period)
    observations = [said.get(region.code, OUT_OF_SCOPE) for region in page.regions]
    figures = [words.figure(language, layer.indicator, each) for each in observations]
    marked = speak(language, "mark.estimated")
    return {
        "period": period.text,
        "label": dates.period(language, period),
        "kind": plan.kind,
        "looks": [_look(plan, byte) for byte in plan.classes],
        "sizes": [byte if byte <= CIRCLE_STEPS else 0 for byte in plan.classes] if plan.kind == "circles" else [],
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


def _page(document: dict[str, Any], title: str, language: Language) -> bytes:
    """The HTML: folium's figure and map, emptied of foreign files, with ours in their place."""
    import folium
    from branca.element import Element, MacroElement
    from jinja2 import Template

    class Raw(Element):  # type: ignore[misc]  # folium is not typed
        """Text that is the value of a template, never a template."""

        _template = Template("{{ this.text }}")

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Start(MacroElement):  # type: ignore[misc]
        """The call after folium has made its map; a constant, since this is rendered twice."""

        _template = Template("{% macro script(this, kwargs) %}standalone({{ this.map }}, SAID);{% endmacro %}")

        def __init__(self, map_name: str) -> None:
            super().__init__()
            self.map = map_name

    map_ = folium.Map(tiles=None, zoom_control=True, attribution_control=True)
    map_.default_js, map_.default_css = [], []
    map_.add_child(Start(map_.get_name()))
    figure = map_.get_root()
    figure.title = escape(title)
    script, style = _leaflet()
    figure.header.add_child(Raw('<meta name="viewport" content="width=device-width">'))
    figure.header.add_child(Raw(f"<style>{style}\n{_own('css')}</style>"))
    figure.header.add_child(Raw(f"<script>{script}\n{_own('js')}\nvar SAID = {_in_script(document)};\n</script>"))
    html = str(figure.render())
    return html.replace("<html>", f'<html lang="{language}">', 1).encode()


def _in_script(document: dict[str, Any]) -> str:
    """JSON that may stand in a script element: nothing in it ends the element or begins a template's expression."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    # braces follow each other in texts alone, never in JSON's own structure
    return re.sub(r"\{(?=[{%#])", r"\\u007b", text)


@cache
def _leaflet() -> tuple[str, str]:
    """Leaflet's script and style, its images inside."""
    try:
        script = (_LEAFLET / "leaflet.js").read_text(encoding="utf-8")
        style = (_LEAFLET / "leaflet.css").read_text(encoding="utf-8")
    except OSError as error:
        raise Unavailable("error.leaflet_missing") from error
    script = re.sub(r"//# sourceMappingURL=\S+", "", script)
    return script, re.sub(r"url\((images/[\w.-]+)\)", lambda match: f"url({_image(match[1])})", style)


def _image(name: str) -> str:
    return "data:image/png;base64," + base64.b64encode((_LEAFLET / name).read_bytes()).decode()


@cache
def _own(extension: str) -> str:
    return (_OWN / f"standalone.{extension}").read_text(encoding="utf-8")


def _geometries(wkb: list[bytes]) -> list[str]:
    """Shapes of EPSG:3857 as GeoJSON text in degrees, rounded to a metre."""
    turned = shapely.transform(shapely.orient_polygons(shapely.from_wkb(wkb), exterior_cw=False), _rounded)
    return [str(each) for each in shapely.to_geojson(turned)]


def _rounded(xy: Any) -> Any:
    return np.round(degrees(xy), _DECIMALS)


FORMAT = Format("html", "text/html; charset=utf-8", attachment=True, write=write)
