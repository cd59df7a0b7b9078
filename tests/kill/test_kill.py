"""Kill -9 of anything at any moment: what the public sees is the old or the new state, whole, and again works."""

import random
from collections.abc import Iterator

import pytest

from tests.kill.answers import B, differing, seen
from tests.kill.driver import Cell, drive, strike, undisturbed
from tests.kill.moments import hurry
from tests.kill.site import Site
from tests.kill.world import CHANGES, World

_CELLS = """
import   command   rows rows commit any any
import   backend   rows commit any
import   database  rows commit any
import   worker    rows
import   master    commit
publish  command   rows commit
publish  backend   rows commit
publish  database  rows commit
publish  worker    commit
publish  master    rows
redraw   command   rows
redraw   backend   commit
redraw   database  rows commit
look     worker    rename cut
look     master    rename
look     backend   cut
look     database  rename any
"""
MATRIX = [
    Cell(change, victim, moment, seed)
    for line in _CELLS.strip().splitlines()
    for change, victim, *moments in [line.split()]
    for seed, moment in enumerate(moments)
]
_OF_THE_WRITER = ("command", "backend", "database")


@pytest.mark.proof
@pytest.mark.parametrize("cell", MATRIX, ids=str)
def test_behind_a_kill_there_is_the_old_or_the_new_state(world: World, cell: Cell) -> None:
    found = drive(world, cell)

    if cell.moment == "rows" and cell.change != "redraw" and cell.victim in _OF_THE_WRITER:
        assert found == "old", "rows were kept without their commit"


@pytest.mark.proof
def test_there_are_thirty_kills_and_more() -> None:
    assert len(set(MATRIX)) >= 30


@pytest.fixture(scope="module")
def served(world: World) -> Iterator[Site]:
    """A site that is served."""
    site = world.site()
    site.serve()
    yield site
    site.removed()


def test_an_import_whose_database_is_killed_leaves_the_old_state_and_can_be_run_again(served: Site) -> None:
    old = seen(served)

    visitors = strike(served, Cell("import", "database", "rows", 0), 0, random.Random(0))
    hurry(served)

    assert differing(seen(served), old) == []
    undisturbed(visitors, old)
    served.done(CHANGES["import"].command)
    new = seen(served)
    assert {f"/tiles/{B}/village.json", f"/tiles/{B}/village/0/0/0.mvt"} <= set(differing(new, old))
    assert all(B in path for path in differing(new, old))


def test_a_publication_goes_on_when_a_worker_is_killed(served: Site) -> None:
    old = seen(served)

    visitors = strike(served, Cell("publish", "worker", "commit", 0), 0, random.Random(0))
    hurry(served)

    new = seen(served)
    assert {"/", "/layers.json", "/releases"} <= set(differing(new, old))
    undisturbed(visitors, old, new)
