"""The file of a bundle: a zip of tables and a manifest with their digests, the same bytes for the same edition.

mimetype        first and uncompressed, so that the file is known by its beginning
<table>         one table's rows in the binary format of PostgreSQL's COPY, without the edition's id
manifest.json   last: format, grids, the edition, its lineage, each table's columns, bytes and SHA-256, and a seal
"""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from geoapp.domain.zooms import REVISION
from geoapp.editions.binary_rows import damaged
from geoapp.editions.output import aside
from geoapp.errors import BadRequest, NotFound, Refused

FORMAT = 1
"""Counts the changes of what this file describes."""
MIME = b"application/x-geoapp-edition"
_FIRST, _LAST = "mimetype", "manifest.json"
_HEAD = 30
"""Bytes of a zip's local header before the name."""
_LARGEST_MANIFEST = 64 << 20
_BLOCK = 1 << 20
_TIME = (1980, 1, 1, 0, 0, 0)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError)
"""What the libraries say of archives that are cut off or changed, when they are read."""
_NOT_OPENED = (*_BROKEN, OSError, RuntimeError, KeyError, ValueError, TypeError, AttributeError)
"""And when they are opened: their own tables lead astray, or the manifest is none."""

Manifest = Mapping[str, Any]


def is_bundle(path: Path) -> bool:
    """Whether a file begins as a bundle does, whatever it is called."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(_HEAD + len(_FIRST) + len(MIME))
    return head.startswith(b"PK\x03\x04") and head[_HEAD:] == _FIRST.encode() + MIME


def write(path: Path, about: Manifest, tables: Mapping[str, tuple[Mapping[str, Any], Iterable[bytes]]]) -> None:
    """Write a bundle: ``tables`` by name, each with what the manifest says of it and its bytes.

    Raises
    ------
    BadRequest
        If another file stands there.
    Refused
        If it cannot be written.
    """
    if path.exists() and not is_bundle(path):
        raise BadRequest("error.bundle_output", out=path.name)
    with aside(path) as new, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(_info(_FIRST, zipfile.ZIP_STORED), MIME)
        said = {name: {**more, **_add(packed, name, blocks)} for name, (more, blocks) in tables.items()}
        manifest = {"format": FORMAT, "grids": REVISION, **about, "tables": said}
        packed.writestr(_info(_LAST), _bytes({**manifest, "seal": _seal(manifest)}))


def _add(packed: zipfile.ZipFile, name: str, blocks: Iterable[bytes]) -> dict[str, Any]:
    made, size = hashlib.sha256(), 0
    with packed.open(_info(name), "w", force_zip64=True) as file:
        for block in blocks:
            file.write(block)
            made.update(block)
            size += len(block)
    return {"bytes": size, "sha256": made.hexdigest()}


def _info(name: str, how: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """An entry that says nothing of when and where it was made."""
    info = zipfile.ZipInfo(name, _TIME)
    info.compress_type, info.create_system, info.external_attr = how, 3, 0o644 << 16
    return info


def _bytes(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1).encode()


def _seal(manifest: Manifest) -> str:
    return hashlib.sha256(_bytes(manifest)).hexdigest()


class Bundle:
    """An opened bundle, whose manifest is as it was sealed."""

    def __init__(self, packed: zipfile.ZipFile, manifest: Manifest) -> None:
        self._packed = packed
        self.manifest = manifest

    def verify(self) -> None:
        """Hold every table against its digest. Raises Refused if one differs."""
        for name, said in self.manifest["tables"].items():
            made, size = hashlib.sha256(), 0
            with self.table(name) as file:
                while block := file.read(_BLOCK):
                    made.update(block)
                    size += len(block)
            if (size, made.hexdigest()) != (said["bytes"], said["sha256"]):
                raise damaged()

    @contextmanager
    def table(self, name: str) -> Iterator[IO[bytes]]:
        """The bytes of a table as a stream. Raises Refused if they cannot be read."""
        try:
            file = self._packed.open(name)
        except _NOT_OPENED as error:
            raise damaged() from error
        try:
            with file:
                yield io.BufferedReader(file, _BLOCK)  # type: ignore[type-var]
        except _BROKEN as error:
            raise damaged() from error


@contextmanager
def opened(path: Path) -> Iterator[Bundle]:
    """Open a bundle.

    Raises
    ------
    NotFound
        If there is no such file.
    Refused
        If it is cut off or damaged, or was made by a version of another format or for other grids.
    """
    if not path.is_file():
        raise NotFound("error.no_file", file=path.name)
    with ExitStack() as stack:
        stack.enter_context(_named(path))
        try:
            packed = stack.enter_context(zipfile.ZipFile(path))
            manifest = _manifest(packed)
        except _NOT_OPENED as error:
            raise damaged() from error
        yield Bundle(packed, manifest)


def _manifest(packed: zipfile.ZipFile) -> Manifest:
    if packed.getinfo(_LAST).file_size > _LARGEST_MANIFEST:
        raise damaged()
    manifest = json.loads(packed.read(_LAST))
    seal = manifest.pop("seal", None)
    if manifest.get("format") != FORMAT or manifest.get("grids") != REVISION:
        found = f"{manifest.get('format')}.{manifest.get('grids')}"
        raise Refused("error.bundle_version", found=found, needed=f"{FORMAT}.{REVISION}")
    names = [_FIRST, *manifest["tables"], _LAST]
    if seal != _seal(manifest) or sorted(packed.namelist()) != sorted(names):
        raise damaged()
    return dict(manifest)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Put the file's name into what is refused."""
    try:
        yield
    except Refused as error:
        error.values.setdefault("file", path.name)
        raise
