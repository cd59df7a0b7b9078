"""Indicators: what is measured, with the metadata that must travel with it (MS-Ind, Peraturan BPS 5/2020)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from geoapp.domain.words import Words


class IndicatorKind(StrEnum):
    """What sort of figure it is; decides how it may be drawn and aggregated."""

    COUNT = "count"
    QUANTITY = "quantity"
    SHARE = "share"
    RATE = "rate"
    RATIO = "ratio"
    DENSITY = "density"
    INDEX = "index"
    CATEGORY = "category"

    @property
    def is_amount(self) -> bool:
        """Whether figures of it may be added up."""
        return self in (IndicatorKind.COUNT, IndicatorKind.QUANTITY)


class Aggregation(StrEnum):
    """How a figure of an upper level is made."""

    SUM = "sum"
    RECOMPUTE = "recompute"
    MEAN = "mean"
    DISTRIBUTION = "distribution"
    NONE = "none"


class Polarity(StrEnum):
    """Whether higher is better; neutral indicators get no judging colours or words."""

    HIGHER_IS_BETTER = "+"
    LOWER_IS_BETTER = "-"
    NEUTRAL = "0"


class Sensitivity(StrEnum):
    """How much harm a small cell could do (reference: disclosure)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Category:
    """One answer of a category indicator; ``spellings`` are how tables write it, compared without case."""

    slug: str
    name: Words
    spellings: tuple[str, ...] = ()


REGION_KINDS = ("desa", "kelurahan", "desa_adat")
"""What a village can be, as its Kemendagri code says."""

AREAS = {"area_km2": 1.0, "area_ha": 100.0}
"""Denominators that are no indicators: the geodesic area of the region's shape, in so many to the km²."""


@dataclass(frozen=True, slots=True)
class Parts:
    """How a figure is made of others: numerator / denominator × factor; slugs of other indicators.

    ``denominator`` may be one of ``AREAS``. With ``growth`` it is the yearly change instead, where the denominator is
    that of an earlier period: ((numerator / denominator)^(1 / years) − 1) × factor.
    """

    numerator: str
    denominator: str
    factor: float = 1.0
    growth: bool = False

    def figure(self, above: float, below: float, years: float | None = None) -> float | None:
        """The figure made of both parts; None where they give none: nothing to divide by, or unknown ``years``.

        >>> Parts("births", "people", 1000.0).figure(12.0, 600.0)
        20.0
        """
        if not below:
            return None
        if not self.growth:
            return above / below * self.factor
        if not years or above / below < 0:
            return None
        return float(((above / below) ** (1 / years) - 1) * self.factor)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator; field names follow MS-Ind, ``measure`` is *ukuran*, ``unit`` is *satuan*.

    ``sums`` are groups of other indicators that each add up to this one (males + females); ``applies_to`` the region
    kinds where it can exist, empty for all; ``stock`` is true of a figure at a date, false of one over a period;
    ``aliases`` are headers under which tables bring it.
    """

    slug: str
    name: Words
    kind: IndicatorKind
    unit: Words
    decimals: int
    concept: Words
    definition: Words
    interpretation: Words
    formula: Words
    measure: Words
    breakdowns: Words
    theme: str
    aggregation: Aggregation
    polarity: Polarity
    sensitivity: Sensitivity
    source: Words
    composite: tuple[str, ...] = ()
    activity: str = ""
    estimation_level: str = "village"
    public: bool = True
    minimum: float | None = None
    maximum: float | None = None
    hard_range: bool = False
    parts: Parts | None = None
    categories: tuple[Category, ...] = ()
    ordered: bool = False
    sums: tuple[tuple[str, ...], ...] = ()
    applies_to: tuple[str, ...] = ()
    stock: bool = True
    aliases: tuple[str, ...] = ()

    def category(self, slug: str) -> Category:
        """The category called ``slug``; KeyError if there is none."""
        for each in self.categories:
            if each.slug == slug:
                return each
        raise KeyError(slug)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form that a release keeps: the table of the catalogue's file, with ``slug`` and ``theme``."""
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self)}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Indicator":
        """From the JSON form; KeyError, TypeError or ValueError where it is not one."""
        table = dict(stored)
        for name in _WORDS & table.keys():
            table[name] = Words.of(table[name])
        for name, kind in _ENUMS.items():
            table[name] = kind(table[name])
        table["parts"] = Parts(**table["parts"]) if table.get("parts") else None
        for name in ("composite", "applies_to", "aliases"):
            table[name] = tuple(table.get(name, ()))
        table["sums"] = tuple(tuple(each) for each in table.get("sums", ()))
        table["categories"] = tuple(
            Category(each["slug"], Words.of(each["name"]), tuple(each.get("spellings", ())))
            for each in table.get("categories", ())
        )
        return cls(**table)


def header_key(text: str) -> str:
    """A header or name made comparable: ``Jumlah KK`` = ``JUMLAH_KK`` = ``jumlah-kk``.

    >>> header_key("Luas (km²)")
    'luas_km'
    """
    return "_".join(re.findall(r"[a-z0-9]+", text.lower()))


_WORDS = {each.name for each in fields(Indicator) if each.type is Words}
_ENUMS = {
    "kind": IndicatorKind,
    "aggregation": Aggregation,
    "polarity": Polarity,
    "sensitivity": Sensitivity,
}


def _plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Words):
        return value.as_dict()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Parts | Category):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value.value if isinstance(value, StrEnum) else value
