"""The driver: one change, one victim, one moment; afterwards the old or the new state, and again it works."""

import random
import time
from typing import NamedTuple

from tests.kill.answers import Answers, Visitors, differing, opened, seen
from tests.kill.moments import Command, Moment, hurry
from tests.kill.site import PATIENCE_S, Site, wait_for
from tests.kill.world import CHANGES, World

LOOK_ON_S = 0.5
"""How long people go on looking behind a kill."""


class Cell(NamedTuple):
    """One kill of the matrix."""

    change: str
    victim: str
    moment: str
    seed: int

    def __str__(self) -> str:
        return "-".join(map(str, self))


def drive(world: World, cell: Cell) -> str:
    """Run one cell on a site of its own; gives ``old`` or ``new``, the state that was found behind the kill."""
    change, moment, chance = CHANGES[cell.change], Moment(cell.moment), random.Random(str(cell))
    states = world.states(change)
    site = world.site()
    try:
        site.serve(moment.rename_s)
        visitors = strike(site, cell, states.seconds, chance)
        site.cluster.start()
        hurry(site)
        if change.command:
            site.forget_tiles()
        with opened(site) as reader:
            found = seen(reader)
        from_old, from_new = differing(found, states.old), differing(found, states.new)

        undisturbed(visitors, states.old, states.new)
        assert not from_old or not from_new, (from_old, from_new)
        if cell.victim != "master":
            assert not differing(seen(site), found), "the service that lived on tells something else"
        if change.command and not (change.once and not from_new):
            site.done(change.command)
        with opened(site) as reader:
            again = differing(seen(reader), states.new)
        assert not again, again
        return "new" if not from_new else "old"
    finally:
        site.removed()


def strike(site: Site, cell: Cell, seconds: float, chance: random.Random) -> Visitors:
    """Do the change while people look, kill at the moment, and wait until the service has come back by itself.

    The one above the workers has nobody who would bring it back. ``seconds``: how long the change takes.
    """
    change, moment = CHANGES[cell.change], Moment(cell.moment)
    site.execute(*change.prepare)
    moment.slow(site, change)
    with Visitors(site, cell.seed) as visitors:
        command = site.geoapp(change.command) if change.command else None
        with moment.met(site, command, seconds, chance):
            _kill(site, cell.victim, command)
        if command:
            command.wait(PATIENCE_S)
        if cell.victim != "master":
            wait_for(site.ready)
            time.sleep(LOOK_ON_S)
    return visitors


def undisturbed(visitors: Visitors, *states: Answers) -> None:
    """Hold what people saw to be of these states, and nothing else."""
    strange = [(path, answer.status, answer.body[:400]) for path, answer in visitors.strange(*states)]
    assert not visitors.wrong, visitors.wrong
    assert not strange, strange
    assert visitors.saw, "nobody saw anything"


def _kill(site: Site, victim: str, command: Command) -> None:
    if victim == "command":
        assert command
        command.kill()
    elif victim == "backend":
        site.kill_backend("geoapp" if command else "geoapp_public")
    else:
        {"worker": site.kill_worker, "master": site.kill_master, "database": site.kill_database}[victim]()
