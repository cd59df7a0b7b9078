"""The made-up island's shapes: cells around sites, bent by one smooth field, so that neighbours share every vertex."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely import Point, Polygon

ORIGIN = (118.2, -9.9)
METRES = (109_650.0, 110_600.0)
GRID = 1e-5
CITY = np.array([4_300.0, -6_600.0])
KOTA = 21
DISTRICT_SEEDS = {
    "99.71.01": (3_400, -7_600),
    "99.71.02": (6_300, -6_200),
    "99.71.03": (2_400, -4_300),
    "99.01.01": (-15_000, -2_500),
    "99.01.02": (-7_500, -6_500),
    "99.01.03": (-8_500, 5_000),
    "99.01.04": (1_500, 6_500),
    "99.01.05": (11_500, 4_000),
    "99.01.06": (14_500, -4_500),
}


@dataclass(frozen=True)
class Waves:
    """A smooth field of displacements in metres, made of a few waves an octave; the same for every line."""

    seed: int
    octaves: tuple[tuple[float, float], ...]

    @cached_property
    def _terms(self) -> list[tuple[np.ndarray, np.ndarray, float]]:
        random = np.random.default_rng(self.seed)
        terms = []
        for length, height in self.octaves:
            for _ in range(5):
                angle, phases = random.random() * 2 * np.pi, random.random(2) * 2 * np.pi
                wave = np.array([np.cos(angle), np.sin(angle)]) * 2 * np.pi / (length * (0.75 + 0.5 * random.random()))
                terms.append((wave, phases, height / np.sqrt(5)))
        return terms

    def __call__(self, points: np.ndarray) -> np.ndarray:
        moved = points.copy()
        for wave, phases, height in self._terms:
            moved += height * np.sin((points @ wave)[:, None] + phases)
        return moved


BEND = Waves(7, ((14_000, 800), (6_000, 300), (2_600, 150), (1_200, 78), (560, 38), (280, 16), (150, 8)))
SHORE = Waves(23, ((7_600, 900), (3_600, 400), (1_700, 150), (800, 62), (400, 26)))


def on_earth(points: np.ndarray) -> np.ndarray:
    """Metres around the origin → longitude and latitude on the grid."""
    return np.round(np.array(ORIGIN) + points / np.array(METRES), 5)


def _ring(centre: tuple[float, float], radii: tuple[float, float], lobes: tuple[tuple[int, float, float], ...]):
    """A closed line around ``centre``, before the shore's waves; lobes are (number, height, phase)."""
    turn = np.linspace(0, 2 * np.pi, 2_400, endpoint=False)
    reach = 1 + sum(height * np.cos(n * turn + phase) for n, height, phase in lobes)
    return np.column_stack([centre[0] + radii[0] * reach * np.cos(turn), centre[1] + radii[1] * reach * np.sin(turn)])


COAST = _ring(
    (0, 0), (19_000, 10_800), ((2, 0.05, 0.6), (3, 0.13, 2.2), (5, 0.10, 0.4), (7, 0.06, 1.0), (11, 0.03, 2.0))
)
LAKE = _ring((-2_600, 1_200), (2_300, 1_500), ((2, 0.14, 0.8), (3, 0.10, 2.0)))
ISLETS = (
    _ring((17_600, 9_300), (1_600, 1_000), ((2, 0.12, 1.0), (3, 0.14, 0.2))),
    _ring((-10_400, -12_000), (520, 380), ((2, 0.10, 0.4), (3, 0.12, 1.2))),
)


def _bay(points: np.ndarray) -> np.ndarray:
    """The city's harbour: the shore drawn in towards the city."""
    from_mouth = points - np.array([5_600.0, -13_200.0])
    pull = np.exp(-((from_mouth[:, 0] / 1_700) ** 2 + (from_mouth[:, 1] / 4_200) ** 2))
    return points + pull[:, None] * np.array([-700.0, 3_000.0])


def _line(points: np.ndarray, step: float) -> shapely.LineString:
    """Thinned to about ``step`` metres, on the grid."""
    line = shapely.LineString(points).simplify(step, preserve_topology=True)
    return shapely.LineString(on_earth(np.asarray(line.coords)))


def _closed(ring: np.ndarray) -> np.ndarray:
    """The outline of the ring; where waves made it cross itself, the loops fall off."""
    parts = shapely.get_parts(shapely.make_valid(Polygon(ring)))
    whole = max((each for each in parts if each.geom_type == "Polygon"), key=shapely.area)
    return np.asarray(whole.exterior.coords)


def _sites(land: Polygon) -> np.ndarray:
    """Sites as dense as people: kelurahan near the city, desa elsewhere; relaxed so that cells are even."""
    random = np.random.default_rng(99)
    west, south, east, north = land.bounds
    cloud = np.column_stack(
        [west + random.random(9_000) * (east - west), south + random.random(9_000) * (north - south)]
    )
    cloud = cloud[shapely.contains_xy(land, cloud)]

    def room(points: np.ndarray) -> np.ndarray:
        away = np.hypot(*(points - CITY).T)
        return 1_300 + 2_350 / (1 + np.exp((4_900 - away) / 650))

    weight = 1 / room(cloud) ** 4
    sites = cloud[_spread(cloud, room)]
    for _ in range(12):
        nearest = np.argmin(((cloud[:, None] - sites[None]) ** 2).sum(axis=2), axis=1)
        sites = np.array(
            [np.average(cloud[nearest == n], axis=0, weights=weight[nearest == n]) for n in range(len(sites))]
        )
    return sites


