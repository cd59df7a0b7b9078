"""The addresses of one view of a map: moving and pinned, page, frame, picture and file."""

from collections.abc import Hashable, Mapping

from geoapp.atlas.page import Layer, MapPage
from geoapp.domain.regions import Region
from geoapp.domain.words import Language
from geoapp.downloads import FORMATS
from geoapp.i18n import speak
from geoapp.web.links import absolute, address, alternates
from geoapp.web.pages.order import USUAL, Order


class Addresses:
    """What the address of a view is made of: map, choice and area, the regions chosen, release and language."""

    def __init__(
        self,
        page: MapPage,
        lang: Language,
        chosen: Region | None = None,
        pinned: int | None = None,
        compared: Region | None = None,
        order: Order = USUAL,
    ) -> None:
        self.page, self.lang, self.chosen, self.pinned, self.compared = page, lang, chosen, pinned, compared
        self.order = order
        self.layer: Layer = page.layer

    @property
    def key(self) -> tuple[Hashable, ...]:
        """Everything that what is said of this view depends on; a release's figures never change."""
        regions = (each.code if each else None for each in (self.chosen, self.compared))
        newest = (self.layer.release.id, self.layer.latest.text)
        return (*self.page.key, *newest, self.lang, *regions, self.pinned, self.order)

    @property
    def path(self) -> str:
        """The page's address without a query."""
        return f"/maps/{self.layer.id}"

    def view(self, **changed: str | int | None) -> dict[str, str | int | None]:
        """The query of this view; what is usual is left out."""
        usual_period = self.page.period == self.layer.latest
        usual_level = self.page.level is self.layer.levels[0]
        return {
            "period": None if usual_period else self.page.period.text,
            "level": None if usual_level else self.page.level.slug,
            "area": self.page.area.code if self.page.area else None,
            "region": self.chosen.code if self.chosen else None,
            "compare": self.compared.code if self.compared else None,
            **self.page.choice.query(),
            "release": self.pinned,
            "lang": self.lang,
        } | changed

    def here(self, **changed: str | int | None) -> str:
        """The address of this view with something else; of a page, which has a table in some order."""
        return address(self.path, **({"sort": self.order.text} | self.view(**changed)))

    @property
    def pinned_query(self) -> dict[str, str | int | None]:
        """The query under which this view always gives the same bytes."""
        return {
            "period": self.page.period.text,
            "level": self.page.level.slug,
            "area": self.page.area.code if self.page.area else None,
            **self.page.choice.query(),
            "release": self.layer.release.id,
        }

    @property
    def share(self) -> str:
        """The absolute address to pass on; it moves with the newest release unless this view is pinned."""
        return absolute(self.here())

    @property
    def alternates(self) -> Mapping[Language, str]:
        """The absolute address in each language."""
        return alternates(self.path, **{name: value for name, value in self.view().items() if name != "lang"})

    @property
    def embed(self) -> str:
        """The absolute address of the same view for a frame."""
        return absolute(address(f"/embed/{self.layer.id}", **self.view()))

    def picture(self, extension: str, size: str | None = None) -> str:
        """The address of this view as a picture."""
        return address(f"/maps/{self.layer.id}.{extension}", size=size, **self.view())

    def file(self, extension: str) -> str:
        """The address of this view's figures as a file; files hold figures, not their changes."""
        view = self.view()
        chosen = ("classes", "palette") if FORMATS[extension].chosen else ()
        asked = {name: view.get(name) for name in ("period", "level", "area", *chosen, "release", "lang")}
        return address(f"/downloads/{self.layer.id}.{extension}", **asked)

    @property
    def files(self) -> list[tuple[str, str]]:
        """The formats to download: what each is for, and its address; a format without words goes by its extension."""
        return [(_file_words(self.lang, each), self.file(each)) for each in FORMATS]

    @property
    def document(self) -> str:
        """The layer document's address, pinned."""
        return address(f"/layers/{self.layer.id}.json", **self.page.choice.query(), release=self.layer.release.id)

    @property
    def preview(self) -> str:
        """The absolute address of the picture that a link is shown with."""
        return absolute(self.picture("png", size="1200x630"))

    def oembed(self, form: str) -> str:
        """The absolute address under which oEmbed describes this view."""
        return absolute(address("/oembed", url=self.share, format=form))


def _file_words(lang: Language, extension: str) -> str:
    try:
        return speak(lang, f"page.download.{extension}")
    except KeyError:
        return extension.upper()
