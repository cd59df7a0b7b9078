"""Tiles on disk stay within their bound over restarts and between processes, and those last used are kept."""

import errno
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from geoapp.domain.zooms import REVISION
from geoapp.tiles.disk import Disk

BLOCK = 4096
NAME = f"grids-{REVISION}"


def disk(root: Path, blocks: int) -> Disk:
    return Disk(root, NAME, blocks * BLOCK)


def aged(made: Disk, key: str, seconds: float) -> None:
    """As if the file had last been used so long ago."""
    then = time.time() - seconds
    os.utime(made.folder / key, (then, then))


def on_disk(made: Disk) -> set[str]:
    return {Path(each.path).relative_to(made.folder).as_posix() for each in made.files()}


def test_those_unused_for_longest_go_until_the_bound_is_kept(tmp_path: Path) -> None:
    made = disk(tmp_path, 10)
    for n in range(12):
        (made.folder / "e").mkdir(parents=True, exist_ok=True)
        (made.folder / f"e/{n}.mvt").write_bytes(b"x")
        aged(made, f"e/{n}.mvt", 10_000 - n)
    assert made.read("e/0.mvt") == b"x"

    made.sweep()

    assert on_disk(made) == {"e/0.mvt", *(f"e/{n}.mvt" for n in range(4, 12))}
    assert made.use == (9 * BLOCK, 10 * BLOCK)


def test_writing_past_the_bound_makes_room_by_itself(tmp_path: Path) -> None:
    made = disk(tmp_path, 8)

    for n in range(40):
        made.write(f"e/{n}.mvt", b"x")
    while made._sweeper is not None and made._sweeper.is_alive():
        made._sweeper.join()
    made.sweep(wait=True)

    assert 0 < len(on_disk(made)) <= 8
    assert made.use.used == len(on_disk(made)) * BLOCK


def test_what_is_on_disk_is_counted_over_restarts_and_by_every_process(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib\nfrom geoapp.tiles.disk import Disk\n"
        f"made = Disk(pathlib.Path(sys.argv[1]), {NAME!r}, 1 << 30)\n"
        "for n in range(50):\n    made.write(f'{sys.argv[2]}/{n}.mvt', b'x' * 5000)\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path), name]) for name in ("a", "b")]

    assert [each.wait() for each in writers] == [0, 0]
    made = disk(tmp_path, 1 << 20)
    assert made.use.used == 100 * 2 * BLOCK == sum(each.weight for each in made.files())


@pytest.mark.parametrize("left", ["", "many", None])
def test_a_ledger_that_was_lost_is_counted_anew(tmp_path: Path, left: str | None) -> None:
    made = disk(tmp_path, 100)
    made.write("e/1.mvt", b"x")
    ledger = tmp_path / f"{NAME}.ledger"
    ledger.unlink() if left is None else ledger.write_text(left)

    made.write("e/2.mvt", b"x")

    assert made.use.used >= 2 * BLOCK
    made.sweep()
    assert made.use.used == 2 * BLOCK


def test_a_builder_at_work_is_left_alone_and_what_a_killed_one_left_is_removed(tmp_path: Path) -> None:
    made = disk(tmp_path, 1)
    (made.folder / "e").mkdir(parents=True)
    for name in (".now", ".long-ago", "1.mvt", "2.mvt"):
        (made.folder / "e" / name).write_bytes(b"x")
    aged(made, "e/.long-ago", 7200)

    made.sweep()

    assert (made.folder / "e/.now").exists()
    assert not (made.folder / "e/.long-ago").exists()


def test_readers_and_writers_beside_a_sweep_see_whole_tiles_or_none(tmp_path: Path) -> None:
    made, body = disk(tmp_path, 20), b"0123456789" * 400
    wrong: list[bytes] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            for n in range(60):
                seen = made.read(f"e/{n}.mvt")
                if seen not in (None, body):
                    wrong.append(seen or b"")

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(300):
        made.write(f"e/{n % 60}.mvt", body)
        if n % 20 == 0:
            made.sweep()
    over.set()
    reader.join()
    made.sweep(wait=True)

    assert wrong == []
    assert made.use.used <= made.bound


def test_tiles_of_other_grids_are_removed_at_the_start(tmp_path: Path) -> None:
    for name in ("grids-0", f"grids-{REVISION + 1}", NAME, "mine"):
        (tmp_path / name / "e").mkdir(parents=True)
        (tmp_path / name / "e" / "1.mvt").write_bytes(b"x")

    disk(tmp_path, 100).tidy()

    assert sorted(each.name for each in tmp_path.iterdir() if each.is_dir()) == [NAME, "mine"]


def test_a_bound_that_was_set_lower_is_kept_from_the_start(tmp_path: Path) -> None:
    before = disk(tmp_path, 100)
    for n in range(20):
        before.write(f"e/{n}.mvt", b"x")

    disk(tmp_path, 10).tidy()

    assert len(on_disk(before)) == 9


def test_a_full_disk_costs_a_tile_and_not_what_the_ledger_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = disk(tmp_path, 8)
    made.write("e/1.mvt", b"x")
    ledger = tmp_path / f"{NAME}.ledger"
    said = ledger.read_bytes()

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", full)
        made.write("e/2.mvt", b"x")
        assert made.use.used == BLOCK
    assert ledger.read_bytes() == said
    assert on_disk(made) == {"e/1.mvt"}

    made.write("e/2.mvt", b"x")

    assert made.use.used == 2 * BLOCK
    assert len(ledger.read_bytes()) == len(said)
