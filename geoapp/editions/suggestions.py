"""Suggestions: which official region a feature without a code may be, and how a person says yes, at once or by file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from geoapp.domain.accepted import LIMIT_BYTES, accepted
from geoapp.domain.names import normalise
from geoapp.domain.numbered_names import without_number
from geoapp.editions.output import write_table
from geoapp.errors import NotFound, Refused

COLUMNS = ("feature", "name", "parent", "suggested_code", "suggested_name", "score", "why", "accept")
"""As the file is written; ``accept`` is left empty for a person's ya, or another code."""


class Suggestion(NamedTuple):
    """A region that a feature (number from 0) may be: ``score`` 0…100, ``why`` a message id."""

    row: int
    name: str
    parent: str
    code: str
    official: str
    score: int
    why: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What a person accepts: every suggestion of a score, or those marked in a file (feature → code, and its name)."""

    score: int | None = None
    codes: Mapping[int, str] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    file: str = ""

    def code_of(self, suggestion: Suggestion | None, row: int) -> str | None:
        """The code that is accepted for a feature, or None."""
        if self.score is None:
            return self.codes.get(row)
        return suggestion.code if suggestion is not None and suggestion.score >= self.score else None

    def refuse_stale(self, names: Mapping[int, str]) -> None:
        """Refuse what was accepted of another file, or of this one before its features were moved.

        Raises
        ------
        Refused
            ``error.names_stale`` with the first feature that is no longer called as it was when it was accepted.
        """
        for row, name in sorted(self.names.items()):
            there = names.get(row, "")
            if normalise(name) not in (normalise(there), normalise(without_number(there))):
                raise Refused("error.names_stale", file=self.file, line=row + 1, name=name[:60])


def acceptance(said: str) -> Acceptance:
    """What ``--accept-names`` says: the least score that is enough, or the file of suggestions.

    Raises
    ------
    NotFound, BadRequest
        If it is no file, or no file of suggestions, or one without a yes.
    """
    if said.isdigit():
        return Acceptance(score=int(said))
    path = Path(said)
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT_BYTES + 1)
    except FileNotFoundError as error:
        raise NotFound("error.no_file", file=path.name) from error
    found = accepted(content, path.name, "feature", "error.names_form")
    return Acceptance(
        codes={each.row - 1: each.code for each in found},
        names={each.row - 1: each.name.removeprefix("'") for each in found},
        file=path.name,
    )


def write(path: Path, suggestions: Sequence[Suggestion], why: Mapping[str, str]) -> None:
    """Write the suggestions for a person to mark; ``why`` are the reasons in the reader's words.

    Raises
    ------
    Refused
        If it cannot be written.
    """
    rows = (
        (each.row + 1, each.name, each.parent, each.code, each.official, each.score, why[each.why], "")
        for each in suggestions
    )
    write_table(path, COLUMNS, rows)
