"""The catalogue: indicators, palettes, styles and the site, from the repository's files and the site's over them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geoapp.catalogue import indicators, level_names, palettes, site, styles
from geoapp.catalogue.site import Site
from geoapp.catalogue.styles import Styles
from geoapp.domain.indicators import Indicator, Polarity
from geoapp.domain.level_names import LevelNames
from geoapp.errors import NotFound
from geoapp.layers.plan import Palette, Ramp, Style
from geoapp.settings import HOME, Settings

INDICATORS = Path(__file__).parent / "indicators"
LEVELS = Path(__file__).parent / "levels"
STYLES = HOME / "styles"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What this installation can measure and draw, and who it is."""

    indicators: Mapping[str, Indicator]
    palettes: Mapping[str, Palette]
    drawing: Styles
    site: Site
    level_names: LevelNames

    @classmethod
    def of(cls, settings: Settings) -> "Catalogue":
        """Everything read and checked: defaults, and over them those of the site folder.

        Raises
        ------
        Refused
            ``error.catalogue_file.…`` with file, key and reason.
        """
        return cls.read(INDICATORS, STYLES, settings.site_folder)

    @classmethod
    def read(cls, indicator_folder: Path, style_folder: Path, site_folder: Path) -> "Catalogue":
        """The same from any folders."""
        known = palettes.read((style_folder, site_folder / "styles"))
        return cls(
            indicators=indicators.read((indicator_folder, site_folder / "indicators")),
            palettes=known,
            drawing=styles.read((style_folder, site_folder / "styles"), known),
            site=site.read(site_folder),
            level_names=level_names.read((LEVELS, site_folder / "levels")),
        )

    @property
    def styles(self) -> Mapping[str, Style]:
        """The styles given to an indicator by its slug, for the polarity it has."""
        return {slug: each[self._polarity(slug)] for slug, each in self.drawing.named.items()}

    def style_for(self, indicator: Indicator) -> Style:
        """How the indicator is drawn: its own style, else that of its kind and polarity."""
        return self.drawing.style_for(indicator)

    def ramp(self, palette: str, n: int) -> tuple[str, ...]:
        """``n`` colours of a palette from low to high.

        Raises
        ------
        NotFound
            ``error.no_palette``.
        Refused
            ``error.too_many_classes``.
        """
        if palette not in self.palettes:
            raise NotFound("error.no_palette", palette=palette)
        return palettes.ramp(self.palettes[palette], n)

    def ramp_of(self, style: Style) -> Ramp:
        """What ``KINDS[style.kind].decide`` asks for the colours of however many classes there turn out to be."""
        return lambda n: self.ramp(style.palette, n)

    def _polarity(self, slug: str) -> Polarity:
        found = self.indicators.get(slug)
        return found.polarity if found else Polarity.NEUTRAL
