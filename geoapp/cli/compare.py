"""Two editions held against each other: a table for people, an object for machines, a file for other programs."""

from pathlib import Path

import click

from geoapp.cli.desk import Desk
from geoapp.editions import compare_files
from geoapp.editions.compare import SHARE, Change, What, counted
from geoapp.editions.comparing import Comparison, run
from geoapp.i18n import numbers, speak

_SHOWN = 20
"""Changes of a kind that a screen has room for."""


@click.command(epilog="Example: geoapp boundaries compare kota-a-hdx-2020 kota-a-kemendagri-2025 --out changes.gpkg")
@click.argument("old")
@click.argument("new")
@click.option(
    "--share",
    type=click.FloatRange(0, 100),
    default=SHARE,
    show_default=True,
    metavar="PERCENT",
    help="How much of the land inside either outline must lie in one only for it to count as changed.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write every change as .csv or .gpkg.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def compare(desk: Desk, old: str, new: str, share: float, out: Path | None, as_json: bool) -> None:
    """What changed from edition OLD to edition NEW.

    Codes that appeared and vanished, regions with another name, parent or kind, and outlines of which more than so many
    percent of the land lies in one of both editions only. Editions of different code systems are compared through the
    crosswalks that are loaded (geoapp codes import); a region that none links is said to be so.
    """
    if out is not None:
        compare_files.hold_suffix(out)
    with desk.store.begin() as connection:
        with desk.progress("differ.reading"):
            found = run(connection, old, new, share)
        if out is not None:
            compare_files.write(connection, out, found)
    if as_json:
        return desk.answer(found.as_dict())
    return _show(desk, found)


def _show(desk: Desk, found: Comparison) -> None:
    desk.say("differ.head", old=found.old.id, new=found.new.id)
    if found.linked:
        desk.say("differ.through")
    if not found.changes:
        return desk.say("differ.same", n=found.same)
    share = numbers.bound(desk.language, found.share, 0)
    for level, counts in counted(found.changes).items():
        some = [each for each in found.changes if each.level.slug == level]
        desk.heading(speak(desk.language, f"differ.level_{level}"))
        for what in (each for each in What if each.value in counts):
            desk.say(f"differ.count_{what.value}", n=counts[what.value], share=share)
            _table(desk, what, [each for each in some if each.what is what])
    desk.heading(speak(desk.language, "differ.same", n=found.same))
    return None


def _table(desk: Desk, what: What, changes: list[Change]) -> None:
    heads = [speak(desk.language, f"differ.head_{name}") for name in ("code", "name", "before", "after")]
    if what is What.OUTLINE:
        heads.append(speak(desk.language, "differ.head_share"))
    right = {2, 3, 4} if what is What.OUTLINE else ()
    desk.table(heads, (_row(desk, each) for each in changes[:_SHOWN]), right)
    if len(changes) > _SHOWN:
        desk.say("differ.more", n=len(changes) - _SHOWN)


def _row(desk: Desk, change: Change) -> tuple[str, ...]:
    cells = (_code(change), change.name, _cell(desk, change.before), _cell(desk, change.after))
    return cells if change.share is None else (*cells, _figure(desk, change.share))


def _code(change: Change) -> str:
    """The code; where the systems differ both."""
    codes = dict.fromkeys(code for code in (change.code, change.new_code) if code)
    return " → ".join(codes)


def _cell(desk: Desk, value: str | float | None) -> str:
    """A name, a code, a kind, or an area."""
    return f"{_figure(desk, value)} km²" if isinstance(value, float) else value or ""


def _figure(desk: Desk, value: float) -> str:
    return numbers.figure(desk.language, value, 2)
