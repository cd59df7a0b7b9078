"""What lies around the made-up island: a mainland of three regencies, a small island, a lake and the sea's names."""

import numpy as np
import shapely
from shapely import Point, Polygon

from boundaries.sample import names
from boundaries.sample.island import Waves, on_earth

COAST = Waves(41, ((21_000, 2_300), (9_000, 1_000), (4_200, 480), (2_000, 210), (950, 90)))
BORDERS = Waves(42, ((9_000, 900), (4_000, 420), (1_800, 170), (800, 60)))
REACH = 62_000
"""Metres from the origin to the edge of the file: beyond every frame that is drawn around the island."""
SHORE = ((-62_000, -9_000), (-45_000, -1_500), (-33_000, 9_500), (-21_000, 15_500), (-8_000, 25_500), (9_000, 33_000),
         (24_000, 45_000), (33_000, 62_000))  # fmt: skip
"""The mainland's coast from south-west to north-east, before the waves, in metres around the origin."""
PARTINGS = (
    ((-31_000, 3_000), (-40_000, 22_000), (-66_000, 34_000)),
    ((3_000, 22_000), (-3_000, 38_000), (-14_000, 47_000), (-12_000, 66_000)),
)
"""The borders between the mainland's regencies, from the coast inland."""
ISLAND = ((38_500, -17_500), (5_600, 3_900))
LAKE = ((-36_000, 29_500), (3_800, 2_300))


def features() -> list[tuple[str, str, shapely.Geometry]]:
    """Kind, name and shape of everything around, on the files' grid."""
    shore = _line(SHORE, COAST)
    corner = [(-REACH, REACH), (-REACH, -9_000)]
    mainland = Polygon([*shore, (33_000, REACH), *corner])
    mainland = max(shapely.get_parts(shapely.make_valid(mainland)), key=shapely.area)
    mainland = mainland.intersection(shapely.box(-REACH, -REACH, REACH, REACH))
    faces = sorted(_parted(mainland), key=lambda face: face.centroid.x)
    lake, island = (Polygon(_round(*each)) for each in (LAKE, ISLAND))
    land = [("neighbour", name, face) for name, face in zip(names.MAINLAND, faces, strict=True)]
    land += [("neighbour", names.NEARBY, island), ("water", names.LAKE, lake)]
    seas = [("sea", name, Point(place)) for name, place in names.SEAS.items()]
    return [(kind, name, shapely.transform(shape, on_earth)) for kind, name, shape in [*land, *seas]]


def _parted(mainland: Polygon) -> list[shapely.Geometry]:
    """The mainland cut along the borders; what a bend of one cuts off falls to its neighbour."""
    cuts = [shapely.LineString(_line(parting, BORDERS)) for parting in PARTINGS]
    net = shapely.union_all([mainland.boundary, *cuts])
    faces = sorted(shapely.get_parts(shapely.polygonize(shapely.get_parts(net))), key=lambda face: -face.area)
    whole, slivers = faces[: len(PARTINGS) + 1], faces[len(PARTINGS) + 1 :]
    for sliver in slivers:
        nearest = max(range(len(whole)), key=lambda n: whole[n].boundary.intersection(sliver.boundary).length)
        whole[nearest] = whole[nearest].union(sliver)
    return whole


def _line(points, waves: Waves) -> np.ndarray:
    """A line through the points, bent by the waves, thinned to about 60 metres."""
    dense = shapely.segmentize(shapely.LineString(points), 150)
    bent = waves(np.asarray(dense.coords))
    return np.asarray(shapely.LineString(bent).simplify(60).coords)


def _round(centre, radii) -> np.ndarray:
    turn = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    reach = 1 + 0.16 * np.cos(2 * turn + 0.7) + 0.12 * np.cos(3 * turn + 2.1) + 0.05 * np.cos(5 * turn)
    ring = np.column_stack([centre[0] + radii[0] * reach * np.cos(turn), centre[1] + radii[1] * reach * np.sin(turn)])
    bent = Waves(43, ((3_000, 260), (1_300, 110), (600, 45)))(ring)
    return np.asarray(Polygon(bent).simplify(40).exterior.coords)
