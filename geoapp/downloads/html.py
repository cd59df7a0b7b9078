"""The standalone map: folium makes one HTML file with everything inside, for a USB stick or WhatsApp.

Folium links several foreign hosts, and renders what its elements have rendered once more as a template, so that a
village called ``{{7*191}}`` would come out as 1337. Here its links are taken out and Leaflet is written into the file;
words reach the page as data that the browser shows as text, their braces veiled until folium is done.
"""

from functools import cache
from pathlib import Path
from typing import Any

import folium
import orjson
import shapely
from branca.element import Element, MacroElement
from folium.template import Template
from pyproj import Transformer

from geoapp.atlas import reading, words
from geoapp.atlas.page import MapPage
from geoapp.downloads.format import Format, Job
from geoapp.errors import Unavailable
from geoapp.i18n import dates
from geoapp.layers.plan import BYTE_STATES, CIRCLE_STEPS
from geoapp.store import shapes

_BAND = 12
"""Tile zoom whose outlines the file carries: good to about twenty metres."""
_DIGITS = 5
_LARGEST_CIRCLE = 26
"""Radius in pixels of the largest circle."""
_LINE = "#ffffff"
_LAND = "#f2f0ea"
_CIRCLE = "#37689f"
_VEIL = "\ue000"
"""Stands for an opening brace while folium renders: a character of the private use area, which no name needs."""


def write(job: Job) -> bytes:
    """One self-contained page with a layer per period; it opens with the network off and asks nobody for anything."""
    figure = folium.Figure()
    west, south, east, north = job.page.layer.edition.box
    leaflet = folium.Map(tiles=None, zoom_snap=0.25, attribution_control=False)
    leaflet.default_js, leaflet.default_css = [], []
    leaflet.fit_bounds([[south, west], [north, east]])
    for period in job.page.layer.periods:
        page = reading.open_map(job.store, job.page.layer, job.page.level, period)
        _period(job, page, shown=period == job.page.period).add_to(leaflet)
    folium.LayerControl(collapsed=False).add_to(leaflet)
    _Panel(job).add_to(leaflet)
    figure.header.add_child(_Inline(job.leaflet))
    figure.add_child(leaflet)
    rendered = str(figure.render())
    return rendered.replace(_VEIL, "{").replace("\\ue000", "{").encode()


def _period(job: Job, page: MapPage, shown: bool) -> folium.FeatureGroup:
    """The regions of one period; only one group is shown at a time."""
    name = dates.period(job.language, page.period)
    group = folium.FeatureGroup(name=name, overlay=False, show=shown)
    folium.GeoJson(
        _collection(job, page),
        style_function=lambda feature: feature["properties"]["look"],
        tooltip=_Tooltip(),
        smooth_factor=0,
    ).add_to(group)
    if page.plan.kind == "circles":
        for region in page.regions:
            byte = page.plan.classes[region.number - 1]
            if byte not in BYTE_STATES:
                radius = byte / CIRCLE_STEPS * _LARGEST_CIRCLE
                lon, lat = region.inside
                folium.CircleMarker(
                    (lat, lon),
                    radius=radius,
                    color=_LINE,
                    weight=0.8,
                    fill_color=_CIRCLE,
                    fill_opacity=0.72,
                    interactive=False,
                ).add_to(group)
    return group


def _collection(job: Job, page: MapPage) -> dict[str, Any]:
    with job.store.read() as connection:
        drawn = shapes.outlines(connection, page.layer.edition.id, page.level, _BAND)
    to_degrees = Transformer.from_crs(3857, 4326, always_xy=True).transform
    geometry = {
        each.number: orjson.loads(
            shapely.to_geojson(shapely.transform(shapely.from_wkb(each.wkb), _rounded(to_degrees)))
        )
        for each in drawn
    }
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "name": _veiled(words.region_name(job.language, region)),
                    "said": _veiled(words.figure(job.language, page.layer.indicator, observation)),
                    "look": _look(page, region.number),
                },
                "geometry": geometry[region.number],
            }
            for region, observation in zip(page.regions, page.observations, strict=True)
        ],
    }


def _veiled(text: str) -> str:
    """The text without the braces that would begin an expression."""
    return text.replace("{", _VEIL)


def _rounded(project: Any) -> Any:
    def degrees(xy: Any) -> Any:
        return shapely.get_coordinates(shapely.points(*project(xy[:, 0], xy[:, 1]))).round(_DIGITS)

    return degrees


