"""A page by folium with Leaflet inside, for use without network: one map, and whatever stands before it.

Folium renders text as templates and links foreign hosts. So nothing of ours passes through its templates but as the
value of one variable, and its scripts and styles are replaced by Leaflet's own files, which stand in the page.
"""

import base64
import json
import re
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geoapp.domain.mercator import degrees
from geoapp.domain.words import Language
from geoapp.errors import Unavailable
from geoapp.settings import HOME

_LEAFLET = HOME / "geoapp/web/viewer/node_modules/leaflet/dist"
_OWN = Path(__file__).parent


def page(document: dict[str, Any], title: str, language: Language, style: str = "", before: str = "") -> bytes:
    """The HTML: folium's figure and map, emptied of foreign files, with ours in their place.

    ``document`` is what ``standalone.js`` draws; ``before`` is finished HTML in front of the map.

    Raises
    ------
    Unavailable
        ``error.leaflet_missing`` if set-up has not fetched Leaflet.
    """
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
    if before:
        figure.html.add_child(Raw(before))
    script, leaflet_style = _leaflet()
    figure.header.add_child(Raw('<meta name="viewport" content="width=device-width">'))
    figure.header.add_child(Raw(f"<style>{leaflet_style}\n{own('standalone.css')}\n{style}</style>"))
    said = f"{script}\n{own('standalone.js')}\nvar SAID = {in_script(document)};\n"
    figure.header.add_child(Raw(f"<script>{said}</script>"))
    # folium forbids a finger to enlarge the page; the one line above is enough
    html = re.sub(r'<meta name="viewport"[^>]*user-scalable=no[^>]*>', "", str(figure.render()))
    return html.replace("<html>", f'<html lang="{language}">', 1).encode()


def in_script(document: dict[str, Any]) -> str:
    """JSON that may stand in a script element: nothing in it ends the element or begins a template's expression."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    # braces follow each other in texts alone, never in JSON's own structure
    return re.sub(r"\{(?=[{%#])", r"\\u007b", text)


@cache
def own(name: str) -> str:
    """A file of this folder."""
    return (_OWN / name).read_text(encoding="utf-8")


def geometries(wkb: Sequence[bytes], decimals: int = 5) -> list[Any]:
    """Shapes of EPSG:3857 as GeoJSON in degrees, rounded to ``decimals``: five are a metre."""

    def rounded(xy: Any) -> Any:
        return np.round(degrees(xy), decimals)

    turned = shapely.transform(shapely.orient_polygons(shapely.from_wkb(wkb), exterior_cw=False), rounded)
    return [json.loads(str(each)) for each in shapely.to_geojson(turned)]


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