def _spread(cloud: np.ndarray, room) -> list[int]:
    """Points of the cloud, each with the room it wants."""
    wanted, chosen = room(cloud), []
    for n, point in enumerate(cloud):
        if not chosen or np.all(np.hypot(*(cloud[chosen] - point).T) > np.minimum(wanted[n], wanted[chosen])):
            chosen.append(n)
    return chosen


def cells(sites: np.ndarray, hull: Polygon, bend, shore: list[shapely.LineString], step: float) -> list[Polygon]:
    """The faces between the bent borders of the sites' cells and the shore, all on the grid."""
    frame = hull.buffer(9_000).envelope
    raw = shapely.voronoi_polygons(shapely.MultiPoint(sites), extend_to=frame, only_edges=True)
    borders = []
    for edge in shapely.get_parts(shapely.line_merge(raw) if raw.geom_type != "LineString" else raw):
        for pair in zip(edge.coords[:-1], edge.coords[1:], strict=True):
            straight = shapely.segmentize(shapely.LineString(sorted(pair)), 60)
            borders.append(_line(bend(np.asarray(straight.coords)), step))
    net = shapely.unary_union([*borders, *shore], grid_size=GRID)
    return list(shapely.get_parts(shapely.polygonize(list(shapely.get_parts(net)))))


def gathered(faces: list[Polygon], sites: np.ndarray) -> list[shapely.Geometry]:
    """One shape a site: the face it lies in and the slivers that have their longest border with it."""
    owner: dict[int, int] = {}
    for n, site in enumerate(sites):
        home = next(k for k, face in enumerate(faces) if face.contains(Point(site)))
        if home in owner:
            raise ValueError(f"sites {owner[home]} and {n} lie in one face")
        owner[home] = n
    while len(owner) < len(faces):
        lone = [k for k in range(len(faces)) if k not in owner]
        borders = {k: {j: faces[k].boundary.intersection(faces[j].boundary).length for j in owner} for k in lone}
        best = max(lone, key=lambda k: (max(borders[k].values()), -k))
        neighbour = max(borders[best], key=lambda j: (borders[best][j], -j))
        owner[best] = owner[neighbour]
    parts = [[faces[k] for k in sorted(owner) if owner[k] == n] for n in range(len(sites))]
    return [shapely.coverage_union_all(each) for each in parts]


@dataclass(frozen=True)
class Village:
    """One village of the 2024 edition; ``site`` in metres around the origin."""

    code: str
    site: tuple[float, float]
    shape: shapely.Geometry


def villages() -> tuple[list[Village], Polygon]:
    """All villages in the order of their codes, and the lake."""
    coast = _closed(SHORE(_bay(COAST)))
    lake = _closed(SHORE(LAKE))
    hull = Polygon(coast)
    shore = [_line(_closed(BEND(coast)), 12), _line(_closed(BEND(lake)), 10)]
    sites = _sites(hull - Polygon(lake))
    faces = cells(sites, hull, BEND, shore, 9)
    island, water = (Polygon(line) for line in shore)
    inside = [
        f for f in faces if island.contains(f.representative_point()) and not water.contains(f.representative_point())
    ]
    shapes = gathered(inside, on_earth(BEND(sites)))
    for ring in ISLETS:
        islet = Polygon(_line(_closed(SHORE(ring)), 10))
        nearest = min(range(len(shapes)), key=lambda n: shapes[n].distance(islet))
        shapes[nearest] = shapely.MultiPolygon([*shapely.get_parts(shapes[nearest]), islet])
    codes = _codes(sites)
    made = [Village(codes[n], tuple(map(float, sites[n])), _wound(shapes[n])) for n in range(len(sites))]
    return sorted(made, key=lambda each: each.code), water


def _wound(shape: shapely.Geometry) -> shapely.Geometry:
    """In the one form that a file has: rings from their least corner, outer ones counter-clockwise."""
    return shapely.orient_polygons(shapely.normalize(shape), exterior_cw=False)


def _codes(sites: np.ndarray) -> list[str]:
    """Districts by the nearest seed, villages numbered from the south-west; desa 2…, kelurahan 1…."""
    kota = set(np.argsort(np.hypot(*(sites - CITY).T), kind="stable")[:KOTA].tolist())
    districts: dict[str, list[int]] = {}
    for n, site in enumerate(sites):
        seeds = [code for code in DISTRICT_SEEDS if code.startswith("99.71") == (n in kota)]
        near = min(seeds, key=lambda code: float(np.hypot(*(np.array(DISTRICT_SEEDS[code]) - site))))
        districts.setdefault(near, []).append(n)
    codes = [""] * len(sites)
    for district, members in districts.items():
        members.sort(key=lambda n: float(sites[n, 0] + 0.6 * sites[n, 1]))
        for place, n in enumerate(members, 1):
            codes[n] = f"{district}.{1000 + place if district.startswith('99.71') else 2000 + place}"
    return codes
