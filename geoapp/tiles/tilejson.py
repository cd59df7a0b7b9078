"""TileJSON 3.0.0: what a tile client must know before it asks for the first tile."""

from collections.abc import Mapping
from typing import Any

from geoapp.domain.regions import Box, Edition
from geoapp.domain.zooms import MAX_ZOOM
from geoapp.i18n import speak
from geoapp.tiles.vector import NAME

SHAPE_FIELDS: Mapping[str, str] = {"code": "Region code", "name": "Official name"}
LAYER_FIELDS: Mapping[str, str] = {
    **SHAPE_FIELDS,
    "figure": "The figure, absent where a state says why",
    "category": "The category's slug",
    "state": "missing, not_applicable, suppressed or out_of_scope",
    "class": "0 to 8 from low to high; 251 to 254 are states",
}


def attribution(edition: Edition) -> str:
    """Whose the lines are, how sure, of when and under which licence; map programs show it in a corner."""
    status = speak("id", f"embed.status.{edition.status.value}")
    return f"{edition.attribution['id'].rstrip('.')}, {status} ({edition.rights.rstrip('.')})"


def document(
    name: str, address: str, box: Box, attribution: str, fields: Mapping[str, str] = SHAPE_FIELDS, description: str = ""
) -> dict[str, Any]:
    """The JSON form; ``address`` is the template with ``{z}/{x}/{y}``, ``box`` in degrees."""
    west, south, east, north = box
    return {
        "tilejson": "3.0.0",
        "name": name,
        "description": description,
        "version": "1.0.0",
        "scheme": "xyz",
        "tiles": [address],
        "minzoom": 0,
        "maxzoom": MAX_ZOOM,
        "bounds": [west, south, east, north],
        "center": [(west + east) / 2, (south + north) / 2, _zoom(box)],
        "attribution": attribution,
        "vector_layers": [{"id": NAME, "fields": dict(fields), "minzoom": 0, "maxzoom": MAX_ZOOM}],
    }


def _zoom(box: Box) -> int:
    """The zoom at which the box spans about one tile."""
    widest = max(box[2] - box[0], box[3] - box[1], 1e-6)
    return max(0, min(MAX_ZOOM, int(360 / widest).bit_length() - 1))
