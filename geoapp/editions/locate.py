"""Locating: every feature in degrees, longitude before latitude, where its code says that it lies."""

from dataclasses import replace

from geoapp.domain.provinces import box_of
from geoapp.domain.regions import Box
from geoapp.editions.axes import on_the_earth
from geoapp.editions.draft import Draft, Step


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
    frame, crs, said = on_the_earth(draft.frame, asked.crs, file, swap=asked.swap_axes, expected=_expected(draft))
    nature = draft.nature
    if len(nature):
        nature = on_the_earth(nature, asked.crs, file, swap=asked.swap_axes)[0]
    return replace(draft, frame=frame, crs=crs, nature=nature), tuple(said)


def _expected(draft: Draft) -> list[Box]:
    """Where the provinces lie that the codes name, or the parents a person named."""
    named = [*(code for code in draft.frame["code"] if code), *draft.asked.parents]
    return [box for province in sorted({code[:2] for code in named}) if (box := box_of(province))]
