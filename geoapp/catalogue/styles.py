"""Styles of ``styles/*.toml``: how an indicator is drawn, by its slug or by its kind and polarity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from geoapp.catalogue import palettes
from geoapp.catalogue.files import Source, tables
from geoapp.domain.classification import METHODS
from geoapp.domain.indicators import Indicator, IndicatorKind, Polarity
from geoapp.layers import KINDS
from geoapp.layers.plan import Palette, Style

ORDERED = "ordered_category"
DEFAULTS = (*(kind.value for kind in IndicatorKind), ORDERED)
_FIELDS = tuple(each.name for each in fields(Style))
_TYPES: Mapping[str, tuple[type, ...]] = {
    "kind": (str,),
    "palette": (str, dict),
    "method": (str,),
    "classes": (int,),
    "breaks": (list,),
    "zero_class": (bool,),
    "pooled": (bool,),
    "locked": (bool,),
}


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles by indicator slug, and the defaults by kind, each for every polarity."""

    named: Mapping[str, Mapping[Polarity, Style]]
    defaults: Mapping[str, Mapping[Polarity, Style]]

    def style_for(self, indicator: Indicator) -> Style:
        """The indicator's own style, else that of its kind and polarity."""
        ordered = indicator.kind is IndicatorKind.CATEGORY and indicator.ordered
        by_kind = self.defaults[ORDERED if ordered else indicator.kind.value]
        return self.named.get(indicator.slug, by_kind)[indicator.polarity]


def read(folders: Iterable[Path], known: Mapping[str, Palette]) -> Styles:
    """All styles of the folders' files but the palettes, a later folder's before an earlier one's.

    Raises
    ------
    Refused
        ``error.catalogue_file.…`` with file, key and reason: unknown key, layer kind, palette or method, breaks that do
        not rise, a kind without a default.
    """
    found: dict[str, dict[str, Mapping[Polarity, Style]]] = {"indicator": {}, "default": {}}
    last = Path(palettes.FILE)
    for folder in folders:
        for path in sorted(each for each in folder.glob("*.toml") if each.name != palettes.FILE):
            content, last = tables(path), path
            Source(path, "").known_keys(content, found)
            for section, rows in content.items():
                if not isinstance(rows, dict):
                    raise Source(path, section).wrong("no_table")
                if section == "default":
                    Source(path, section).known_keys(rows, DEFAULTS)
                found[section] |= {
                    name: _by_polarity(Source(path, f"{section}.{name}"), table, known) for name, table in rows.items()
                }
    for kind in DEFAULTS:
        if kind not in found["default"]:
            raise Source(last, f"default.{kind}").wrong("lacks")
    return Styles(named=found["indicator"], defaults=found["default"])


def _by_polarity(source: Source, table: Any, known: Mapping[str, Palette]) -> Mapping[Polarity, Style]:
    """The style of one table for each polarity: its palette may be one name, or one for each of ``+``, ``-``, ``0``."""
    if not isinstance(table, dict):
        raise source.wrong("no_table")
    _check(source, table)
    palette = table.get("palette", "")
    if isinstance(palette, dict):
        source.known_keys(palette, Polarity)
        for polarity in Polarity:
            if polarity.value not in palette:
                raise source.wrong("lacks", f"palette.{polarity.value}")
    else:
        palette = dict.fromkeys(Polarity, palette)
    styles = {each: Style.of({**table, "palette": palette[each.value]}) for each in Polarity}
    for style in styles.values():
        _check_palette(source, style, known)
    return styles


def _check(source: Source, table: Mapping[str, Any]) -> None:
    """Keys, types and ranges of one style table."""
    source.known_keys(table, _FIELDS)
    for key, value in table.items():
        if not isinstance(value, _TYPES[key]) or (isinstance(value, bool) and bool not in _TYPES[key]):
            raise source.wrong("wrong_type", key, value=str(value))
    if table.get("kind") not in KINDS:
        raise source.wrong("not_one_of", "kind", value=table.get("kind", ""), allowed=", ".join(KINDS))
    if table.get("method", "pretty") not in METHODS:
        raise source.wrong("not_one_of", "method", value=table["method"], allowed=", ".join(METHODS))
    if not 1 <= table.get("classes", 5) <= 9:
        raise source.wrong("not_one_of", "classes", value=table["classes"], allowed="1 … 9")
    _check_breaks(source, table)


def _check_breaks(source: Source, table: Mapping[str, Any]) -> None:
    """Manual bounds rise, at most eight (the largest figure may add a ninth); other methods have none."""
    bounds = table.get("breaks", [])
    numbers = all(isinstance(each, int | float) and not isinstance(each, bool) for each in bounds)
    if not numbers or sorted(set(bounds)) != bounds or len(bounds) + table.get("zero_class", False) > 8:
        raise source.wrong("breaks", "breaks")
    if bool(bounds) != (table.get("method") == "manual"):
        raise source.wrong("manual_breaks", "breaks")


def _check_palette(source: Source, style: Style, known: Mapping[str, Palette]) -> None:
    """Circles need no palette; everything else one that exists and has colours enough."""
    if style.kind == "circles" and not style.palette:
        return
    if style.palette not in known:
        raise source.wrong("not_one_of", "palette", value=style.palette, allowed=", ".join(known))
    most = max(known[style.palette].ramps)
    wanted = len(style.breaks) + 1 if style.breaks else style.classes
    if style.kind == "choropleth" and wanted > most:
        raise source.wrong("few_colours", "classes", palette=style.palette, most=most)
