"""The map of a picture: ground, casing, fills, lines, outline, circles, the regions pointed out, names, scale bar."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from geoapp.atlas import words
from geoapp.atlas.page import MapPage
from geoapp.domain.observations import State
from geoapp.domain.regions import BoundaryStatus, Region
from geoapp.domain.surroundings import Surroundings
from geoapp.domain.words import Language
from geoapp.i18n import numbers
from geoapp.layers.plan import STATE_BYTES
from geoapp.pictures import ground, lines, looks, symbols, text
from geoapp.pictures.burnt import Burnt
from geoapp.pictures.frame import Frame
from geoapp.pictures.labels import Labeller
from geoapp.pictures.rings import Rings
from geoapp.pictures.sizes import Size

_ISLET = 3.0
"""Pixels under which a region is drawn as a disc of this diameter, so that it is not lost."""
_LARGEST_CIRCLE = 0.04
"""The largest circle's radius as a share of the map's width …"""
_CROWDED = 0.6
"""… and of the median region's diagonal, whichever is smaller; but never under 8 pixels."""


@dataclass(frozen=True)
class Scene:
    """What is drawn, and where.

    ``rings`` are the regions' outlines in whole steps of the grain, ``shapes`` the same before rounding, in number
    order; too many small ones are ``burnt`` into an image, have no rings, and only the chosen shapes are placed.
    ``titled`` regions say name and figure to
    the pointer; ``chosen`` are pointed out, the second dashed.
    """

    page: MapPage
    language: Language
    frame: Frame
    size: Size
    prefix: str
    shapes: Any
    rings: list[list[lines.Ring]]
    around: Surroundings | None
    chosen: tuple[Region, ...]
    titled: bool
    burnt: Burnt | None = None

    @classmethod
    def of(
        cls,
        page: MapPage,
        outlines: Mapping[int, bytes],
        language: Language,
        size: Size,
        room: tuple[float, float],
        around: Surroundings | None = None,
        chosen: tuple[Region, ...] = (),
        titled: bool = True,
    ) -> "Scene":
        """From WKB by region number (EPSG:3857), fitted into ``room`` (pixels): all of the map, or its area."""
        numbered = shapely.from_wkb([outlines[region.number] for region in page.regions])
        first, last = page.shown
        west, south, east, north = shapely.total_bounds(numbered[first - 1 : last]).tolist()
        frame = Frame.around((west, south, east, north), size, room)
        prefix = f"{size.name[:1]}{page.version[:5]}-{page.period.text}-"
        if Burnt.suits(len(numbered), _median(numbered) / frame.metres):
            burnt, placed = Burnt(page, frame, size, numbered), numbered.copy()
            pointed = [each.number - 1 for each in chosen]
            placed[pointed] = frame.placed(numbered[pointed])
            return cls(page, language, frame, size, prefix, placed, [], around, chosen, titled, burnt)
        placed = lines.simplified(frame.placed(numbered), size.tolerance * frame.grain, (first, last))
        return cls(page, language, frame, size, prefix, placed, lines.rings(placed), around, chosen, titled)

    @property
    def fine(self) -> str:
        """The beginning of the names of patterns inside the map's group, which is scaled down to the grain."""
        return self.prefix + "m-"

    @cached_property
    def median(self) -> float:
        """The median region's diagonal, px."""
        if self.burnt:
            return _median(self.burnt.shapes) / self.frame.metres
        return _median(self.shapes) / self.frame.grain

    @cached_property
    def largest(self) -> float:
        """Radius of the largest figure's circle, px."""
        return max(8.0, min(_LARGEST_CIRCLE * self.frame.width, _CROWDED * self.median))

    @cached_property
    def circles_legend(self) -> Rings:
        """The rings that stand in a bare map of circles, empty in any other."""
        grain = self.frame.grain
        land = [shapely.transform(self.burnt.land, lambda xy: xy * grain)] if self.burnt else self.shapes
        return Rings(self.page, self.language, self.frame, land, self.largest, self.size.letters.small)

    def drawn(self) -> str:
        """The map's elements, from its upper left corner."""
        grain = self.frame.grain
        parts = [
            ground.drawn(self.around, self.frame, self.size.bleed),
            self.burnt.image if self.burnt else "",
            f'<g transform="scale({1 / grain:.6g})" stroke-linejoin="round">',
            *([] if self.burnt else self._area()),
            *(self._pointed(region, n) for n, region in enumerate(self.chosen)),
            "</g>",
            symbols.circles(self.page, self.language, self.frame, self.largest, self.titled),
        ]
        if self.size.labels:
            labels = self._labelled()
            letters = "" if self.burnt else symbols.letters(self.page, self.language, self.shapes, labels)
            parts += [letters, f'<g class="labels">{labels.drawn()}</g>', self._bar()]
        return "".join(parts)

    def _area(self) -> list[str]:
        """Casing, fills and lines, in steps of the grain."""
        grain, white = self.frame.grain, f'stroke="{looks.PAPER}"'
        thin = 0.0 if self.median < 6 else 0.35 if self.median < 20 else 0.6 if self.median < 60 else 0.8
        first, last = self.page.shown
        inside = [first <= region.number <= last for region in self.page.regions]
        between, parents, area, outline = lines.borders(
            self.rings, [r.number for r in self.page.regions], [r.parent for r in self.page.regions], inside
        )
        dashed = f' stroke-dasharray="{3 * grain} {2 * grain}"' if self._indicative_print else ""
        rim = f'fill="none" stroke="{looks.OUTLINE}" stroke-width="{1.1 * grain:g}"{dashed}'
        return [
            f'<path d="{outline}" fill="none" {white} stroke-opacity=".55" stroke-width="{4 * grain}"',
            ' class="casing"/>',
            *self._fills(thin),
            self._white(between if thin and not self.titled else "", thin, "between", ' stroke-opacity=".6"'),
            self._white(parents, max(0.9, 2.2 * thin), "parents"),
            f'<path d="{outline}" {rim} class="outline"/>',
            f'<path d="{area}" fill="none" stroke="{looks.SELECTED}" stroke-width="{1.6 * grain:g}" class="outline"/>'
            if area
            else "",
        ]

    def _white(self, path: str, width: float, name: str, more: str = "") -> str:
        """Lines that carve: in the colour of paper."""
        look = f'fill="none" stroke="{looks.PAPER}" stroke-width="{width * self.frame.grain:g}"{more} class="{name}"'
        return f'<path d="{path}" {look}/>' if path else ""

    @property
    def _indicative_print(self) -> bool:
        return self.size.sheet is not None and self.page.layer.edition.status is BoundaryStatus.INDICATIVE

    def _fills(self, thin: float) -> list[str]:
        """The regions by their look, those outside the area faded; where no line follows, each fill closes its seam.

        Titled regions are paths of their own and carry the line between them, half as strong since neighbours both do:
        drawn as a path it would say every border a third time.
        """
        first, last = self.page.shown
        looked: dict[tuple[bool, int, str], list[Region]] = defaultdict(list)
        for region in self.page.regions:
            fill = looks.fill(self.page.plan, region.number, self.fine)
            outside = not first <= region.number <= last
            looked[outside, self.page.plan.classes[region.number - 1], fill].append(region)
        parts = []
        for (outside, byte, fill), regions in looked.items():
            edge = self._edge(byte, fill, thin)
            faded = f' opacity="{symbols.FADED}"' if outside else ""
            drawn = self._regions([each for each in regions if not outside or self._is_seen(each)], outside)
            parts.append(f'<g class="c{byte}" fill="{fill}"{edge}{faded}>{drawn}</g>')
        line = f' stroke="{looks.PAPER}" stroke-opacity=".5" stroke-width="{thin * self.frame.grain:g}"'
        carved = self.titled and thin
        return [f'<g class="regions between"{line}>' if carved else '<g class="regions">', *parts, "</g>"]

    def _edge(self, byte: int, fill: str, thin: float) -> str:
        grain = self.frame.grain
        if byte == STATE_BYTES[State.OUT_OF_SCOPE]:
            dashes = f'stroke-dasharray="{4 * grain} {3 * grain}"'
            return f' stroke="{looks.PATTERN_INK}" stroke-opacity="1" stroke-width="{1.2 * grain:g}" {dashes}'
        return f' stroke="{fill}" stroke-width="{0.7 * grain:g}"' if not thin and fill.startswith("#") else ""

    def _regions(self, regions: list[Region], outside: bool) -> str:
        """Paths, or discs where a region is smaller than an islet; one path for all where nobody points at them."""
        if self.titled and not outside:
            return "".join(self._region(region) for region in regions)
        shaped = [each for region in regions if not self._is_islet(region) for each in self.rings[region.number - 1]]
        path = f'<path d="{lines.path(shaped)}"/>' if shaped else ""
        return path + "".join(self._region(region) for region in regions if self._is_islet(region))

    def _is_seen(self, region: Region) -> bool:
        """Whether the frame, or what is drawn beyond it, holds a part of the region."""
        west, north, east, south = shapely.bounds(self.shapes[region.number - 1]) / self.frame.grain
        bleed, frame = self.size.bleed, self.frame
        return not (east < -bleed or west > frame.width + bleed or south < -bleed or north > frame.height + bleed)

    def _region(self, region: Region) -> str:
        """One region with its name and figure as title."""
        title = ""
        if self.titled:
            said = self.page.observations[region.number - 1]
            figure = words.figure(self.language, self.page.layer.indicator, said)
            title = f"<title>{text.said(f'{region.name}: {figure}')}</title>"
        if self._is_islet(region):
            x, y = (round(each * self.frame.grain) for each in self.frame.pixel(*region.inside))
            radius = _ISLET / 2 * self.frame.grain
            return (
                f'<circle data-number="{region.number}" cx="{x}" cy="{y}" r="{radius:g}" stroke="none">{title}</circle>'
            )
        return f'<path data-number="{region.number}" d="{lines.path(self.rings[region.number - 1])}">{title}</path>'

    def _is_islet(self, region: Region) -> bool:
        return not self.rings[region.number - 1] or bool(self._small[region.number - 1])

    @cached_property
    def _small(self) -> Any:
        """Which regions are smaller than an islet, in number order."""
        west, north, east, south = shapely.bounds(self.shapes).T
        return np.fmax(east - west, south - north) < _ISLET * self.frame.grain

    def _pointed(self, region: Region, n: int) -> str:
        (rings,) = lines.rings(self.shapes[[region.number - 1]])
        data, grain = lines.path(rings), self.frame.grain
        wider = grain * (1.7 if self.size.width == 1080 else 1)
        dashes = f' stroke-dasharray="{7 * wider:g} {3 * wider:g}"' if n else ""
        return (
            f'<g fill="none" class="chosen"><path d="{data}" stroke="{looks.PAPER}" stroke-width="{5.5 * wider:g}"/>'
            f'<path d="{data}" stroke="{looks.SELECTED}" stroke-width="{2.5 * wider:g}"{dashes}/></g>'
        )

    def _labelled(self) -> Labeller:
        """The names of a map, each at its place."""
        bar = shapely.box(0, self.frame.height - 4 * self.size.letters.label, 170, self.frame.height)
        taken = [bar, self.circles_legend.room] if self.size.layout == "bare" else [bar]
        labeller = Labeller(self.page, self.shapes, self.frame, self.size.letters.label, taken)
        labeller.point_out(self.chosen)
        if self.burnt:
            labeller.name_groups(self.burnt.groups())
        else:
            labeller.name_regions()
        if self.around is not None:
            labeller.name_surroundings(self.around, self.burnt.land if self.burnt else self._land)
        return labeller

    @property
    def _land(self) -> Any:
        """All regions as one shape, in pixels."""
        grain = self.frame.grain
        return shapely.transform(shapely.coverage_union_all(self.shapes), lambda xy: xy / grain)

    def _bar(self) -> str:
        """The scale bar, bottom left."""
        size = self.size.letters.label
        metres, pixels = self.frame.bar(100 if size < 18 else 140)
        far = numbers.figure(self.language, metres / 1000 if metres >= 1000 else metres, 0)
        unit = "km" if metres >= 1000 else "m"
        x, y = 24.0, self.frame.height - 18
        line = f'<path d="M{x} {y - 6}v6h{pixels:.1f}v-6" fill="none" stroke="{looks.INK}" stroke-width="1.4"/>'
        zero = text.written("0", x, y - 11, size, halo=3)
        end = text.written(f"{far} {unit}", x + pixels, y - 11, size, anchor="middle", halo=3)
        return f'<g class="scale">{line}{zero}{end}</g>'


def _median(placed: Any) -> float:
    """The median diagonal of shapes."""
    bounds = shapely.bounds(placed)
    diagonals = np.hypot(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
    return float(np.nan_to_num(np.nanmedian(diagonals)))
