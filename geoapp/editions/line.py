"""The line: every step in order, from a file to a draft that is ready to publish."""

from collections.abc import Callable, Sequence

from geoapp.domain.findings import Finding, Weight
from geoapp.editions.clean import clean
from geoapp.editions.dissolve import dissolve
from geoapp.editions.draft import Draft, Step
from geoapp.editions.generalise import generalise
from geoapp.editions.read import read
from geoapp.editions.recognise import recognise

STEPS: Sequence[Callable[[Draft], Step]] = (read, recognise, clean, dissolve, generalise)


def prepare(
    draft: Draft, steps: Sequence[Callable[[Draft], Step]] = STEPS, began: Callable[[str], None] = lambda step: None
) -> Step:
    """Run the steps, each called by its name in ``began``; ends early behind a step that says *stop*.

    Raises
    ------
    Refused
        If a step cannot go on at all; what it means is in the error.
    """
    findings: tuple[Finding, ...] = ()
    for step in steps:
        began(step.__name__)
        draft, said = step(draft)
        findings += said
        if any(each.weight is Weight.STOP for each in said):
            break
    return draft, findings
