"""What an edition says of its origin: whose it is, how it is named, its licence, date and status."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from geoapp.catalogue.sources import SourceProfile
from geoapp.domain.regions import BoundaryStatus
from geoapp.domain.words import Words
from geoapp.editions.draft import Asked


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person said counts, else what is known of the source; ``said`` is what differs from the latter.

    ``said`` is a part of an edition's content, because maps show it: the same shapes under another licence are
    another edition.
    """

    source: str
    attribution: Words
    licence: str
    status: BoundaryStatus
    dated: str
    said: Mapping[str, str]

    @classmethod
    def of(cls, asked: Asked, profile: SourceProfile) -> "Stated":
        """Of a file that was recognised; who names a publisher alone gets it as the attribution, too."""
        attribution = profile.attribution
        if asked.attribution:
            attribution = Words(asked.attribution)
        elif asked.source:
            attribution = Words(f"Batas: {asked.source}", f"Boundaries: {asked.source}")
        licence, status = asked.licence or profile.licence, asked.status or profile.status
        chosen = {
            "attribution": (attribution.id, profile.attribution.id),
            "licence": (licence, profile.licence),
            "status": (status.value, profile.status.value),
        }
        return cls(
            source=asked.source or profile.slug,
            attribution=attribution,
            licence=licence,
            status=status,
            dated=asked.dated or profile.dated,
            said={name: mine for name, (mine, known) in chosen.items() if mine != known},
        )

    def digest(self, system: str, level: int) -> "hashlib._Hash":
        """The beginning of the digest of an edition's content, to which its regions are added."""
        return digest_of(self.source, self.dated, system, level, self.said)


def digest_of(source: str, dated: str, system: str, level: int, said: Mapping[str, str]) -> "hashlib._Hash":
    """The same of an edition that was published: ``said`` is kept in its report."""
    words = "".join(f"|{name}={said[name]}" for name in sorted(said))
    return hashlib.sha256(f"{source}|{dated}|{system}|{level}{words}".encode())


def add_region(
    made: "hashlib._Hash",
    level: int | None,
    number: int | None,
    code: str | None,
    name: str | None,
    parent: str | None,
    shape: bytes | None,
) -> None:
    """Add a region to the digest of an edition: ancestors first, then level by level from the top, by number."""
    made.update(f"|{level}|{number}|{code}|{name}|{parent}|".encode())
    made.update(shape or b"")
