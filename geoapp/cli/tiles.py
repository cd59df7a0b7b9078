"""Tiles: make those ahead that would keep people waiting, see what they take of the disk, remove them, export them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from geoapp.atlas import geography
from geoapp.atlas.page import MapPage
from geoapp.cli.desk import Desk
from geoapp.cli.tile_export import export, opened
from geoapp.domain.levels import Level
from geoapp.domain.regions import Edition
from geoapp.domain.zooms import MAX_ZOOM
from geoapp.errors import NotFound
from geoapp.i18n import speak
from geoapp.i18n.numbers import figure
from geoapp.store import reading
from geoapp.tiles import ahead, place
from geoapp.tiles.address import Address
from geoapp.tiles.ahead import Work
from geoapp.tiles.shelf import Shelf

_LEVELS = click.Choice([level.slug for level in Level])
_ZOOM = click.IntRange(0, MAX_ZOOM)


@click.group()
def tiles() -> None:
    """Vector tiles: what is made ahead, what lies on the disk, and archives for other hosts."""


@tiles.command(epilog="Example: geoapp tiles make indonesia-kemendagri-2025 --level village --to-zoom 10")
@click.argument("subjects", nargs=-1, metavar="[EDITION|LAYER]...")
@click.option("--level", type=_LEVELS, help="Only this level; without it every level of an edition, a layer's lowest.")
@click.option("--to-zoom", type=_ZOOM, help="Down to this zoom, instead of the last that takes long.")
@click.option("--period", help="Of layers: the period, instead of the latest.")
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON object.")
@click.pass_obj
def make(
    desk: Desk, subjects: tuple[str, ...], level: str | None, to_zoom: int | None, period: str | None, as_json: bool
) -> None:
    """Make tiles ahead, on the shelf that the service reads: an EDITION's shapes, a LAYER's picture tiles.

    Without a name those of every edition. Made are the zooms at which a tile holds 250 regions or more; all others are
    made in milliseconds when somebody asks. A command that was broken off goes on where it was.
    """
    shelf = Shelf.of(desk.settings)
    work = [*_works(desk, subjects, Level.of(level) if level else None, to_zoom, period)]
    report = [_made(desk, shelf, each) for each in work]
    if as_json:
        return desk.answer({"made": report, **_use(shelf)})
    if not report:
        return desk.say("tiles.none_slow")
    for each in report:
        desk.say("tiles.made", **each, mib=_mib(desk, each["bytes"]))
    return _say_use(desk, shelf)


def _works(
    desk: Desk, asked: Sequence[str], level: Level | None, to_zoom: int | None, period: str | None
) -> Iterator[Work]:
    """What is to be made of each subject. Raises NotFound, Gone, BadRequest."""
    known = {each.id: each for each in _editions(desk)}
    for name in asked or known:
        page = None if name in known else opened(desk, name, level, period)
        edition = page.layer.edition if page else known[name]
        shown = [each for each in Level if geography.regions(desk.store, edition.id, each)]
        if level is not None and level not in shown and asked:
            raise NotFound("error.edition_level", edition=edition.id, level=level.slug)
        for each in [page.level] if page else [level] if level in shown else shown if level is None else []:
            last = to_zoom if to_zoom is not None else _slow(desk, edition, each)
            squares = ahead.squares(desk.store, edition.id, each, range(0 if last is None else last + 1))
            if squares:
                yield _pictures(desk, page, squares) if page else ahead.shapes(desk.store, edition, each, squares)


def _slow(desk: Desk, edition: Edition, level: Level) -> int | None:
    return ahead.slow_zoom(geography.regions(desk.store, edition.id, level))


def _pictures(desk: Desk, page: MapPage, squares: Sequence[Address]) -> Work:
    from geoapp.pictures import tile

    def build(square: Address) -> bytes:
        return tile.of_map(desk.store, page, square.z, (square.x, square.y), square.bounds)

    return Work(page.layer.id, page.level, squares, lambda square: place.layer_key(page, square, "png"), build)


def _made(desk: Desk, shelf: Shelf, work: Work) -> dict[str, Any]:
    """Do the work, and say what it made."""
    count: Counter[str] = Counter()
    with desk.progress("tiles.making", len(work.squares), name=work.name, level=work.level.slug) as progress:
        for each in ahead.make(shelf, work):
            count.update(tiles=1, bytes=each.size, was_there=each.was_there)
            progress.advance()
    return {
        "name": work.name,
        "level": work.level.slug,
        "to_zoom": max(each.z for each in work.squares),
        **{name: count[name] for name in ("tiles", "was_there", "bytes")},
    }


@tiles.command("list", epilog="Example: geoapp tiles list --json")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def list_(desk: Desk, as_json: bool) -> None:
    """What the finished tiles of each edition take of the disk, and how much they may."""
    shelf = Shelf.of(desk.settings)
    published = {place.folder(each): each.id for each in _editions(desk)}
    rows: list[dict[str, Any]] = [
        {"folder": folder, "edition": published.get(folder), "tiles": count, "bytes": size}
        for folder, (count, size) in sorted(_folders(shelf).items())
    ]
    if as_json:
        return desk.answer({"editions": rows, **_use(shelf)})
    headers = [speak(desk.language, f"tiles.head_{name}") for name in ("edition", "tiles", "size")]
    old = speak(desk.language, "tiles.of_no_edition")
    said = ((row["edition"] or f"{row['folder']} ({old})", row["tiles"], _mib(desk, row["bytes"])) for row in rows)
    if rows:
        desk.table(headers, said, right=(1, 2))
    return _say_use(desk, shelf)


@tiles.command(epilog="Example: geoapp tiles clean kota-malang-hdx-2020")
@click.argument("edition", required=False)
@click.option("--all", "everything", is_flag=True, help="All finished tiles, of every edition.")
@click.pass_obj
def clean(desk: Desk, edition: str | None, everything: bool) -> None:
    """Remove finished tiles: EDITION's, all, or else those of editions that are no longer published.

    A service that runs goes on, and makes anew what is asked for.
    """
    shelf = Shelf.of(desk.settings)
    before = shelf.disk.use.used
    for folder in _unwanted(desk, shelf, edition, everything):
        shelf.disk.remove(folder)
    shelf.disk.remove_others()
    shelf.disk.sweep(wait=True)
    desk.say("tiles.cleaned", mib=_mib(desk, max(0, before - shelf.disk.use.used)))
    _say_use(desk, shelf)


def _unwanted(desk: Desk, shelf: Shelf, edition: str | None, everything: bool) -> Iterator[str]:
    there = [each for each in shelf.disk.folders() if each != "beside"]
    if everything:
        return iter([*there, "beside"])
    published = {place.folder(each): each.id for each in _editions(desk)}
    if edition is None:
        return (each for each in there if each not in published)
    if edition not in published.values():
        raise NotFound("error.no_edition", edition=edition)
    return (each for each in there if published.get(each) == edition)


def _folders(shelf: Shelf) -> dict[str, tuple[int, int]]:
    """Tiles and bytes of each folder of the shelf."""
    found: dict[str, tuple[int, int]] = {}
    for each in shelf.disk.files():
        name = Path(each.path).relative_to(shelf.disk.folder).parts[0]
        count, size = found.get(name, (0, 0))
        found[name] = count + 1, size + each.weight
    found.pop("beside", None)
    return found


def _editions(desk: Desk) -> list[Edition]:
    with desk.store.begin() as connection:
        return list(reading.editions(connection).values())


def _use(shelf: Shelf) -> dict[str, int]:
    use = shelf.disk.use
    return {"used_bytes": use.used, "bound_bytes": use.bound}


def _say_use(desk: Desk, shelf: Shelf) -> None:
    use = shelf.disk.use
    desk.say("tiles.use", used=_mib(desk, use.used), bound=_mib(desk, use.bound))


def _mib(desk: Desk, size: int) -> str:
    """Bytes as MiB, as the language writes numbers."""
    mib = size / (1 << 20)
    return figure(desk.language, mib, 0 if mib >= 100 else 1)


tiles.add_command(export)
COMMANDS = [tiles]
