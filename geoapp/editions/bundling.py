"""An edition to a bundle and back: made on a large machine, loaded on a small one by COPY in one transaction."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

import psycopg
from sqlalchemy import Connection

from geoapp.domain.codes import CodeSystem
from geoapp.domain.zooms import REVISION
from geoapp.editions import bundle, ids, steps
from geoapp.editions.binary_rows import Field, damaged, rows, text, whole, written
from geoapp.editions.bundle import Bundle
from geoapp.editions.publish import Published
from geoapp.editions.stated import add_region, digest_of
from geoapp.errors import NotFound, Refused
from geoapp.store import bundles, editions, places
from geoapp.store.bundles import Part
from geoapp.store.database import Store

_WRONG = (psycopg.DataError, psycopg.IntegrityError, psycopg.InternalError)
"""What the database says of rows that are none of an edition's."""


class Loaded(NamedTuple):
    """What became of a bundle, and what it says of its edition, in columns."""

    published: Published
    about: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the edition, and the size of the file in bytes."""

    edition: str
    size: int


def export(store: Store, edition: str, out: Path, began: Callable[[str], None] = lambda table: None) -> Exported:
    """Write an edition to a bundle.

    Raises
    ------
    NotFound
        If there is no such edition.
    Refused
        If the file cannot be written.
    BadRequest
        If another file stands there.
    """
    with store.begin() as connection:
        if edition not in {each.id for each in editions.list_editions(connection)}:
            raise NotFound("error.no_edition", edition=edition)
        tables = {
            part.table: ({"columns": list(part.columns)}, _told(began, part.table, connection, part, edition))
            for part in bundles.parts()
        }
        link = places.crosswalk_of(connection, edition)
        about = {
            "edition": bundles.about(connection, edition),
            "crosswalk": link,
            "lineage": steps.of_edition(connection, edition),
        }
        bundle.write(out, about, tables)
    return Exported(edition, out.stat().st_size)


def _told(
    began: Callable[[str], None], table: str, connection: Connection, part: Part, edition: str
) -> Iterator[bytes]:
    began(table)
    yield from bundles.copied_out(connection, part, edition)


def check(path: Path, began: Callable[[str], None] = lambda table: None) -> Mapping[str, Any]:
    """Hold a bundle against its digests, and give what it says of its edition. Raises as ``load`` does."""
    with bundle.opened(path) as opened:
        began("verify")
        _verify(opened)
        edition: Mapping[str, Any] = opened.manifest["edition"]
        return edition


def load(store: Store, path: Path, id: str | None, began: Callable[[str], None] = lambda table: None) -> Loaded:
    """Publish the edition of a bundle, or find that the same content is published already; then nothing is written.

    Raises
    ------
    NotFound
        If there is no such file.
    Refused
        If the bundle is damaged or of another version, or the asked id is taken by other content.
    BadRequest
        If the asked id is no slug.
    """
    if id is not None:
        ids.hold_slug(id)
    with bundle.opened(path) as opened:
        began("verify")
        _verify(opened)
        said = dict(opened.manifest["edition"])
        with store.begin() as connection:
            if there := editions.known(connection, said["digest"]):
                return Loaded(Published(there, said["area"], is_new=False), said)
            said["id"] = ids.free(connection, id or said["id"], said["digest"], asked=id is not None)
            try:
                _write(connection, opened, said, began)
            except _WRONG as error:
                raise damaged() from error
    return Loaded(Published(said["id"], said["area"], is_new=True), said)


def _write(connection: Connection, opened: Bundle, said: dict[str, Any], began: Callable[[str], None]) -> None:
    bundles.insert_edition(connection, said, REVISION)
    if (link := opened.manifest["crosswalk"]) is not None:
        places.load_crosswalk(connection, said["id"], link["dated"], link["status"], ())
    for part in bundles.parts():
        began(part.table)
        with opened.table(part.table) as file:
            bundles.copy_in(connection, part, written(_renamed(file, part, said["id"])))
    steps.bring(connection, CodeSystem(said["code_system"]), opened.manifest["lineage"])
    bundles.analyse(connection)


def _renamed(file: IO[bytes], part: Part, id: str) -> Iterator[list[Field]]:
    own: Field = id.encode()
    return ([own, *row] for row in rows(file, len(part.columns)))


def _verify(opened: Bundle) -> None:
    """Every digest, the columns, and that the regions are those whose digest is the edition's."""
    expected = {part.table: list(part.columns) for part in bundles.parts()}
    found = {name: said["columns"] for name, said in opened.manifest["tables"].items()}
    edition = opened.manifest["edition"]
    if found != expected or set(edition) != set(bundles.edition_columns()):
        raise Refused("error.bundle_version", found="other columns", needed="those of this version")
    opened.verify()
    told = edition["report"].get("said", {})
    made = digest_of(edition["source"], edition["dated"], edition["code_system"], edition["base_level"], told)
    with opened.table("region") as file:
        for region in _regions(file, expected["region"]):
            add_region(made, *region)
    if made.hexdigest() != edition["digest"]:
        raise damaged()


def _regions(file: IO[bytes], columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """What the digest is made of, region by region."""
    at = {name: n for n, name in enumerate(columns)}
    for row in rows(file, len(columns)):
        level, number = whole(row[at["level"]]), whole(row[at["number"]])
        code, name, parent = (text(row[at[each]]) for each in ("code", "name", "parent"))
        yield level, number, code, name, parent, row[at["shape"]]
