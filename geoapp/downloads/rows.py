"""One flat row a region, the same columns in every tabular format; codes are text, states and marks are words."""

from collections.abc import Iterator
from typing import Any

from geoapp.atlas.page import MapPage
from geoapp.domain.observations import Observation
from geoapp.domain.regions import Region
from geoapp.layers.plan import BYTE_STATES


def rows(page: MapPage) -> Iterator[dict[str, Any]]:
    """The rows in number order.

    ``class`` counts from 1, the lowest; it is empty for a state and for circles, which have none. Upper regions stand
    beside as ``<level>_code`` and ``<level>``.
    """
    for region, said in zip(page.regions, page.observations, strict=True):
        yield {
            "code": region.code,
            "name": region.name,
            "level": region.level.slug,
            "kind": region.kind,
            **parents(page, region),
            "indicator": page.layer.indicator.slug,
            "period": page.period.text,
            **told(said),
            "class": class_of(page, region),
        }


def parents(page: MapPage, region: Region) -> dict[str, str]:
    """Code and name of every upper region, the nearest first."""
    above = [each for each in page.ancestors.values() if region.code.startswith(each.code) and each.code != region.code]
    named = sorted(above, key=lambda each: each.level, reverse=True)
    return {
        key: value
        for each in named
        for key, value in ((f"{each.level.slug}_code", each.code), (each.level.slug, each.name))
    }


def told(said: Observation) -> dict[str, Any]:
    """Figure, category, state and marks of an observation; what is absent is None."""
    return {
        "figure": said.figure,
        "category": said.category,
        "state": said.state.value if said.state else None,
        "marks": " ".join(sorted(each.value for each in said.marks)) or None,
    }


def class_of(page: MapPage, region: Region) -> int | None:
    """The region's class from 1, or None for a state or a circle."""
    byte = page.plan.classes[region.number - 1]
    return None if page.plan.kind == "circles" or byte in BYTE_STATES else byte + 1