def _look(page: MapPage, number: int) -> dict[str, Any]:
    byte = page.plan.classes[number - 1]
    state = BYTE_STATES.get(byte)
    fill = f"url(#{state.value})" if state else page.plan.colour(number) or _LAND
    return {"fillColor": fill, "fillOpacity": 1, "color": _LINE, "weight": 0.7}


class _Tooltip(folium.GeoJsonTooltip):  # type: ignore[misc]
    """Name and figure under the pointer, written as text and never as markup."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        {{ this._parent.get_name() }}.bindTooltip(function (layer) {
            const box = document.createElement("div");
            for (const key of ["name", "said"]) {
                box.appendChild(document.createElement("div")).textContent = layer.feature.properties[key];
            }
            return box;
        }, {sticky: true});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__(fields=["name", "said"])


class _Panel(MacroElement):  # type: ignore[misc]
    """Title, legend and sources beside the map, and the patterns of the states."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{ this.citation.title|e }}</title>
        <style>
        html, body { margin: 0; height: 100%; font: 15px/22px system-ui, sans-serif; color: #14212b; }
        .folium-map { background: #dbe6ec !important; }
        #panel { position: absolute; z-index: 1000; left: 0; bottom: 0; max-width: 320px; max-height: 70%;
                 overflow: auto; padding: 12px 16px; background: #fff; box-sizing: border-box; }
        #panel h1 { font-size: 18px; line-height: 24px; margin: 0 0 8px; }
        #panel p { margin: 8px 0 0; font-size: 12px; line-height: 16px; color: #46535d; }
        #panel ul { list-style: none; margin: 0; padding: 0; }
        #panel svg { vertical-align: middle; margin-right: 8px; }
        </style>
        {% endmacro %}
        {% macro html(this, kwargs) %}
        <svg width="0" height="0" aria-hidden="true"><defs>
        <pattern id="missing" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" fill="#fbfaf7"/><path d="M0 3h6" stroke="#6f695d" stroke-width="1.4"/></pattern>
        <pattern id="suppressed" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" fill="#fbfaf7"/>
          <path d="M0 3h6M3 0v6" stroke="#6f695d" stroke-width="1.2"/></pattern>
        <pattern id="not_applicable" width="10" height="14" patternUnits="userSpaceOnUse">
          <rect width="10" height="14" fill="#fbfaf7"/>
          <path d="M1 3.5h4M6 10.5h4" stroke="#6f695d" stroke-width="1.3"/></pattern>
        <pattern id="out_of_scope" width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="6" fill="#f2f0ea"/></pattern>
        </defs></svg>
        <section id="panel">
          <h1>{{ this.citation.title|e }}</h1>
          <ul>
          {%- for row in this.rows %}
            <li><svg width="24" height="16"><rect width="24" height="16" fill="{{ row.fill|e }}"/></svg>
              {{- row.said|e }}</li>
          {%- endfor %}
          </ul>
          <p>{{ this.citation.coverage|e }}</p>
          <p>{{ this.citation.text|e }}</p>
          <p>{{ this.citation.attribution|e }} {{ this.citation.boundary_status|e }}</p>
        </section>
        {% endmacro %}
        """
    )

    def __init__(self, job: Job) -> None:
        super().__init__()
        said_of = job.citation.as_dict().items()
        self.citation = {name: _veiled(said) if isinstance(said, str) else said for name, said in said_of}
        self.rows = [
            {"fill": row.colour or (f"url(#{row.state.value})" if row.state else _CIRCLE), "said": _veiled(said)}
            for row in job.page.plan.legend
            for said in [words.legend_sentence(job.page, job.language, row)]
        ]


class _Inline(Element):  # type: ignore[misc]
    """Leaflet itself, as a variable of the template, so that nothing in it is evaluated."""

    _template = Template("<script>{{ this.script }}</script><style>{{ this.style }}</style>")

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.script, self.style = _leaflet(folder)


@cache
def _leaflet(folder: Path) -> tuple[str, str]:
    try:
        script = (folder / "leaflet.js").read_text(encoding="utf-8")
        style = (folder / "leaflet.css").read_text(encoding="utf-8")
    except OSError as error:
        raise Unavailable("error.assets_missing") from error
    return script.replace("</script", "<\\/script"), style


FORMAT = Format("html", "text/html; charset=utf-8", attachment=True, write=write)
