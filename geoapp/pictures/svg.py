"""The one painter of SVG: a page's own map, embeds, small pictures and pictures to share.

Presentation attributes only: a page's content policy forbids styles. Only a size that stands on pages as a file of its
own has some, for dark ones. Every text is escaped.
"""

from collections.abc import Mapping
from typing import NamedTuple

from geoapp.atlas.captions import Telling
from geoapp.domain.surroundings import Surroundings
from geoapp.i18n import speak
from geoapp.pictures import blocks, legend, looks, text
from geoapp.pictures.blocks import Origin
from geoapp.pictures.scene import Scene
from geoapp.pictures.sizes import Size

_LEAST_MAP = 0.44
"""The share of a picture's height that its map has at least."""
_TOP, _FOOT = 40, 30


NOBODY = Origin()


class Sheet(NamedTuple):
    """What a picture is drawn from beside its view: outlines (WKB, EPSG:3857) by number, and what lies around them."""

    outlines: Mapping[int, bytes]
    around: Surroundings | None = None


def draw(telling: Telling, sheet: Sheet, size: Size, origin: Origin = NOBODY, titled: bool = True) -> str:
    """The view as SVG in one of the sizes.

    Parameters
    ----------
    telling
        The opened map, its language and the regions pointed out; its plan says every colour.
    sheet
        The shapes of every region of the map, and its surroundings.
    origin
        Name of the site, date of the picture and address of its map, for the foot.
    titled
        Whether every region tells its name and figure; a picture that becomes pixels needs none.
    """
    if size.layout == "bare":
        scene = _scene(telling, sheet, size, (size.width, size.height), titled)
        ringed = scene.page.plan.kind == "circles" and size.labels
        return _wrapped(telling, scene, scene.drawn() + (scene.circles_legend.drawn() if ringed else ""))
    return (
        _beside(telling, sheet, size, origin, titled)
        if size.layout == "beside"
        else _stacked(telling, sheet, size, origin, titled)
    )


def _beside(telling: Telling, sheet: Sheet, size: Size, origin: Origin, titled: bool) -> str:
    """Title and legend in a block left of the map."""
    edge = size.edge if size.sheet else 0
    scene = _scene(telling, sheet, size, (size.width - size.panel - edge, size.height - 2 * edge), titled)
    room = size.panel - size.edge - 30
    top, low = max(edge, _TOP), size.height - max(edge, _FOOT)
    foot = blocks.footer(telling, size, room, origin)
    head = blocks.header(telling, size, room, (low - top) * 0.46)
    key = legend.block(telling, scene, room, low - top - head.height - foot.height - 36)
    beside = [head.at(size.edge, top), key.at(size.edge, top + head.height + 20), foot.at(size.edge, low - foot.height)]
    return _wrapped(telling, scene, _framed(scene, size.panel, edge) + "".join(beside))


def _stacked(telling: Telling, sheet: Sheet, size: Size, origin: Origin, titled: bool) -> str:
    """Headline above the map, legend and sources below it."""
    edge, (above, below) = size.edge, size.free
    room, gap = size.width - 2 * edge, size.letters.body * 0.9
    top, low = max(above, edge * 0.8), size.height - max(below, edge * 0.55)
    head = blocks.header(telling, size, room, size.height * 0.26)
    foot = blocks.footer(telling, size, room, origin)
    start = top + head.height + gap
    # the legend of circles needs the map's scale, which needs the legend's height: the first try has a fair height
    tallest = low - start - foot.height - 2 * gap - size.height * _LEAST_MAP
    trial = _scene(telling, sheet, size, (size.width, size.height * _LEAST_MAP), titled)
    key = legend.block(telling, trial, room, tallest)
    height = low - foot.height - key.height - 2 * gap - start
    inner = edge if size.sheet else 0
    scene = _scene(telling, sheet, size, (size.width - 2 * inner, height), titled)
    key = legend.block(telling, scene, room, tallest)
    after = low - foot.height - key.height - gap
    parts = [head.at(edge, top), _framed(scene, inner, start), key.at(edge, after), foot.at(edge, low - foot.height)]
    return _wrapped(telling, scene, "".join(parts))


def _scene(telling: Telling, sheet: Sheet, size: Size, room: tuple[float, float], titled: bool) -> Scene:
    chosen = tuple(each for each in (telling.chosen, telling.compared) if each is not None)
    return Scene.of(telling.page, sheet.outlines, telling.language, size, room, sheet.around, chosen, titled)


def _framed(scene: Scene, x: float, y: float) -> str:
    """The map cut off at its frame; on paper with a rule around it and an arrow to the north."""
    width, height = scene.frame.width, scene.frame.height
    made = f'<svg x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}">{scene.drawn()}</svg>'
    if scene.size.sheet:
        made += f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="none" stroke="{looks.INK_2}"/>'
        made += _north(x + width - 34, y + 26, scene.size.letters.body, speak(scene.language, "picture.north"))
    elif scene.size.layout == "stacked":
        made += f'<path d="M0 {y:g}h{width:g}M0 {y + height:g}h{width:g}" stroke="{looks.RULE}" stroke-width="1.5"/>'
    return made


def _north(x: float, y: float, size: float, letter: str) -> str:
    """An arrow to the north: pictures are in web Mercator, where it is straight up."""
    arrow = f'<path d="M{x:g} {y:g}l8 26-8-6-8 6z" fill="{looks.INK}" stroke="{looks.PAPER}" stroke-width="1.5"/>'
    said = text.written(letter, x, y + 26 + size, size, bold=True, anchor="middle", halo=3)
    return f'<g class="north">{arrow}{said}</g>'


def _wrapped(telling: Telling, scene: Scene, body: str) -> str:
    size, plan = scene.size, scene.page.plan
    width, height = size.sheet or (str(size.width), str(size.height))
    page = f'<rect width="{size.width}" height="{size.height}" fill="{looks.PAPER}"/>' if size.layout != "bare" else ""
    patterns = looks.patterns(plan, scene.prefix, size.patterns)
    fine = looks.patterns(plan, scene.fine, scene.frame.grain * size.patterns)
    night = f"<style>{looks.NIGHT}</style>" if size.follows and scene.titled else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {size.height}" width="{width}"'
        f' height="{height}" role="img" class="map-picture {plan.kind}" font-family="{looks.FAMILY}">'
        f"<title>{text.said(telling.title)}</title><desc>{text.said(telling.alt)}</desc>"
        f"{night}<defs>{patterns}{fine}</defs>{page}{body}</svg>"
    )
