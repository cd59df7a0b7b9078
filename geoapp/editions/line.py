"""The line: every step in order, from a file to a draft that is ready to publish."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from geoapp.domain.findings import Finding, Weight
from geoapp.editions.clean import clean
from geoapp.editions.dissolve import dissolve
from geoapp.editions.draft import Draft, Step
from geoapp.editions.generalise import generalise
from geoapp.editions.islands import give_back
from geoapp.editions.locate import locate
from geoapp.editions.naming import name
from geoapp.editions.read import read
from geoapp.editions.recognise import recognise
from geoapp.editions.sift import sift
from geoapp.editions.uppers import uppers
from geoapp.errors import GeoappError

STEPS: Sequence[Callable[[Draft], Step]] = (read, recognise, locate, name, sift, clean, uppers, dissolve, generalise)


class Attempt(NamedTuple):
    """How far a file came: the draft as the last step left it, what was said, and why it ended early, if it did."""

    draft: Draft
    findings: tuple[Finding, ...]
    error: GeoappError | None


def attempt(
    draft: Draft, steps: Sequence[Callable[[Draft], Step]] = STEPS, began: Callable[[str], None] = lambda step: None
) -> Attempt:
    """Run the steps, each called by its name in ``began``; ends behind a step that refuses, asks, or says *stop*."""
    findings: tuple[Finding, ...] = ()
    for step in steps:
        began(step.__name__)
        try:
            draft, said = step(draft)
        except GeoappError as error:
            return Attempt(draft, findings, error)
        give_back()
        findings += said
        if draft.question is not None:
            return Attempt(draft, findings, draft.question)
        if any(each.weight is Weight.STOP for each in said):
            break
    return Attempt(draft, findings, None)


def prepare(
    draft: Draft, steps: Sequence[Callable[[Draft], Step]] = STEPS, began: Callable[[str], None] = lambda step: None
) -> Step:
    """Run the steps to the end.

    Raises
    ------
    Refused
        If a step cannot go on; what it means is in the error.
    """
    done = attempt(draft, steps, began)
    if done.error is not None:
        raise done.error
    return done.draft, done.findings
