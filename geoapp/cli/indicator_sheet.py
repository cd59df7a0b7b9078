"""An indicator's sheet as people read it, and the same sheet empty, to be filled in."""

from collections.abc import Iterable, Sequence

from geoapp.domain.indicators import Indicator, IndicatorKind
from geoapp.domain.levels import Level
from geoapp.domain.words import Language
from geoapp.i18n import speak
from geoapp.i18n.numbers import bound

_EXAMPLE: Sequence[tuple[str, str]] = (
    ("name", '{ id = "Kunjungan wisata", en = "Tourist visits" }'),
    ("kind", '"count"'),
    ("unit", '{ id = "kunjungan", en = "visits" }'),
    ("decimals", "0"),
    ("concept", '{ id = "Pariwisata desa", en = "Village tourism" }'),
    ("definition", '{ id = "…", en = "…" }'),
    ("interpretation", '{ id = "Semakin tinggi angkanya, …", en = "The higher the figure, …" }'),
    ("formula", '{ id = "…", en = "…" }'),
    ("measure", '{ id = "Jumlah", en = "Count" }'),
    ("breakdowns", '{ id = "Wilayah", en = "Area" }'),
    ("aggregation", '"sum"'),
    ("polarity", '"+"'),
    ("sensitivity", '"low"'),
    ("source", '{ id = "…", en = "…" }'),
)
"""What must be filled in."""
_MORE: Sequence[tuple[str, str]] = (
    ("activity", '"Pendataan potensi desa"'),
    ("estimation_level", '"village"'),
    ("public", "true"),
    ("minimum", "0"),
    ("maximum", "100000"),
    ("hard_range", "false"),
    ("parts", '{ numerator = "…", denominator = "penduduk", factor = 1000.0 }'),
    ("sums", '[["…", "…"]]'),
    ("composite", '["…"]'),
    ("applies_to", '["desa", "desa_adat"]'),
    ("stock", "false"),
    ("aliases", '["jml_kunjungan", "wisatawan"]'),
    ("ordered", "true"),
    ("categories", '[{ slug = "ada", name = { id = "Ada", en = "Present" }, spellings = ["ya"] }]'),
)
"""What may be filled in."""


def template(language: Language) -> str:
    """A TOML of one indicator; every line says what belongs there.

    What may be left out stands behind ``#``.
    """
    lines = [f"# {line}" for line in speak(language, "indicators.template_head").split(" | ")]
    lines += ["", "[kunjungan_wisata]"]
    for key, value in _EXAMPLE:
        lines += [f"# {_hint(language, key)}", f"{key} = {value}", ""]
    lines += [f"# {speak(language, 'indicators.template_more')}", ""]
    for key, value in _MORE:
        lines += [f"# {_hint(language, key)}", f"# {key} = {value}", ""]
    return "\n".join(lines)


def _hint(language: Language, key: str) -> str:
    label, hint = speak(language, f"msind.{key}"), speak(language, f"msind_hint.{key}")
    return f"{label}. {hint}"


def sheet(indicator: Indicator, language: Language) -> Iterable[tuple[str, str]]:
    """Label and text of every field that says something, in the order of MS-Ind."""
    for key, text in _fields(indicator, language):
        if text:
            yield speak(language, f"msind.{key}"), text


def _fields(each: Indicator, language: Language) -> Iterable[tuple[str, str]]:
    yield "slug", each.slug
    yield "name", each.name[language]
    for key in ("concept", "definition", "interpretation", "formula", "measure", "unit", "breakdowns"):
        yield key, getattr(each, key)[language]
    yield "kind", speak(language, f"indicator_kind.{each.kind.value}")
    if each.parts:
        yield "parts", f"{each.parts.numerator} / {each.parts.denominator} × {bound(language, each.parts.factor, 0)}"
    yield "sums", "; ".join(" + ".join(group) for group in each.sums)
    yield "composite", ", ".join(each.composite)
    yield "categories", "; ".join(answer.name[language] for answer in each.categories)
    yield "activity", each.activity
    level = Level.of(each.estimation_level)
    id = "level.village.mixed" if level is Level.VILLAGE else f"level.{level.slug}"
    yield "estimation_level", speak(language, id, n=1)
    yield "aggregation", speak(language, f"indicator_rule.{each.aggregation.value}")
    yield "polarity", speak(language, f"indicator_polarity.{each.polarity.name.lower()}")
    yield "sensitivity", speak(language, f"indicator_sensitivity.{each.sensitivity.value}")
    yield "stock", speak(language, "indicators.stock" if each.stock else "indicators.flow")
    yield "minimum", _range(each, language)
    yield "applies_to", ", ".join(each.applies_to)
    yield "public", speak(language, "indicators.yes" if each.public else "indicators.no")
    yield "source", each.source[language]
    yield "aliases", ", ".join(each.aliases)


def _range(each: Indicator, language: Language) -> str:
    """The usual range, and whether a figure outside is refused; nothing where there is none."""
    if each.kind is IndicatorKind.CATEGORY or (each.minimum is None and each.maximum is None):
        return ""
    low, high = ("…" if limit is None else bound(language, limit, 0) for limit in (each.minimum, each.maximum))
    return speak(language, "indicators.range_hard" if each.hard_range else "indicators.range", low=low, high=high)
