"""Measure how the import of boundaries grows: a thousand villages, ten thousand, the 83,402 of the nation.

Run: .venv/bin/python benchmarks/nation.py [1000 10000 nation]
Every figure is a whole process, from its start to the edition published in a fresh database. Memory is the largest sum,
looked at five times a second, of what the command, all it starts and the whole database server hold; what they share
counts once. Villages are those of Jawa from its east on, by code. Without the file of the nation there is no result.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import machine, results
from bench.results import Figure
from bench.site import DATA, VAR, environment, fresh_database, geoapp, prepared, program, settings

from geoapp.store.cluster import Cluster

CODES = DATA / "codes" / "kemendagri_2025_kode_nama.csv.gz"
NATION = DATA / "national" / "indonesia_desa_kemendagri_2026-08_tol44m.topojson.zip"
RUNS = {"1000": 5, "10000": 3, "nation": 1}
SECONDS = {"nation": 720.0}
MIB = {"nation": 3072.0}
_FROM = "35"
_PAUSE = 0.2


def part(villages: int, folder: Path) -> Path:
    """So many villages of the nation as a file of their own."""
    import pyogrio

    frame = pyogrio.read_dataframe(NATION)
    chosen = frame[frame["kode"] >= _FROM].sort_values("kode").head(villages)
    made = folder / f"{villages}.fgb"
    pyogrio.write_dataframe(chosen.set_crs(4326, allow_override=True)[["kode", "nama", "geometry"]], made)
    return made


def imported(file: Path) -> tuple[float, float]:
    """Seconds and the most MiB of all processes, of one import into a database that has the official list."""
    server = Cluster.of(settings()).pid()
    assert server is not None, "the site was prepared"
    with fresh_database() as urls, (VAR / "nation.log").open("wb") as log:
        at = {"GEOAPP_DATABASE_URL": urls.owner, "GEOAPP_PUBLIC_DATABASE_URL": urls.public or ""}
        geoapp("codes", "import", str(CODES), "--system", "kemendagri", "--dated", "2025", **at)
        command = [program("geoapp"), "boundaries", "import", str(file), "--partial", "--complete", "province"]
        begun, most = time.perf_counter(), 0.0
        process = subprocess.Popen(command, env=environment(**at), stdout=log, stderr=log)
        while process.poll() is None:
            most = max(most, _held(process.pid) + _held(server))
            time.sleep(_PAUSE)
        seconds = time.perf_counter() - begun
    if process.returncode:
        raise SystemExit(f"the import of {file.name} ended with {process.returncode}: see {log.name}")
    return seconds, most


def _held(pid: int) -> float:
    """MiB of a process and all it started; of one that has ended in between, nothing."""
    try:
        return machine.resident_mib(machine.family(pid))
    except (OSError, StopIteration):
        return 0.0


def sizes(wanted: list[str], folder: Path) -> Iterator[Figure]:
    """Time and memory of every size."""
    for size in wanted:
        file = NATION if size == "nation" else part(int(size), folder)
        runs = [imported(file) for _ in range(RUNS.get(size, 3))]
        note = "83,402 villages" if size == "nation" else f"{int(size):,} villages"
        yield Figure(
            "import, process start to published", "s", [each for each, _ in runs], SECONDS.get(size), note=note
        )
        yield Figure("import, memory of all processes", "MiB", [each for _, each in runs], MIB.get(size), note=note)


def main() -> None:
    """All sizes, or those that were named."""
    if not NATION.is_file():
        return print("the file of the nation is not here: nothing is measured")
    measured = results.begin()
    prepared()
    with tempfile.TemporaryDirectory() as folder:
        results.write("nation", measured, list(sizes(sys.argv[1:] or list(RUNS), Path(folder))))
    return None


if __name__ == "__main__":
    main()
