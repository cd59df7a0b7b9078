"""The visitor's choices as forms that work without a script: classes and colours, and the change between periods."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from geoapp.atlas import choices
from geoapp.atlas.choices import METHODS, Choice
from geoapp.catalogue.palettes import ramp
from geoapp.domain.words import Language
from geoapp.i18n import dates, numbers, speak
from geoapp.layers.plan import Palette
from geoapp.web import opening
from geoapp.web.links import address
from geoapp.web.service import service

if TYPE_CHECKING:
    from geoapp.web.pages.view import MapView

_SHOWN = 5
"""Classes a palette is shown with where the map has none."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; ``why`` is a sentence beside it, ``colours`` are those of a palette from low to high."""

    value: str
    label: str
    chosen: bool
    why: str = ""
    colours: tuple[str, ...] = ()


class Choices:
    """What a visitor may choose on one page, and what is chosen."""

    def __init__(self, view: "MapView") -> None:
        self.view, self.page, self.choice = view, view.page, view.page.choice
        self.lang: Language = view.lang
        self.published = view.page.layer.style
        self.style = view.page.style

    @property
    def action(self) -> str:
        """Where the forms lead."""
        return f"{self.view.path}/choose"

    @property
    def locked(self) -> bool:
        """Whether the publisher lets nothing be chosen."""
        return self.published.locked

    @property
    def changed(self) -> bool:
        """Whether anything of the look is a visitor's."""
        return self.choice.since is None and self.choice != Choice.NONE

    @cached_property
    def methods(self) -> list[Option]:
        """The ways to part figures into classes; none where the map has no classes, or shows a change."""
        if self.locked or self.choice.since or self.published.kind != "choropleth":
            return []
        own = [] if self.published.method in METHODS else [self._method("", "manual")]
        return own + [self._method(each, each) for each in METHODS]

    def _method(self, value: str, name: str) -> Option:
        label, why = speak(self.lang, f"method.{name}"), speak(self.lang, f"method.{name}.why")
        return Option(value, label, self.style.method == name, why)

    @cached_property
    def counts(self) -> list[Option]:
        """The numbers of classes."""
        shown = min(max(self.style.classes, choices.FEWEST), choices.MOST)
        return [
            Option(str(n), numbers.figure(self.lang, n, 0), n == shown) for n in range(choices.FEWEST, choices.MOST + 1)
        ]

    @property
    def close(self) -> int:
        """From so many classes on colours come close to each other."""
        return choices.CLOSE

    @property
    def several(self) -> bool:
        """Whether there are several periods, which may share their breaks or not."""
        return len(self.page.layer.periods) > 1

    @property
    def pooled(self) -> bool:
        """Whether they share them."""
        return self.style.pooled

    @cached_property
    def palettes(self) -> list[Option]:
        """The palettes, each with its name and colours; none where there is only one, or the map shows a change."""
        if self.locked or self.choice.since:
            return []
        known = service().catalogue.palettes
        names = choices.offered(self.page.layer.indicator, self.published, known)
        return [self._palette(known[each]) for each in names] if len(names) > 1 else []

    def _palette(self, palette: Palette) -> Option:
        n = max(3, len(self.page.plan.colours)) if self.page.plan.colours else _SHOWN
        shown = ramp(palette, min(n, max(palette.ramps)))
        name = palette_name(self.lang, palette.name)
        return Option(palette.name, name, self.style.palette == palette.name, colours=tuple(shown))

    @property
    def years(self) -> str:
        """The address of all periods beside each other."""
        return address(
            f"{self.view.path}/years", **(self.view.view() | {"period": None, "region": None, "compare": None})
        )

    @property
    def beside(self) -> str:
        """The address of this map beside another."""
        return address(f"{self.view.path}/beside", **(self.view.view() | {"compare": None}))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What else of the view the form of the look carries."""
        return list(self.view.kept("classes", "palette"))

    @property
    def reset(self) -> str:
        """The address of the same view as it was published."""
        return self.view.here(classes=None, palette=None, since=None, change=None)

    # ── the change between two periods ──────────────────────────────────────────────────────────────────────────

    @cached_property
    def earlier(self) -> list[Option]:
        """The periods with which the one shown can be compared, the newest first."""
        if self.locked or self.published.kind == "category":
            return []
        known = opening.published_periods(self.page)
        return [
            Option(each.text, dates.period(self.lang, each), each == self.choice.since)
            for each in choices.comparable(known, self.page.period)
        ]

    @property
    def percent(self) -> bool:
        """Whether the change is told in per cent."""
        return self.choice.percent

    @property
    def shares(self) -> bool:
        """Whether figures are per cent already, so that their change is told in percentage points."""
        return self.page.layer.indicator.unit[self.lang] in ("%", "persen", "per cent", "titik persen")

    @property
    def kept_of_change(self) -> list[tuple[str, str]]:
        """What else of the view the form of the change carries."""
        return list(self.view.kept("classes", "palette", "since", "change"))


def palette_name(lang: Language, name: str) -> str:
    """What a palette is called; one of the site's own by its name."""
    try:
        return speak(lang, f"palette.{name}")
    except KeyError:
        return name.replace("-", " ").replace("_", " ").capitalize()
