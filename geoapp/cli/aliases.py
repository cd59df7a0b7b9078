"""Other names of regions that people accepted at an import: see them, take one back."""

import click

from geoapp.cli.desk import Desk
from geoapp.errors import NotFound, Refused
from geoapp.i18n import dates, speak
from geoapp.store import places, releases

_HEADS = ("id", "name", "region", "system", "file", "line", "actor", "date")


@click.group()
def aliases() -> None:
    """Other names of regions, accepted at an import and used at the next."""


@aliases.command("list", epilog="Example: geoapp aliases list")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def list_(desk: Desk, as_json: bool) -> None:
    """Every accepted name with its region, file, line and who accepted it, newest first."""
    with desk.store.begin() as connection:
        found = places.alias_list(connection)
    if as_json:
        return desk.answer({"aliases": [dict(each) for each in found]})
    if not found:
        return desk.say("aliases.none")
    rows = [
        (
            each["id"],
            each["name"],
            each["code"],
            each["code_system"],
            each["origin"].get("file"),
            each["origin"].get("line"),
            each["actor"],
            dates.day(desk.language, each["accepted_at"]),
        )
        for each in found
    ]
    return desk.table([speak(desk.language, f"aliases.head_{name}") for name in _HEADS], rows)


@aliases.command("revoke", epilog='Example: geoapp aliases revoke 7 --reason "desa lain"')
@click.argument("id", type=int)
@click.option("--reason", required=True, help="Why; kept in the record.")
@click.pass_obj
def revoke(desk: Desk, id: int, reason: str) -> None:
    """Take an accepted name back; what was published with it stays until its table is imported again."""
    if not reason.strip():
        raise Refused("error.reason_needed")
    with desk.store.begin() as connection:
        row = places.revoke_alias(connection, id, reason.strip())
        if row is None:
            raise NotFound("error.no_alias", alias=id)
        detail = {"alias": id, "name": row["name"], "code": row["code"], "reason": reason.strip()}
        releases.audit(connection, desk.actor, "revoke alias", detail)
    desk.say("aliases.revoked", name=row["name"], code=row["code"])


COMMANDS: list[click.Command] = [aliases]
