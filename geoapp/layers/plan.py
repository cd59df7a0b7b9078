"""The plan: what a layer decides for one period and level, before anybody paints it.

One byte a region, in number order, says how it looks; tile, picture, page, download and browser obey the same bytes,
so a legend cannot lie. Bytes 0…8 are classes or categories (index into ``colours``); for circles 0…200 are steps of
the radius, the area being in proportion to the figure (``radius = byte / 200 × the largest``). From 251 up are states.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from geoapp.domain.indicators import Indicator
from geoapp.domain.observations import Mark, Observation, State
from geoapp.domain.periods import Period

STATE_BYTES: Mapping[State, int] = {
    State.MISSING: 251,
    State.NOT_APPLICABLE: 252,
    State.SUPPRESSED: 253,
    State.OUT_OF_SCOPE: 254,
}
BYTE_STATES: Mapping[int, State] = {byte: state for state, byte in STATE_BYTES.items()}
CIRCLE_STEPS = 200
MARK_BITS: Mapping[Mark, int] = {mark: 1 << n for n, mark in enumerate(Mark)}


@dataclass(frozen=True, slots=True)
class Style:
    """How an indicator is drawn. ``breaks`` are upper bounds of a manual method; ``zero_class`` gives zero its own.

    Of a ``locked`` style a visitor may change nothing.
    """

    kind: str
    palette: str = ""
    method: str = "pretty"
    classes: int = 5
    breaks: tuple[float, ...] = ()
    zero_class: bool = False
    pooled: bool = True
    locked: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The JSON form that is stored with the layer."""
        return {
            "kind": self.kind,
            "palette": self.palette,
            "method": self.method,
            "classes": self.classes,
            "breaks": list(self.breaks),
            "zero_class": self.zero_class,
            "pooled": self.pooled,
            "locked": self.locked,
        }

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Style":
        """From the JSON form."""
        return cls(**{**stored, "breaks": tuple(stored.get("breaks", ()))})


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One row of the legend: bounds and counts, never words; a door dresses it.

    A class has ``lower`` (exclusive, None for the first) and ``upper`` (inclusive, None for the last), a category its
    slug, a circle its ``figure``, a state its name. ``byte`` is what regions of this row carry (None for circles).
    ``sign`` tells the classes of a change without their colour. Where ``count`` speaks of one area, ``everywhere`` is
    the count of the whole map.
    """

    kind: str  # "class" | "zero" | "category" | "circle" | "state"
    byte: int | None
    count: int
    colour: str | None = None
    lower: float | None = None
    upper: float | None = None
    category: str | None = None
    figure: float | None = None
    state: State | None = None
    sign: str | None = None
    everywhere: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """The JSON form, what is absent left out."""
        pairs = ((name, getattr(self, name)) for name in self.__slots__)
        return {name: value for name, value in pairs if value is not None}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "LegendRow":
        """From the JSON form."""
        state = stored.get("state")
        return cls(**{"byte": None, **stored, "state": State(state) if state else None})


@dataclass(frozen=True, slots=True)
class Plan:
    """Every region's class or state (``classes``), its marks (bits of MARK_BITS), and the legend from high to low.

    ``breaks`` are the classes' upper bounds, the last being the largest figure of all periods; ``low`` and ``high``
    the extent over all periods. ``known`` of ``total`` regions have a figure. ``largest`` is the figure of the
    largest circle. ``caution`` is a message id, or empty.
    """

    kind: str
    method: str
    palette: str
    colours: tuple[str, ...]
    breaks: tuple[float, ...]
    low: float | None
    high: float | None
    classes: bytes
    marks: bytes
    legend: tuple[LegendRow, ...]
    known: int
    total: int
    largest: float | None = None
    caution: str = ""

    def document(self) -> dict[str, Any]:
        """The JSON form without the two byte arrays."""
        return {
            "kind": self.kind,
            "method": self.method,
            "palette": self.palette,
            "colours": list(self.colours),
            "breaks": list(self.breaks),
            "low": self.low,
            "high": self.high,
            "legend": [row.as_dict() for row in self.legend],
            "known": self.known,
            "total": self.total,
            "largest": self.largest,
            "caution": self.caution,
        }

    @classmethod
    def of(cls, document: Mapping[str, Any], classes: bytes, marks: bytes) -> "Plan":
        """From the JSON form and the two byte arrays."""
        return cls(
            kind=document["kind"],
            method=document["method"],
            palette=document["palette"],
            colours=tuple(document["colours"]),
            breaks=tuple(document["breaks"]),
            low=document["low"],
            high=document["high"],
            classes=bytes(classes),
            marks=bytes(marks),
            legend=tuple(LegendRow.of(row) for row in document["legend"]),
            known=document["known"],
            total=document["total"],
            largest=document.get("largest"),
            caution=document.get("caution", ""),
        )

    def within(self, first: int, last: int) -> "Plan":
        """The same plan, its legend and coverage speaking of the regions ``first`` to ``last`` alone (numbers)."""
        part = self.classes[first - 1 : last]
        counts = Counter(part)
        legend = tuple(
            row if row.byte is None else replace(row, count=counts[row.byte], everywhere=row.count)
            for row in self.legend
            if row.kind != "state" or counts[row.byte or 0]
        )
        known = sum(n for byte, n in counts.items() if byte not in BYTE_STATES)
        return replace(self, legend=legend, known=known, total=len(part))

    def colour(self, number: int) -> str | None:
        """The colour of the region with this number (1…N); None for a state or a circle."""
        byte = self.classes[number - 1]
        return self.colours[byte] if self.kind != "circles" and byte < len(self.colours) else None

    def version(self, edition: str, release: int) -> str:
        """The digest of everything a viewer would see: twelve hexadecimal digits."""
        seen = hashlib.sha256(f"{edition}\0{release}\0{sorted(self.document().items())!r}\0".encode())
        seen.update(self.classes + b"\0" + self.marks)
        return seen.hexdigest()[:12]


Table = Mapping[Period, Sequence[Observation]]
"""Observations of one level: for each period one per region, in number order."""


Ramp = Callable[[int], Sequence[str]]
"""The palette's colours for a number of classes or categories, from low to high."""


class LayerKind(Protocol):
    """What a module of this folder offers: it decides the plans of all periods at once, so breaks can be pooled."""

    NAME: str

    def decide(self, indicator: Indicator, style: Style, ramp: Ramp, table: Table) -> Mapping[Period, Plan]:
        """One plan per period of ``table``; ``ramp`` gives the palette's colours for the classes there are."""
        ...


@dataclass(frozen=True, slots=True)
class Palette:
    """A palette of ``styles/palettes.toml``: colours from low to high by number of classes, and where it comes from."""

    name: str
    use: str  # "sequential" | "diverging" | "qualitative"
    origin: str
    ramps: Mapping[int, tuple[str, ...]] = field(default_factory=dict, hash=False)
