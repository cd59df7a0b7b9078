"""One world for all kills: made once, copied by file for each."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kill.world import World


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    """The sample's villages and their population, published, and a batch that waits; its server sleeps."""
    folder = Path(tempfile.mkdtemp(prefix="geoapp-kill-"))
    folder.chmod(0o755)
    yield World(folder)
    shutil.rmtree(folder)
