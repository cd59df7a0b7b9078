"""How a view leaves the site: its address, the ladder of codes for other people's pages, a message, a QR code.

Every code is HTML that an editor keeps or strips as a whole; all texts in it are escaped. A frame needs no help from
its host: any width from 280 px up, any height, and it scrolls inside where it must.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from urllib.parse import urlencode

import segno
from markupsafe import Markup

from geoapp.atlas import words
from geoapp.domain.words import LANGUAGES, Language
from geoapp.i18n import speak
from geoapp.web.links import absolute, address
from geoapp.web.pages.view import MapView

USUAL_HEIGHT = 520
"""Pixels of a frame as wide as its column."""
SIZES: Mapping[str, tuple[str, int]] = {
    "full": ("100%", USUAL_HEIGHT),
    "wide": ("720", 520),
    "column": ("600", 480),
    "phone": ("360", 640),
    "narrow": ("280", 680),
}
"""The sizes a frame is offered in: width as HTML has it, height in px."""
_FRAME = Markup('<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" frameborder="0"></iframe>')
_ELEMENT = Markup('<script src="{}" async></script>\n<peta-desa height="{}"><a href="{}">{}</a></peta-desa>')
_IMAGE = Markup('<a href="{}"><img src="{}" alt="{}" width="100%"></a>')
_LINK = Markup('<a href="{}">{}</a>')


@dataclass(frozen=True, slots=True)
class Rung:
    """One way to bring the map elsewhere: what it is called, when to take it, and the code in every language."""

    name: str
    title: str
    when: str
    codes: Mapping[Language, str]


def frame(src: str, title: str, width: int | str, height: int) -> str:
    """One plain frame, escaped; what editors keep."""
    return str(_FRAME.format(src, title, width, height))


class Sharing:
    """The ladder of one view, from what does most to what is never stripped."""

    def __init__(self, view: MapView) -> None:
        self.view = view
        self._said = {
            each: MapView(view.page, each, view.chosen, view.pinned, view.compared, view.order)
            if each != view.lang
            else view
            for each in LANGUAGES
        }

    @cached_property
    def rungs(self) -> list[Rung]:
        """Address for oEmbed, frame, element, linked picture, plain link."""
        return [
            self._rung("address", lambda said: said.share),
            self._rung("frame", lambda said: frame(said.embed, said.title, *SIZES["full"])),
            self._rung("element", _element),
            self._rung("image", lambda said: str(_IMAGE.format(said.share, said.preview, alternative(said)))),
            self._rung("link", lambda said: str(_LINK.format(said.share, said.title))),
        ]

    def _rung(self, name: str, code: Callable[[MapView], str]) -> Rung:
        title, when = (speak(self.view.lang, f"share.rung.{name}{end}") for end in ("", ".when"))
        return Rung(name, title, when, {lang: code(said) for lang, said in self._said.items()})

    @property
    def addresses(self) -> Mapping[Language, str]:
        """The frame's own address without host, to be shown beside the codes."""
        return {lang: address(f"/embed/{said.layer.id}", **said.view()) for lang, said in self._said.items()}

    @property
    def sizes(self) -> Mapping[str, tuple[str, int]]:
        """The sizes to choose from."""
        return SIZES

    @property
    def words(self) -> str:
        """The first thing to know of the view."""
        return first_words(self.view)

    @property
    def message(self) -> str:
        """What is said of the view in a message, with its address."""
        return speak(self.view.lang, "share.message", title=self.view.title, words=self.words,
                     address=self.view.share)  # fmt: skip

    @property
    def whatsapp(self) -> str:
        """The link that hands the message to WhatsApp."""
        return "https://wa.me/?" + urlencode({"text": self.message})

    @property
    def qr_file(self) -> str:
        """The address of the same as a file."""
        return address(f"/embed/{self.view.layer.id}/qr.svg", **self.view.view())


def _element(said: MapView) -> str:
    return str(_ELEMENT.format(absolute("/peta-desa.js"), USUAL_HEIGHT, said.share, said.title))


def first_words(view: MapView) -> str:
    """The first thing to know: the chosen region's figure, else how many regions have one."""
    if view.chosen is None:
        return view.coverage
    said = words.figure(view.lang, view.indicator, view.observation(view.chosen))
    return speak(view.lang, "share.region", name=words.region_name(view.chosen), figure=said)


def alternative(view: MapView) -> str:
    """What stands for the picture where it is not seen."""
    return view.telling.alt


def qr_code(text: str, title: str) -> str:
    """A QR code as an SVG file, dark on white in every theme, a dot 1.5 mm wide."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=4, dark="#14212b", light="#ffffff", title=title,
        xmldecl=False, nl=False, svgclass=None, lineclass=None, scale=1.5, unit="mm",
    )  # fmt: skip
    return out.getvalue().decode()
