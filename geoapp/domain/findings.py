"""Findings: what an import noticed, where, and how heavy it is; what it understood, and what it must be told.

A door renders the sentences.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Weight(StrEnum):
    """``stop`` ends the import, ``ask`` needs a person, ``warn`` should be read, ``note`` is for the record."""

    STOP = "stop"
    ASK = "ask"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was seen, as a person sees it in the spreadsheet: ``line`` counts from 1."""

    file: str = ""
    sheet: str = ""
    line: int | None = None
    cell: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The JSON form, empty parts left out."""
        parts = {"file": self.file, "sheet": self.sheet, "line": self.line, "cell": self.cell}
        return {name: part for name, part in parts.items() if part}


@dataclass(frozen=True, slots=True)
class Finding:
    """A message id with its values, its weight and its place."""

    weight: Weight
    message: str
    values: Mapping[str, Any] = field(default_factory=dict)
    place: Place = Place()

    def as_dict(self) -> dict[str, Any]:
        """The JSON form that is stored; the sentence is rendered when it is read."""
        return {
            "weight": self.weight.value,
            "message": self.message,
            "values": dict(self.values),
            "place": self.place.as_dict(),
        }

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Finding":
        """From the JSON form."""
        return cls(
            Weight(stored["weight"]),
            stored["message"],
            stored.get("values", {}),
            Place(**stored.get("place", {})),
        )


@dataclass(frozen=True, slots=True)
class Understood:
    """Something an import found out by itself: a message id with its values, and the option that says otherwise."""

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)
    option: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The JSON form that is stored."""
        return {"message": self.message, "values": dict(self.values), "option": self.option}


@dataclass(frozen=True, slots=True)
class Ask:
    """What a person must say before an import can go on, or, not ``blocking``, may say to join more rows."""

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    blocking: bool = True

    def as_dict(self) -> dict[str, Any]:
        """The JSON form that is stored."""
        return {
            "message": self.message,
            "values": dict(self.values),
            "options": list(self.options),
            "blocking": self.blocking,
        }
