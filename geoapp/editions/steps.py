"""The lineage that a bundle carries: every step from or to a code of its edition; what is known at home stays."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from geoapp.domain.codes import CodeSystem
from geoapp.domain.lineage import Kind, ShareOf, Step
from geoapp.editions.binary_rows import damaged
from geoapp.store import candidates, lineage, reading


def of_edition(connection: Connection, edition: str) -> list[dict[str, Any]]:
    """The steps as JSON values, in the order of their days and codes."""
    found = reading.edition(connection, edition)
    assert found is not None, "asked of an edition that is there"
    codes = {row.code for row in candidates.region_rows(connection, edition)}
    every = lineage.steps(connection, found.code_system)
    touching = [each for each in every if each.old in codes or each.new in codes]
    return [_said(each) for each in sorted(touching, key=lambda each: (each.since, each.old, each.new))]


def bring(connection: Connection, system: CodeSystem, said: Sequence[Mapping[str, Any]]) -> None:
    """Keep the steps that nobody said here; of one that somebody did, what was said here counts.

    Raises
    ------
    Refused
        ``error.bundle_damaged`` if one is no step.
    """
    try:
        brought = [_step(each) for each in said]
    except (KeyError, TypeError, ValueError) as error:
        raise damaged() from error
    if brought:
        known = {(each.old, each.new, each.since) for each in lineage.held(connection, system)}
        lineage.keep(connection, system, [each for each in brought if (each.old, each.new, each.since) not in known])


def _said(step: Step) -> dict[str, Any]:
    return {
        "since": step.since.isoformat(),
        "old": step.old,
        "new": step.new,
        "kind": step.kind.value,
        "share": step.share,
        "share_of": step.share_of.value if step.share_of else None,
        "act": step.act,
    }


def _step(said: Mapping[str, Any]) -> Step:
    share_of = ShareOf(said["share_of"]) if said["share_of"] else None
    since = date.fromisoformat(said["since"])
    return Step(since, said["old"], said["new"], Kind(said["kind"]), said["share"], share_of, said["act"])
