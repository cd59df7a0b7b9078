"""The built scripts and style sheets: public name to hashed address, and the bytes behind an address."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from geoapp.errors import NotFound, Unavailable

ENCODINGS: Mapping[str, str] = {"br": ".br", "gzip": ".gz"}
"""Content encodings the build leaves beside each file, best first, and their suffixes."""


MEDIA_TYPES: Mapping[str, str] = {".js": "text/javascript", ".css": "text/css"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent: bytes, media type, and the content encoding they are in (empty: none)."""

    body: bytes
    media_type: str
    encoding: str


class Assets:
    """The folder that ``geoapp/web/viewer/build.mjs`` fills.

    An address never changes its bytes, so it may be kept for a year; only files named in the manifest's folder with
    a hash are given out, and names with a path in them are refused as unknown.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def manifest(self) -> Mapping[str, str]:
        """Public name → file name. Raises Unavailable("error.assets_missing") if the assets are not built."""
        try:
            names: Mapping[str, str] = json.loads((self.folder / "manifest.json").read_text("utf-8"))
        except (OSError, ValueError) as problem:
            raise Unavailable("error.assets_missing", folder=str(self.folder)) from problem
        return names

    def url(self, name: str) -> str:
        """The address of ``name``, such as ``map.js`` → ``/assets/map-0f3a….js``.

        Raises Unavailable if the assets are not built, or were built before ``name`` came to be.
        """
        try:
            return f"/assets/{self.manifest[name]}"
        except KeyError as problem:
            raise Unavailable("error.assets_missing", folder=str(self.folder)) from problem

    def open(self, file: str, accepted: frozenset[str] = frozenset()) -> Asset:
        """The bytes of ``file`` in the best encoding of those ``accepted`` (``br``, ``gzip``).

        Raises NotFound("error.asset_unknown") for anything that the build did not make.
        """
        plain = self.folder / file
        media_type = MEDIA_TYPES.get(plain.suffix)
        if Path(file).name != file or media_type is None:
            raise NotFound("error.asset_unknown", file=file)
        for encoding, suffix in ENCODINGS.items():
            packed = plain.with_name(file + suffix)
            if encoding in accepted and packed.is_file():
                return Asset(packed.read_bytes(), media_type, encoding)
        if not plain.is_file():
            raise NotFound("error.asset_unknown", file=file)
        return Asset(plain.read_bytes(), media_type, "")
