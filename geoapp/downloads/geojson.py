"""GeoJSON (RFC 7946): longitude and latitude, exterior rings counter-clockwise, no ``crs``; codes are text."""

import orjson
import shapely

from geoapp.downloads.format import Format, Job
from geoapp.downloads.rows import rows
from geoapp.store import shapes

_DIGITS = 7
"""Decimal places of a degree: about a centimetre."""


def write(job: Job) -> bytes:
    """The map's regions in full detail as one FeatureCollection, its citation beside the features."""
    layer = job.page.layer
    with job.store.read() as connection:
        drawn = shapes.full(connection, layer.edition.id, job.page.level)
    geometry = dict(zip((each.number for each in drawn), _written([each.wkb for each in drawn]), strict=True))
    features = [
        {"type": "Feature", "id": row["code"], "properties": row, "geometry": geometry[region.number]}
        for region, row in zip(job.page.regions, rows(job.page), strict=True)
    ]
    collection = {
        "type": "FeatureCollection",
        "name": layer.id,
        "bbox": list(layer.edition.box),
        **job.citation.as_dict(),
        "unit": layer.indicator.unit[job.language],
        "known": job.page.plan.known,
        "total": job.page.plan.total,
        "features": features,
    }
    return orjson.dumps(collection, option=orjson.OPT_APPEND_NEWLINE)


def _written(wkb: list[bytes]) -> list[orjson.Fragment]:
    rounded = shapely.transform(shapely.from_wkb(wkb), lambda xy: xy.round(_DIGITS))
    return [orjson.Fragment(each) for each in shapely.to_geojson(shapely.orient_polygons(rounded))]


FORMAT = Format("geojson", "application/geo+json", attachment=False, write=write)
