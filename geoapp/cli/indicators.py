"""Indicators: what is measured and what is said of it; add one of your own, list them, read one's sheet."""

from collections.abc import Iterable
from pathlib import Path

import click

from geoapp.catalogue import INDICATORS, Catalogue
from geoapp.catalogue.adding import add
from geoapp.cli.desk import Desk
from geoapp.cli.indicator_sheet import sheet, template
from geoapp.domain.indicators import Indicator
from geoapp.domain.words import Language
from geoapp.i18n import speak
from geoapp.releases.shaping.shape import indicator_named


@click.group()
def indicators() -> None:
    """Indicators of the catalogue, with the metadata of MS-Ind (Peraturan BPS 5/2020)."""


@indicators.command("add", epilog="Example: geoapp indicators add wisata.toml")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--theme", help="Theme; the name of FILE without.")
@click.option("--replace", is_flag=True, help="Replace indicators that are there already.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def add_(desk: Desk, file: Path, theme: str | None, replace: bool, as_json: bool) -> None:
    """Check the indicators of FILE, a TOML as `geoapp indicators template` prints it, and keep them for this site."""
    made = add(file, INDICATORS, desk.settings.site_folder / "indicators", theme, replace)
    if as_json:
        return desk.answer(
            {"indicators": list(made.indicators), "replaced": list(made.replaced), "file": str(made.file)}
        )
    named = ", ".join(made.indicators)
    return desk.say("indicators.added", n=len(made.indicators), indicators=named, file=str(made.file))


@indicators.command("list", epilog="Example: geoapp indicators list --theme kependudukan")
@click.option("--theme", help="Those of one theme.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def list_(desk: Desk, theme: str | None, as_json: bool) -> None:
    """Every indicator, by theme."""
    known = Catalogue.of(desk.settings).indicators.values()
    found = sorted((each for each in known if theme in (None, each.theme)), key=lambda each: each.theme)
    if as_json:
        return desk.answer({"indicators": [{"slug": each.slug, **each.as_dict()} for each in found]})
    if not found:
        return desk.say("indicators.none", theme=theme or "", themes=", ".join(sorted({each.theme for each in known})))
    heads = [speak(desk.language, f"indicators.head_{name}") for name in ("slug", "name", "unit", "kind", "theme")]
    return desk.table(heads, _rows(found, desk.language))


@indicators.command("show", epilog="Example: geoapp indicators show kepadatan")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def show(desk: Desk, slug: str, as_json: bool) -> None:
    """The sheet of SLUG: name, concept, definition, interpretation, formula, unit, range and how it is added up."""
    known = Catalogue.of(desk.settings).indicators
    found = indicator_named(slug, known)
    if as_json:
        return desk.answer(found.as_dict())
    for label, text in sheet(found, desk.language):
        desk.say("indicators.line", label=label, text=text)
    return None


@indicators.command("template", epilog="Example: geoapp indicators template > wisata.toml")
@click.pass_obj
def template_(desk: Desk) -> None:
    """A commented TOML of one indicator to fill in, for `geoapp indicators add`."""
    click.echo(template(desk.language), nl=False)


def _rows(found: Iterable[Indicator], language: Language) -> Iterable[tuple[str, ...]]:
    for each in found:
        kind = speak(language, f"indicator_kind.{each.kind.value}")
        yield each.slug, each.name[language], each.unit[language], kind, each.theme


COMMANDS: list[click.Command] = [indicators]
