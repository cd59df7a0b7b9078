"""Measure tiles beside other servers: the same shapes, tiles and number of workers, in one run; cold and warm apart.

Run: make bench-peers (or .venv/bin/python benchmarks/peers.py)
Each peer is started anew for every cold round, and asked for each tile once over one connection; then 16 connections
ask for the same tiles in turns. What came is decoded and judged: villages lost, borders that do not match. Peers are
installed on the first run; one that cannot be is named and left out.
"""

import gzip
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

import shapely
from bench import load, places, results, site, verdict
from bench.load import Load, TooSlow
from bench.machine import running_seconds
from bench.peers import mapserver, ours, plain, pygeoapi, tipg
from bench.peers.base import Absent, Peer, Running, opened
from bench.peers.tables import Table, Tables
from bench.results import Figure, p99

from geoapp.tiles.address import Address

ZOOMS = (7, 9, 12)
COLD_ROUNDS = 2
WARM_RUNS = 2
QUICK = "--quick"
"""One zoom, each thing once, nothing written: to see that all peers work."""
_AWAKE = Table(places.SAMPLE.name, places.SAMPLE.edition, 11)
"""Asked for before anything is measured, and never measured."""


@dataclass(frozen=True)
class Contender:
    """A peer on the shapes that our tiles are cut from, or (``full``) on those that were imported."""

    peer: Peer
    full: bool = False

    @property
    def name(self) -> str:
        """As the tables call it."""
        return self.peer.NAME + (", full shapes" if self.full else "")

    def table(self, table: Table) -> Table:
        """The table it is asked for instead of ``table``."""
        return table.full() if self.full else table


CONTENDERS = (
    Contender(ours),
    Contender(plain),
    Contender(mapserver),
    Contender(tipg),
    Contender(pygeoapi),
    Contender(plain, full=True),
    Contender(mapserver, full=True),
)


@dataclass
class Seen:
    """What one contender gave for one table: tiles, milliseconds of each when cold, seconds of processor, runs."""

    bodies: dict[Address, bytes] = field(default_factory=dict)
    cold: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    warm: list[Load] = field(default_factory=list)


def measured(contender: Contender, tables: Tables, wanted: list[Table], quick: bool) -> dict[Table, Seen]:
    """All of one contender. Raises Absent."""
    found = {table: Seen() for table in wanted}
    rounds = 1 if quick else COLD_ROUNDS
    for turn in range(rounds):
        with contender.peer.running(tables) as server:
            server.wake(_AWAKE, tables.squares(_AWAKE))
            for table in wanted:  # far out at sea: what a server keeps of a table is kept, and no tile of it made
                server.wake(contender.table(table), [Address(table.zoom, 0, 0)])
            for table, seen in found.items():
                _cold(contender, server, tables, table, seen)
            for table, seen in found.items() if turn == rounds - 1 else ():
                with suppress(TooSlow):
                    for _ in range(1 if quick or contender.full else WARM_RUNS):
                        seen.warm.append(server.load(contender.table(table), tables.squares(table)))
    return found


def _cold(contender: Contender, server: Running, tables: Tables, table: Table, seen: Seen) -> None:
    squares = tables.squares(table)
    before = running_seconds(server.roots)
    for square in squares:
        begun = time.perf_counter()
        body = server.ask(contender.table(table), square)
        seen.cold.append((time.perf_counter() - begun) * 1000)
        seen.bodies[square] = body
    seen.cpu.append((running_seconds(server.roots) - before) / len(squares) * 1000)


def told(name: str, group: str, seen: Seen, true: Mapping[str, shapely.Geometry]) -> Iterator[Figure]:
    """One line of the table ``group``."""
    line = partial(Figure, group=group, row=name)
    found = verdict.judged({square: opened(body) for square, body in seen.bodies.items()}, true)
    packed = sum(len(gzip.compress(opened(body), 6)) for body in seen.bodies.values())
    yield line("cold p50", "ms", seen.cold)
    yield line("cold p99", "ms", [p99(seen.cold)])
    yield line("cold CPU", "ms/tile", seen.cpu)
    if seen.warm:
        yield line("warm", "requests/s", [each.rate for each in seen.warm])
        yield line("warm p50", "ms", [each.p50 for each in seen.warm])
        yield line("warm p99", "ms", [each.p99 for each in seen.warm])
        yield line("warm CPU", "ms/tile", [each.cpu / 1000 for each in seen.warm])
    yield line("gzip", "kB", [packed / 1000])
    yield line("villages lost", "", [len(found.lost)])
    yield line("with an unmatched edge", "", [len(found.unmatched)])
    yield line("invalid", "", [len(found.invalid)])
    yield line("overlap", "units²", [round(found.overlap, 1)])
    yield line("crossings between tiles that differ", "", [found.differing])


def main() -> None:
    """All contenders, one after the other."""
    machine, quick = results.begin(), QUICK in sys.argv[1:]
    site.prepared()
    if load.missing("wrk", "wrk"):
        return
    chosen = {place.name: place for place in places.chosen()}
    zooms = ZOOMS[1:2] if quick else ZOOMS
    wanted = [Table(name, place.edition, zoom) for name, place in chosen.items() for zoom in zooms]
    tables = Tables([_AWAKE, *wanted, *dict.fromkeys(table.full() for table in wanted)])
    tables.fill()
    figures, versions = [], {}
    for contender in CONTENDERS:
        try:
            versions[contender.peer.NAME] = contender.peer.version()
            found = measured(contender, tables, wanted, quick)
        except (Absent, SystemExit) as problem:
            if contender.peer is ours:
                raise
            print(f"{contender.name} is left out: {problem}")
            versions[contender.peer.NAME] = f"left out ({problem})"
            continue
        for table, seen in found.items():
            shapes = tables.shapes(contender.table(table), table.zoom)
            group = f"{chosen[table.place].title}, z{table.zoom}: {len(shapes)} villages, {len(seen.bodies)} tiles"
            figures += told(contender.name, group, seen, shapes)
            print(f"{group}: {contender.name} done", flush=True)
    if quick:
        print("\n".join(results.table(figures)))
    else:
        results.write("peers", machine | versions, figures)


if __name__ == "__main__":
    main()
