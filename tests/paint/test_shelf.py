"""The shelf builds a tile once, keeps it over restarts, and survives a killed builder."""

import gzip
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from geoapp.tiles.shelf import NOTHING, Shelf

KEY = "edition/village/3/1/2.mvt"


def _never():
    raise AssertionError("nobody should have to build this")


def test_a_tile_is_built_once_and_then_remembered(tmp_path: Path):
    shelf = Shelf(tmp_path, 1000)

    built = shelf.get(KEY, lambda: b"tile")

    assert gzip.decompress(built.body) == b"tile"
    assert built.gzipped and built.etag.startswith('"')
    assert shelf.get(KEY, _never) == built


def test_a_new_process_finds_the_tile_on_disk(tmp_path: Path):
    built = Shelf(tmp_path, 1000).get(KEY, lambda: b"tile")

    assert Shelf(tmp_path, 1000).get(KEY, _never) == built


def test_an_empty_tile_is_known_as_such(tmp_path: Path):
    assert Shelf(tmp_path, 1000).get(KEY, lambda: b"") == NOTHING
    assert NOTHING.empty


def test_memory_never_holds_more_than_its_room(tmp_path: Path):
    shelf = Shelf(tmp_path, 3000)
    bodies = {f"e/{n}.mvt": os.urandom(1000) for n in range(9)}

    for key, body in bodies.items():
        shelf.get(key, lambda body=body: body)

    assert shelf._used <= 3000
    assert all(gzip.decompress(shelf.get(key, _never).body) == body for key, body in bodies.items())


def test_readers_that_come_at_once_wait_for_one_builder(tmp_path: Path):
    calls = []
    start = threading.Barrier(6)

    def build():
        calls.append(1)
        time.sleep(0.05)
        return b"tile"

    def read(shelf):
        start.wait()
        shelf.get(KEY, build)

    threads = [threading.Thread(target=read, args=(Shelf(tmp_path, 1000),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(calls) == 1


def test_a_killed_builder_leaves_neither_half_a_tile_nor_a_lock(tmp_path: Path):
    stuck = (
        "import sys, time, pathlib\n"
        "from geoapp.tiles.shelf import Shelf\n"
        "def build():\n"
        "    print('building', flush=True)\n"
        "    time.sleep(600)\n"
        f"Shelf(pathlib.Path(sys.argv[1]), 1000).get({KEY!r}, build)\n"
    )
    builder = subprocess.Popen([sys.executable, "-c", stuck, str(tmp_path)], stdout=subprocess.PIPE)
    assert builder.stdout is not None
    builder.stdout.readline()
    builder.send_signal(signal.SIGKILL)
    builder.wait()
    builder.stdout.close()

    assert gzip.decompress(Shelf(tmp_path, 1000).get(KEY, lambda: b"tile").body) == b"tile"


@pytest.mark.parametrize("left", [b"", b"\x1f\x8b", gzip.compress(b"tile" * 99)[:-9], b"\x89PNG half"])
def test_what_a_power_cut_left_is_built_again(tmp_path: Path, left):
    path = Shelf(tmp_path, 1000).disk.folder / KEY
    path.parent.mkdir(parents=True)
    path.write_bytes(left)

    assert gzip.decompress(Shelf(tmp_path, 1000).get(KEY, lambda: b"whole").body) == b"whole"
    assert gzip.decompress(path.read_bytes()) == b"whole"


def test_a_disk_that_takes_nothing_costs_only_the_next_build(tmp_path: Path):
    folder = Shelf(tmp_path, 1000).disk.folder
    folder.mkdir()
    (folder / "edition").write_text("a file where a folder should be")

    assert gzip.decompress(Shelf(tmp_path, 1000).get(KEY, lambda: b"tile").body) == b"tile"


@pytest.mark.parametrize("key", ["../x.mvt", "/etc/passwd", "a//b.mvt", "a/.x.mvt", ""])
def test_a_key_cannot_leave_the_folder(tmp_path: Path, key):
    with pytest.raises(ValueError, match="no key"):
        Shelf(tmp_path, 1000).get(key, _never)
