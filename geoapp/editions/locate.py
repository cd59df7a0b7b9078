"""Locating: every feature in degrees, longitude before latitude, where its code says that it lies."""

from dataclasses import replace

from geoapp.domain.provinces import box_of
from geoapp.domain.regions import Box
from geoapp.editions.axes import on_the_earth
from geoapp.editions.draft import Draft, Frame, Step


def locate(draft: Draft) -> Step:
    """Shapes in EPSG:4326, flat; ``crs`` is what they came in.

    Raises
    ------
    Question
        ``--crs`` or ``--swap-axes``, where the coordinates cannot be what they claim.
    BadRequest
        If the reference system that was asked for does not exist.
    """
    file, asked = draft.file.name, draft.asked
    both = _together(draft.frame, draft.nature)
    located, crs, said = on_the_earth(both, asked.crs, file, swap=asked.swap_axes, expected=_expected(draft))
    shapes, regions = located.geometry.values, len(draft.frame)
    frame = draft.frame.set_geometry(shapes[:regions], crs=located.crs)
    nature = draft.nature.set_geometry(shapes[regions:], crs=located.crs) if len(draft.nature) else draft.nature
    return replace(draft, frame=frame, crs=crs, nature=nature), tuple(said)


def _together(frame: Frame, nature: Frame) -> Frame:
    """The shapes of both, with their rows: they come from one layer, so what is wrong with its axes holds for both."""
    import geopandas
    import numpy as np

    if not len(nature):
        return frame
    shapes = np.concatenate([np.asarray(each.geometry.values, dtype=object) for each in (frame, nature)])
    return geopandas.GeoDataFrame(geometry=shapes, crs=frame.crs, index=[*frame.index, *nature.index])


def _expected(draft: Draft) -> list[Box]:
    """Where the provinces lie that the codes name, or the parents a person named."""
    named = [*(code for code in draft.frame["code"] if code), *draft.asked.parents]
    return [box for province in sorted({code[:2] for code in named}) if (box := box_of(province))]
