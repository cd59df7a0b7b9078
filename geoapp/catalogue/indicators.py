"""Indicators of ``indicators/<theme>.toml``: one table per slug, with the metadata MS-Ind asks for."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from geoapp.catalogue.files import Source, overlaid
from geoapp.domain.indicators import (
    AREAS,
    REGION_KINDS,
    Aggregation,
    Category,
    Indicator,
    IndicatorKind,
    Parts,
    Polarity,
    Sensitivity,
    header_key,
)
from geoapp.domain.levels import Level

_SLUG = re.compile(r"[a-z][a-z0-9_]*")
_WORDS = (
    "name",
    "unit",
    "concept",
    "definition",
    "interpretation",
    "formula",
    "measure",
    "breakdowns",
    "source",
)
OBLIGATORY = (*_WORDS, "kind", "decimals", "aggregation", "polarity", "sensitivity")
_WITHOUT_UNIT = (IndicatorKind.INDEX.value, IndicatorKind.CATEGORY.value)
KEYS = tuple(each.name for each in fields(Indicator) if each.name not in ("slug", "theme"))
_ENUMS: Mapping[str, type[IndicatorKind] | type[Aggregation] | type[Polarity] | type[Sensitivity]] = {
    "kind": IndicatorKind,
    "aggregation": Aggregation,
    "polarity": Polarity,
    "sensitivity": Sensitivity,
}
_TYPES: Mapping[str, tuple[type, ...]] = {
    "decimals": (int,),
    "activity": (str,),
    "public": (bool,),
    "hard_range": (bool,),
    "ordered": (bool,),
    "stock": (bool,),
    "minimum": (int, float),
    "maximum": (int, float),
    "composite": (list,),
    "parts": (dict,),
    "categories": (list,),
    "sums": (list,),
    "applies_to": (list,),
    "aliases": (list,),
}
MOST_DECIMALS = 6
_SHORTEST = 2
"""The letters and digits an alias has at least; a single letter is a header of anything."""


def read(folders: Iterable[Path]) -> Mapping[str, Indicator]:
    """Every indicator by slug, a later folder's before an earlier one's; the theme is the file's name.

    Raises
    ------
    Refused
        ``error.catalogue_file.…`` with file, key and reason.
    """
    defaults, *sites = folders
    return checked(overlaid((defaults, *sites)), defaults)


def checked(
    found: Mapping[str, tuple[Source, dict[str, Any]]], defaults: Path, new: Collection[str] = ()
) -> Mapping[str, Indicator]:
    """The indicators of these tables, each checked by itself and against the others; Refused as by ``read``.

    What a table of another folder than ``defaults`` is called, none of ``defaults`` is called too: the site's word
    wins, so that a new version of the program never quarrels with what a city has added. Only who adds the ``new`` ones
    is told that a word is taken.
    """
    indicators = {slug: _indicator(source, slug, table) for slug, (source, table) in found.items()}
    own = {slug for slug, (source, _) in found.items() if source.file.parent != defaults}
    sources = {slug: source for slug, (source, _) in found.items()}
    if new:
        theirs = {slug: each for slug, each in indicators.items() if slug not in new}
        _check_aliases(sources, {**_yielding(theirs, own - set(new)), **{slug: indicators[slug] for slug in new}})
    indicators = _yielding(indicators, own)
    for slug, (source, _) in found.items():
        _check_references(source, indicators[slug], indicators)
        _check_sums(source, indicators[slug], indicators)
    for side in (own, indicators.keys() - own):
        _check_aliases(sources, {slug: each for slug, each in indicators.items() if slug in side})
    return indicators


def _indicator(source: Source, slug: str, table: Mapping[str, Any]) -> Indicator:
    if not _SLUG.fullmatch(slug):
        raise source.wrong("no_slug", value=slug)
    source.known_keys(table, KEYS)
    for key in OBLIGATORY:
        if key not in table:
            raise source.wrong("lacks", key)
    for key in _WORDS:
        check_words(source, key, table[key], may_be_empty=key == "unit" and table["kind"] in _WITHOUT_UNIT)
    for key, kind in _ENUMS.items():
        if table[key] not in [each.value for each in kind]:
            raise source.wrong("not_one_of", key, value=table[key], allowed=", ".join(each.value for each in kind))
    _check_values(source, table)
    _check_categories(source, table)
    _check_parts(source, table)
    _check_lists(source, table)
    return Indicator.of({**table, "slug": slug, "theme": source.file.stem})


def check_words(source: Source, key: str, value: Any, may_be_empty: bool = False) -> None:
    """Refuses what is not one text for both languages or a table with ``id`` and ``en``, both filled."""
    table = {"id": value, "en": value} if isinstance(value, str) else value
    if not isinstance(table, dict):
        raise source.wrong("wrong_type", key, value=str(value))
    source.known_keys({f"{key}.{each}": 0 for each in table}, (f"{key}.id", f"{key}.en"))
    for language in ("id", "en"):
        text = table.get(language)
        if not isinstance(text, str) or not (text.strip() or may_be_empty):
            raise source.wrong("lacks", f"{key}.{language}")


def _check_values(source: Source, table: Mapping[str, Any]) -> None:
    """Types and ranges of the plain fields."""
    for key, types in _TYPES.items():
        value = table.get(key)
        if key in table and (not isinstance(value, types) or (isinstance(value, bool) and bool not in types)):
            raise source.wrong("wrong_type", key, value=str(value))
    if not 0 <= table["decimals"] <= MOST_DECIMALS:
        raise source.wrong("not_one_of", "decimals", value=table["decimals"], allowed=f"0 … {MOST_DECIMALS}")
    if "minimum" in table and "maximum" in table and table["minimum"] > table["maximum"]:
        raise source.wrong("range", "maximum")
    levels = [each.slug for each in Level]
    if table.get("estimation_level", levels[0]) not in levels:
        raise source.wrong("not_one_of", "estimation_level", value=table["estimation_level"], allowed=", ".join(levels))


def _check_categories(source: Source, table: Mapping[str, Any]) -> None:
    """A category indicator lists its answers, each slug and spelling once; others have none."""
    categories = table.get("categories", [])
    if bool(categories) != (table["kind"] == IndicatorKind.CATEGORY.value):
        raise source.wrong("categories", "categories")
    seen: set[str] = set()
    for n, each in enumerate(categories):
        key = f"categories[{n}]"
        if not isinstance(each, dict):
            raise source.wrong("wrong_type", key, value=str(each))
        source.known_keys({f"{key}.{name}": 0 for name in each}, [f"{key}.{part.name}" for part in fields(Category)])
        if not isinstance(each.get("slug"), str) or not _SLUG.fullmatch(each["slug"]):
            raise source.wrong("no_slug", f"{key}.slug", value=str(each.get("slug", "")))
        check_words(source, f"{key}.name", each.get("name"))
        spellings = each.get("spellings", [])
        if not isinstance(spellings, list) or not all(isinstance(text, str) for text in spellings):
            raise source.wrong("wrong_type", f"{key}.spellings", value=str(spellings))
        for text in {each["slug"], *(text.casefold().strip() for text in spellings)}:
            if text in seen:
                raise source.wrong("twice", key, other=text)
            seen.add(text)


def _check_parts(source: Source, table: Mapping[str, Any]) -> None:
    """Numerator, denominator and a factor; a recomputed aggregate needs them."""
    if table["aggregation"] == Aggregation.RECOMPUTE.value and not table.get("parts"):
        raise source.wrong("lacks", "parts")
    parts = table.get("parts")
    if not parts:
        return
    source.known_keys({f"parts.{key}": 0 for key in parts}, [f"parts.{each.name}" for each in fields(Parts)])
    for key in ("numerator", "denominator"):
        if not isinstance(parts.get(key), str):
            raise source.wrong("lacks", f"parts.{key}")
    factor = parts.get("factor", 1.0)
    if not isinstance(factor, int | float) or isinstance(factor, bool) or factor <= 0:
        raise source.wrong("wrong_type", "parts.factor", value=str(factor))
    if not isinstance(parts.get("growth", False), bool):
        raise source.wrong("wrong_type", "parts.growth", value=str(parts["growth"]))


def _check_lists(source: Source, table: Mapping[str, Any]) -> None:
    """Lists of texts are lists of texts; ``applies_to`` has known region kinds, ``sums`` groups of at least two."""
    for key in ("applies_to", "aliases", "composite"):
        for each in table.get(key, ()):
            if not isinstance(each, str) or not each.strip():
                raise source.wrong("wrong_type", key, value=str(each))
    for alias in table.get("aliases", ()):
        # a text that was taken apart into its letters is a list of texts too
        if len(header_key(alias)) < _SHORTEST:
            raise source.wrong("wrong_type", "aliases", value=alias)
    for kind in table.get("applies_to", ()):
        if kind not in REGION_KINDS:
            raise source.wrong("not_one_of", "applies_to", value=kind, allowed=", ".join(REGION_KINDS))
    for n, group in enumerate(table.get("sums", ())):
        if not isinstance(group, list) or len(group) < 2 or not all(isinstance(each, str) for each in group):
            raise source.wrong("wrong_type", f"sums[{n}]", value=str(group))


def _check_references(source: Source, indicator: Indicator, known: Mapping[str, Indicator]) -> None:
    """Parts and components name indicators that exist, and not the indicator itself."""
    others = {slug for slug in known if slug != indicator.slug}
    if indicator.parts:
        for key, slug in (("numerator", indicator.parts.numerator), ("denominator", indicator.parts.denominator)):
            if slug not in others and not (key == "denominator" and slug in AREAS):
                raise source.wrong("no_indicator", f"parts.{key}", value=slug)
    for slug in indicator.composite:
        if slug not in others:
            raise source.wrong("no_indicator", "composite", value=str(slug))


def _check_sums(source: Source, indicator: Indicator, known: Mapping[str, Indicator]) -> None:
    """Only amounts are added up, of other indicators counted in the same unit, each once."""
    for n, group in enumerate(indicator.sums):
        key = f"sums[{n}]"
        for slug in group:
            if slug not in known or slug == indicator.slug:
                raise source.wrong("no_indicator", key, value=slug)
            if group.count(slug) > 1:
                raise source.wrong("twice", key, other=slug)
        if not all(each.kind.is_amount for each in (indicator, *(known[slug] for slug in group))):
            raise source.wrong("sums_amounts", key)
        other = next((known[slug] for slug in group if known[slug].unit != indicator.unit), None)
        if other is not None:
            raise source.wrong("sums_unit", key, other=other.slug, unit=indicator.unit.id)


def _yielding(known: Mapping[str, Indicator], own: Collection[str]) -> dict[str, Indicator]:
    """The indicators, those that are not the site's ``own`` without an alias that one of its own is called by."""
    taken = {
        header_key(text)
        for slug in own
        for text in (slug, known[slug].name.id, known[slug].name.en, *known[slug].aliases)
    }
    return {
        slug: each
        if slug in own
        else replace(each, aliases=tuple(alias for alias in each.aliases if header_key(alias) not in taken))
        for slug, each in known.items()
    }


def _check_aliases(sources: Mapping[str, Source], known: Mapping[str, Indicator]) -> None:
    """A header leads to one indicator: an alias is no other's slug, name or alias."""
    owners = {header_key(text): slug for slug, each in known.items() for text in (slug, each.name.id, each.name.en)}
    for slug, indicator in known.items():
        for alias in indicator.aliases:
            other = owners.setdefault(header_key(alias), slug)
            if other != slug:
                raise sources[slug].wrong("alias_taken", "aliases", value=alias, other=other)
