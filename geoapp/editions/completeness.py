"""Whether a file has all villages of an upper region: as the person says, else the official list, else the source."""

from collections import defaultdict
from collections.abc import Mapping, Set
from typing import Any

from geoapp.domain.codes import GRAMMARS, CodeSystem
from geoapp.domain.levels import Level
from geoapp.editions.draft import Draft
from geoapp.editions.uppers import FILLED


class Completeness:
    """What is known about the villages an upper region should have; asked for one draft."""

    def __init__(self, draft: Draft) -> None:
        assert draft.system is not None, "recognise comes before dissolve"
        self._asked = draft.asked.complete
        profile = draft.profile
        self._source = profile.whole if profile and profile.level is draft.level else None
        official = draft.official.get(draft.system, {}) if draft.level is Level.VILLAGE else {}
        self._listed = _villages_above(draft.system, official)
        self._uppers = draft.uppers if draft.level is Level.VILLAGE else {}

    def is_whole(self, code: str, level: Level, present: Set[str]) -> bool:
        """Whether the base regions ``present`` are all that the region ``code`` has."""
        if self._asked is not None and level >= self._asked:
            return True
        if wanted := self._listed.get(code):
            return wanted <= present
        if upper := self._uppers.get(level, {}).get(code):
            return upper.filled >= FILLED
        return self._source is not None and level >= self._source

    def gap(self, code: str, present: Set[str]) -> tuple[str, dict[str, Any]]:
        """Why a region is no whole: a message and its values."""
        wanted = self._listed.get(code)
        if not wanted:
            return "finding.ancestor_unknown", {"code": code}
        missing = sorted(wanted - present)
        return "finding.ancestor_partial", {
            "code": code,
            "n": len(missing),
            "of": len(wanted),
            "codes": ", ".join(missing[:5]),
        }


def _villages_above(system: CodeSystem, official: Mapping[str, str]) -> Mapping[str, set[str]]:
    """The villages of the official list under each upper code."""
    widths, joint = GRAMMARS[system]
    ends = [sum(widths[: n + 1]) + n * len(joint) for n in range(4)]
    above: dict[str, set[str]] = defaultdict(set)
    for code in official:
        if len(code) == ends[3]:
            for end in ends[:3]:
                above[code[:end]].add(code)
    return above
