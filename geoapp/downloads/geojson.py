"""GeoJSON of a map (RFC 7946): longitude before latitude, outer rings anticlockwise, codes as text."""

import json
from typing import Any

import numpy as np
import shapely
from sqlalchemy import Connection

from geoapp.atlas.page import MapPage
from geoapp.domain.observations import Observation
from geoapp.domain.regions import Region
from geoapp.domain.words import Language
from geoapp.downloads.citation import Citation, class_of, parents
from geoapp.downloads.format import Format
from geoapp.store import shapes

_DECIMALS = 7
"""About a centimetre."""


def write(page: MapPage, connection: Connection, language: Language, citation: Citation) -> bytes:
    """A FeatureCollection of one period, of all or of an area, in full detail, with citation, licence and legend."""
    full = shapes.full(connection, page.layer.edition.id, page.level, page.shown)
    drawn = geometries([each.wkb for each in full])
    features = (
        _feature(page, region, said, geometry, language)
        for region, said, geometry in zip(page.shown_regions, page.shown_observations, drawn, strict=True)
    )
    head = _text(_head(page, language, citation))
    return (head[:-1] + ',"features":[\n' + ",\n".join(features) + "\n]}\n").encode()


def geometries(wkb: list[bytes]) -> list[str]:
    """Shapes (EPSG:4326) as GeoJSON text, by the right-hand rule and rounded to a centimetre."""
    turned = shapely.orient_polygons(shapely.from_wkb(wkb), exterior_cw=False)
    rounded = shapely.transform(turned, lambda xy: np.round(xy, _DECIMALS))
    return [str(each) for each in shapely.to_geojson(rounded)]


def _head(page: MapPage, language: Language, citation: Citation) -> dict[str, Any]:
    indicator, edition = page.layer.indicator, page.layer.edition
    return {
        "type": "FeatureCollection",
        "name": page.layer.id,
        "bbox": list(page.box),
        **citation.as_dict(),
        "indicator": indicator.slug,
        "indicator_name": indicator.name[language],
        "unit": indicator.unit[language],
        "level": page.level.slug,
        "period": page.period.text,
        "code_system": edition.code_system.value,
        "legend": [row.as_dict() for row in page.plan.legend],
    }


def _feature(page: MapPage, region: Region, said: Observation, geometry: str, language: Language) -> str:
    properties: dict[str, Any] = {
        "code": region.code,
        "name": region.name,
        "level": page.level.slug,
        "parents": parents(page, region),
        "area_km2": round(region.area_km2, 4),
        **({"area_official_km2": region.area_official_km2} if region.area_official_km2 is not None else {}),
        "period": page.period.text,
        "figure": said.figure,
        **_category(page, said, language),
        "state": said.state.value if said.state else None,
        "class": class_of(page, region),
        "marks": sorted(mark.value for mark in said.marks),
    }
    return f'{{"type":"Feature","id":{region.number},"properties":{_text(properties)},"geometry":{geometry}}}'


def _category(page: MapPage, said: Observation, language: Language) -> dict[str, str | None]:
    """The category's slug and name, where the indicator has categories."""
    indicator = page.layer.indicator
    if not indicator.categories:
        return {}
    name = indicator.category(said.category).name[language] if said.category else None
    return {"category": said.category, "category_name": name}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


FORMAT = Format("geojson", "application/geo+json", attachment=False, write=write)
