"""``geoapp statistics derive``: a rate made of the published figures of its parts."""

from typing import Any

import click

from geoapp.catalogue import Catalogue
from geoapp.cli.desk import Desk
from geoapp.cli.statistics import publish_, statistics
from geoapp.i18n import speak
from geoapp.releases.options import asked_period
from geoapp.releases.publishing.derivation import Derived, derive

COMMANDS: list[click.Command] = []
"""The command stands in the group ``statistics``."""


@statistics.command(
    "derive", epilog="Example: geoapp statistics derive --indicator kepadatan --edition kota-malang-2025"
)
@click.option("--indicator", required=True, metavar="SLUG", help="Indicator of the catalogue that has parts.")
@click.option("--edition", required=True, help="Boundary edition on which the parts are published.")
@click.option("--period", "periods", multiple=True, help="Period, such as 2024; all that both parts have without it.")
@click.option("--publish", "at_once", is_flag=True, help="Publish at once.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_context
def derive_(
    context: click.Context, /, indicator: str, edition: str, periods: tuple[str, ...], at_once: bool, as_json: bool
) -> None:
    """Stage a batch of a rate, made of the newest published figures of its parts."""
    if at_once and as_json:
        raise click.UsageError("--publish and --json do not go together: publish the batch of the report.")
    desk: Desk = context.obj
    known = Catalogue.of(desk.settings).indicators
    made = derive(desk.store, known, indicator, edition, tuple(map(asked_period, periods)), desk.actor)
    if as_json:
        return desk.answer(_document(desk, made))
    heads = [speak(desk.language, f"statistics.head_{name}") for name in ("indicator", "period", "figure", "state")]
    desk.table(heads, ((s.indicator, s.period, s.figure, s.state) for s in made.report.series))
    desk.show(made.report.findings)
    if at_once:
        context.invoke(publish_, batch=made.batch, style=None, as_json=False)
    else:
        desk.say("derive.staged", batch=made.batch)
    return None


def _document(desk: Desk, made: Derived) -> dict[str, Any]:
    return {
        "batch": made.batch,
        "indicator": made.indicator,
        "edition": made.report.edition,
        "periods": list(made.report.periods),
        "regions": [each._asdict() for each in made.report.series],
        "findings": [
            {"weight": each.weight.value, "sentence": speak(desk.language, each.message, **each.values)}
            for each in made.report.findings
        ],
    }
