"""A text in both languages of the service."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """One text, Indonesian and English; English falls back to Indonesian where it is empty."""

    id: str
    en: str = ""

    def __getitem__(self, language: Language) -> str:
        return self.en if language == "en" and self.en else self.id

    @classmethod
    def of(cls, raw: "str | Mapping[str, str]") -> "Words":
        """From a plain string, or a table with ``id`` and ``en``."""
        return cls(raw, raw) if isinstance(raw, str) else cls(raw["id"], raw.get("en", ""))

    def as_dict(self) -> dict[str, str]:
        """The JSON form, both languages filled."""
        return {"id": self.id, "en": self["en"]}
