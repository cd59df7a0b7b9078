"""The area filter as forms: one choice a step, each of which works without a script."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoapp.atlas import words
from geoapp.domain.levels import Level
from geoapp.i18n import speak
from geoapp.web.pages.steps import Step, fixed, steps

if TYPE_CHECKING:
    from geoapp.web.pages.view import MapView


_SHORT = 12
"""Signs of a word that still fits beside the handle of a phone's sheet."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """One step as its form has it; ``up`` is the value that undoes it, ``kept`` the rest of the view's query."""

    field: str
    label: str
    everything: str
    up: str
    options: tuple[tuple[str, str], ...]
    chosen: str | None
    kept: tuple[tuple[str, str], ...]


def held(view: "MapView") -> list[str]:
    """Names of the upper regions that hold all of the map, from the highest."""
    page = view.page
    return [words.region_name(each) for each in fixed(page.ancestors.values(), page.regions)]


def choosing(view: "MapView") -> list[Choosing]:
    """The steps down to the area shown, and the next one below it."""
    page = view.page
    above = [each for each in page.ancestors.values() if each.level < page.level]
    region = view.chosen.code if view.chosen else None
    walk = steps(above, page.regions, page.area.code if page.area else None, region)
    return [_step(view, each) for each in walk]


def _step(view: "MapView", step: Step) -> Choosing:
    own = step.level is view.page.level
    one, several = (view.word(n) if own else _upper_word(view, step, n) for n in (1, 2))
    area = view.page.area.code if view.page.area else None
    whole = step.parent if step.parent and area and step.field == "area" and len(step.parent) < len(area) else ""
    changed = ("region", "compare") if own else ("area", "region", "compare")
    return Choosing(
        field=step.field,
        label=speak(view.lang, "area.choose", level=one),
        everything=speak(view.lang, "area.all", level=several)
        if len(several) <= _SHORT
        else speak(view.lang, "area.everything"),
        up=whole if whole in view.page.ancestors and not _holds_all(view, whole) else "",
        options=step.options,
        chosen=step.chosen,
        kept=tuple(view.kept(*changed)),
    )


def _holds_all(view: "MapView", code: str) -> bool:
    return all(each.code.startswith(code) for each in view.page.regions)


def _upper_word(view: "MapView", step: Step, n: int) -> str:
    """What ``n`` regions of a step are called, such as ``kecamatan`` or ``kabupaten/kota``."""
    known = view.page.ancestors
    kinds = words.kinds([known[code] for code, _ in step.options]) if step.level is not Level.VILLAGE else frozenset()
    return words.level_word(view.lang, step.level, kinds, n)
