"""Lineage on the command line: bring in which code became which, see it, take it back, or have it suggested."""

from pathlib import Path

import click
from sqlalchemy import Connection

from geoapp.cli.desk import Desk
from geoapp.domain.codes import CodeSystem, canonical
from geoapp.domain.lineage import Lineage, Step
from geoapp.domain.periods import Period, days, is_date
from geoapp.domain.regions import Edition
from geoapp.editions import descent
from geoapp.errors import BadRequest, NotFound, Refused
from geoapp.i18n import dates, numbers, speak
from geoapp.releases.lineage_files import read_lineage, together
from geoapp.store import lineage as kept
from geoapp.store import reading, releases, shapes

_SYSTEMS = click.Choice([system.value for system in CodeSystem])
_PATH = click.Path(path_type=Path)
_HEADS = ("old", "new", "kind", "share", "since", "act")
_SHOWN = 12


@click.group()
def lineage() -> None:
    """Which code became which: splits, merges, moves, new names, changes of kind.

    Figures under an old code are drawn on newer boundaries only through it.
    """


@lineage.command("import", epilog="Example: geoapp boundaries lineage import boundaries/sample/lineage.csv")
@click.argument("file", type=_PATH)
@click.option("--system", type=_SYSTEMS, help="Code system, if the codes leave doubt.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def import_(desk: Desk, file: Path, system: str | None, as_json: bool) -> None:
    """Keep the steps of FILE (CSV or XLSX), all or none.

    Columns: old, new, kind (split, merge, move, rename, kind), date, and where known share (of the old region, 0 to 1),
    share_of (area or population) and legal_basis. A split names all its parts, a merge all its origins. Where there is
    a column accept, only rows with a yes count. Steps of the same codes and day replace those there are.
    """
    brought = read_lineage(file, CodeSystem(system) if system else None)
    with desk.store.begin() as connection:
        replaced = together(brought, kept.held(connection, brought.system))
        kept.keep(connection, brought.system, brought.lines)
        detail = {"file": file.name, "system": brought.system.value, "steps": len(brought.lines)}
        releases.audit(connection, desk.actor, "import lineage", detail)
    changes = len(Lineage.of(brought.lines).changes)
    if as_json:
        counted = {"changes": changes, "replaced": replaced, "unmarked": brought.unmarked}
        return desk.answer({"system": brought.system.value, "steps": len(brought.lines), **counted})
    desk.say("lineage.loaded", n=len(brought.lines), changes=changes)
    for message, n in (("lineage.replaced", replaced), ("lineage.unmarked", brought.unmarked)):
        if n:
            desk.say(message, n=n)
    return None


@lineage.command("list", epilog="Example: geoapp boundaries lineage list --code 99.01.04.2006")
@click.option("--code", help="Only what this code came from or became.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def list_(desk: Desk, code: str | None, as_json: bool) -> None:
    """The steps there are, in the order of their days."""
    with desk.store.begin() as connection:
        found = [(system, each) for system in CodeSystem for each in _steps(connection, system, code)]
    if as_json:
        return desk.answer({"lineage": [_document(system, each) for system, each in found]})
    if not found:
        return desk.say("lineage.none_of", code=code) if code else desk.say("lineage.none")
    headers = [speak(desk.language, f"lineage.head_{name}") for name in _HEADS]
    return desk.table(headers, [_row(desk, each) for _, each in found], right={_HEADS.index("share")})


@lineage.command("remove", epilog="Example: geoapp boundaries lineage remove 99.01.04.2006 --date 2022-01-01")
@click.argument("code")
@click.option("--date", "day", help="Only the change of this day.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def remove(desk: Desk, code: str, day: str | None, as_json: bool) -> None:
    """Let go of every change in which CODE took part; what was published through it stays.

    The steps of one change go together: half a split would be another thing.
    """
    if day is not None and not is_date(day):
        raise BadRequest("error.edition_date", dated=day)
    since = days(Period(day))[0] if day else None
    gone: list[tuple[CodeSystem, Step]] = []
    with desk.store.begin() as connection:
        for system in CodeSystem:
            meant = canonical(system, code.strip())
            changes = Lineage.of(kept.held(connection, system)).changes
            own = [each for each in changes if meant in each.olds | each.news and since in (None, each.since)]
            steps = [step for each in own for step in each.steps]
            kept.remove(connection, system, steps)
            gone += [(system, step) for step in steps]
        if not gone:
            raise NotFound("error.no_lineage", code=code)
        releases.audit(connection, desk.actor, "remove lineage", {"code": code, "steps": len(gone)})
    if as_json:
        return desk.answer({"removed": [_document(system, each) for system, each in gone]})
    return desk.say("lineage.removed", n=len(gone))


@lineage.command(epilog="Example: geoapp boundaries lineage suggest kota-2020 kota-2024 --out silsilah.csv")
@click.argument("old")
@click.argument("new")
@click.option("--out", type=_PATH, required=True, metavar="FILE", help="Where to write the steps, to be marked.")
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON object.")
@click.pass_obj
def suggest(desk: Desk, old: str, new: str, out: Path, as_json: bool) -> None:
    """Suggest the steps that led from edition OLD to edition NEW, by code, name and shared land.

    Mark the right ones with yes under accept, fill in the legal act and the day, and import the file.
    """
    with desk.store.begin() as connection:
        before, after = _edition(connection, old), _edition(connection, new)
        if (before.code_system, before.base_level) != (after.code_system, after.base_level):
            raise Refused("error.lineage_editions", old=old, new=new)
        drawn = _drawn(connection, before), _drawn(connection, after)
    since = days(Period(after.dated))[0] if is_date(after.dated) else after.published_at.date()
    found = descent.suggest(after.code_system, *drawn, since)
    if found.steps:
        why = {each.why: speak(desk.language, each.why) for each in found.steps}
        descent.write(out, found.steps, why)
    if as_json:
        steps = [_document(after.code_system, each.step) for each in found.steps]
        return desk.answer({"suggested": steps, "unfollowed": list(found.unfollowed)})
    if not found.steps:
        desk.say("lineage.nothing", old=old, new=new)
    else:
        desk.say("lineage.suggested", n=len(found.steps), out=str(out))
    if found.unfollowed:
        codes = ", ".join(found.unfollowed[:_SHOWN])
        desk.say("lineage.unfollowed", n=len(found.unfollowed), codes=codes)
    return None


def _edition(connection: Connection, id: str) -> Edition:
    """The edition called ``id``. Raises NotFound if there is none."""
    found = reading.edition(connection, id)
    if found is None:
        raise NotFound("error.no_edition", edition=id)
    return found


def _drawn(connection: Connection, edition: Edition) -> list[descent.Drawn]:
    """The regions of an edition's base level with their shapes."""
    named = {each.number: each for each in reading.regions(connection, edition.id, edition.base_level)}
    full = shapes.full(connection, edition.id, edition.base_level)
    return [descent.Drawn(named[each.number].code, named[each.number].name, each.wkb) for each in full]


def _steps(connection: Connection, system: CodeSystem, code: str | None) -> tuple[Step, ...]:
    """All steps of a system, or those of one code in it; none where it is no code of the system."""
    if code is None:
        return kept.steps(connection, system)
    meant = canonical(system, code.strip())
    return kept.steps(connection, system, meant) if meant else ()


def _row(desk: Desk, step: Step) -> tuple[object, ...]:
    kind = speak(desk.language, f"lineage.kind.{step.kind.value}")
    share = numbers.ungrouped(desk.language, step.share) if step.share is not None else None
    return (step.old, step.new, kind, share, dates.day(desk.language, step.since), step.act)


def _document(system: CodeSystem, step: Step) -> dict[str, object]:
    """A step as JSON; every name is there, null where nothing is known."""
    share_of = step.share_of.value if step.share_of else None
    about = {"kind": step.kind.value, "share": step.share, "share_of": share_of, "legal_basis": step.act}
    return {"system": system.value, "old": step.old, "new": step.new, **about, "date": step.since.isoformat()}
