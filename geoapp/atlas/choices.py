"""What a visitor may choose of a map: class method and number, palette, or the change since an earlier period.

The set is closed. Whatever the publisher fixed is the default, so a choice that says the same is none.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, NamedTuple

from geoapp.domain.indicators import Indicator, IndicatorKind
from geoapp.domain.periods import Period
from geoapp.layers.plan import Palette, Style

METHODS = ("pretty", "quantiles", "jenks", "equal")
FEWEST, MOST = 3, 9
CLOSE = 8
"""From so many classes on neighbouring colours come close to each other."""
_CLASSES = re.compile(rf"({'|'.join(METHODS)})-([{FEWEST}-{MOST}])(-own)?")
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Choice:
    """A visitor's choice; what is None is the publisher's. ``pooled`` counts only beside a ``method``.

    With ``since`` the map shows the change since that period, in per cent of it where ``percent``.
    """

    method: str | None = None
    classes: int | None = None
    pooled: bool = True
    palette: str | None = None
    since: Period | None = None
    percent: bool = False
    NONE: ClassVar["Choice"]

    @classmethod
    def parse(
        cls, classes: str | None = None, palette: str | None = None, since: str | None = None, change: str | None = None
    ) -> "Choice":
        """From the parameters of an address; ValueError for one that cannot be read.

        >>> Choice.parse("jenks-7-own", "bara").query()
        {'classes': 'jenks-7-own', 'palette': 'bara', 'since': None, 'change': None}
        """
        method, count, pooled = read_classes(classes) if classes is not None else (None, None, True)
        return cls(
            method=method,
            classes=count,
            pooled=pooled,
            palette=read_palette(palette) if palette is not None else None,
            since=Period.parse(since) if since is not None else None,
            percent=read_change(change) if change is not None else False,
        )

    def query(self) -> dict[str, str | None]:
        """The parameters of an address that say the same; None where there is nothing to say."""
        own = "" if self.pooled else "-own"
        return {
            "classes": f"{self.method}-{self.classes}{own}" if self.method else None,
            "palette": self.palette,
            "since": self.since.text if self.since else None,
            "change": "percent" if self.percent else None,
        }

    def styled(self, style: Style) -> Style:
        """The publisher's style with what this choice changes of it."""
        if self.method is not None and self.classes is not None:
            style = replace(style, method=self.method, classes=self.classes, breaks=(), pooled=self.pooled)
        return replace(style, palette=self.palette) if self.palette else style


Choice.NONE = Choice()


class Unfit(NamedTuple):
    """Why a part of a choice is not followed: a message id with its values; periods are said by the door."""

    message: str
    values: Mapping[str, Any]


def read_classes(raw: str) -> tuple[str, int, bool]:
    """Method, number of classes, and whether the breaks are shared by all periods; ValueError for anything else.

    >>> read_classes("quantiles-5")
    ('quantiles', 5, True)
    """
    found = _CLASSES.fullmatch(raw)
    if found is None:
        raise ValueError(raw)
    return found[1], int(found[2]), found[3] is None


def read_palette(raw: str) -> str:
    """A palette's name; ValueError for what can be none."""
    if not _NAME.fullmatch(raw):
        raise ValueError(raw)
    return raw


def read_change(raw: str) -> bool:
    """Whether a change is meant in per cent; ValueError for anything but ``points`` and ``percent``."""
    if raw not in ("points", "percent"):
        raise ValueError(raw)
    return raw == "percent"


def fitted(
    choice: Choice,
    style: Style,
    indicator: Indicator,
    palettes: Mapping[str, Palette],
    periods: Iterable[Period],
    period: Period,
) -> tuple[Choice, tuple[Unfit, ...]]:
    """The nearest choice that this map can follow, and why something of it could not be.

    ``periods`` are those the map has at its level, ``period`` the one it shows.
    """
    if choice == Choice.NONE:
        return choice, ()
    if style.locked:
        return Choice.NONE, (Unfit("choice.locked", {}),)
    choice, unfit = _change(choice, indicator, tuple(periods), period)
    choice, more = _look(choice, style, indicator, palettes)
    return _needed(choice, style), (*unfit, *more)


def offered(indicator: Indicator, style: Style, palettes: Mapping[str, Palette]) -> tuple[str, ...]:
    """The palettes a visitor may take for this map, by name: sequential ones; none for circles and loose categories."""
    if style.kind == "circles" or (indicator.kind is IndicatorKind.CATEGORY and not indicator.ordered):
        return ()
    most = max(len(indicator.categories), MOST if style.kind == "choropleth" else 1)
    return tuple(name for name, each in palettes.items() if each.use == "sequential" and max(each.ramps) >= most)


def comparable(periods: Iterable[Period], period: Period) -> tuple[Period, ...]:
    """The periods before ``period`` that are as long, the newest first."""
    alike = (each for each in periods if each.granularity is period.granularity and each.text < period.text)
    return tuple(sorted(alike, reverse=True))


def _change(
    choice: Choice, indicator: Indicator, periods: tuple[Period, ...], period: Period
) -> tuple[Choice, tuple[Unfit, ...]]:
    """The same with a period to compare with that there is."""
    plain = replace(choice, since=None, percent=False)
    if choice.since is None:
        return plain, (Unfit("choice.change_alone", {}),) if choice.percent else ()
    if indicator.kind is IndicatorKind.CATEGORY:
        return plain, (Unfit("choice.category_change", {}),)
    earlier = comparable(periods, period)
    asked = {"asked": choice.since, "period": period}
    if not earlier:
        return plain, (Unfit("choice.no_earlier", asked),)
    if choice.since in earlier:
        return choice, ()
    nearest = min(earlier, key=lambda each: abs(each.year - (choice.since or each).year))
    return replace(choice, since=nearest), (Unfit("choice.since", {**asked, "shown": nearest}),)


def _look(
    choice: Choice, style: Style, indicator: Indicator, palettes: Mapping[str, Palette]
) -> tuple[Choice, tuple[Unfit, ...]]:
    """The same with classes and a palette that the map can take."""
    unfit = []
    if choice.since is not None and (choice.method or choice.palette):
        unfit.append(Unfit("choice.with_change", {}))
        return replace(choice, method=None, classes=None, pooled=True, palette=None), tuple(unfit)
    if choice.method and style.kind != "choropleth":
        unfit.append(Unfit(f"choice.no_classes.{style.kind}", {}))
        choice = replace(choice, method=None, classes=None, pooled=True)
    possible = offered(indicator, style, palettes)
    if choice.palette and choice.palette not in possible:
        message = "choice.palette" if possible else f"choice.no_palette.{style.kind}"
        unfit.append(Unfit(message, {"asked": choice.palette} if possible else {}))
        choice = replace(choice, palette=None)
    return choice, tuple(unfit)


def _needed(choice: Choice, style: Style) -> Choice:
    """The same without what the publisher says already."""
    if (choice.method, choice.classes, choice.pooled) == (style.method, style.classes, style.pooled):
        choice = replace(choice, method=None, classes=None)
    if choice.method is None:
        choice = replace(choice, pooled=True)
    return replace(choice, palette=None) if choice.palette == style.palette else choice
