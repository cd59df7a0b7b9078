"""Measure what an operator waits for: boundaries in, a large table checked, the second start.

Run: .venv/bin/python benchmarks/importing.py
Every figure is a whole process, from its start to its end, with the memory it peaked at; boundaries go into a database
that is fresh each time. Real files are read where they lie beside the checkout, else the sample.
"""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import results
from bench.results import Figure
from bench.site import DATA, SERANG, City, environment, free_port, fresh_database, prepared, program, settings

from geoapp.settings import HOME
from geoapp.store.cluster import Cluster

RUNS = 5
SAMPLE = HOME / "boundaries" / "sample"
CODES = DATA / "codes" / "kemendagri_2025_kode_nama.csv.gz"
BOUNDARIES = DATA / "boundaries" / "kemendagri_wilayah_boundaries_kel_36.04.geojson"
NATION = DATA / "statistics" / "idm_2024_villages.csv.gz"
WORKBOOK = DATA / "statistics" / "idm_2021_2024_kab_serang_wide.xlsx"
_PATIENCE = 120.0


def spent(*arguments: str | Path, refused: bool = False, **more: str) -> tuple[float, float]:
    """Seconds and peak MiB of one command; ``refused`` allows it to end with 1."""
    command = [program("geoapp"), *map(str, arguments)]
    begun = time.perf_counter()
    with (HOME / "var" / "bench" / "importing.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=HOME, env=environment(**more), stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in ((0, 1) if refused else (0,)):
        raise SystemExit(f"{' '.join(command[1:])} ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def boundaries(city: City) -> Iterator[Figure]:
    """The import of one city's boundaries, its official list already there."""
    real = city is SERANG
    codes = [CODES, "--system", "kemendagri", "--dated", "2025"] if real else [SAMPLE / "codes.csv", "--dated", "2024"]
    file = BOUNDARIES if real else SAMPLE / "pulau-purnama-2024.geojson"
    runs = []
    for _ in range(RUNS):
        with fresh_database() as urls:
            at = {"GEOAPP_DATABASE_URL": urls.owner, "GEOAPP_PUBLIC_DATABASE_URL": urls.public or ""}
            spent("codes", "import", *codes, **at)
            runs.append(spent("boundaries", "import", file, **at))
    note = f"{city.regions} regions"
    yield Figure("boundaries, process start to published", "s", [each for each, _ in runs], 10, note=note)
    yield Figure("boundaries, peak memory", "MiB", [each for _, each in runs], note=note)


def tables(city: City) -> Iterator[Figure]:
    """A table from file to report."""
    if city is not SERANG:
        workbook = ["--indicator", "idm=NILAI IDM", "--indicator", "idm_status=STATUS IDM", "--edition", city.edition]
        yield from _checked("sample's workbook", lambda: spent("statistics", "check", SAMPLE / "idm.xlsx", *workbook))
        return
    at = ["--edition", city.edition]
    nation = ["--indicator", "idm=nilai_idm_2024", "--code-column", "kode_desa", "--period", "2024", *at]
    yield from _checked("75,265 rows", lambda: spent("statistics", "check", NATION, *nation, refused=True), 10, 500)
    workbook = ["--indicator", "idm=NILAI IDM", "--indicator", "iks=IKS", *at]
    yield from _checked("326 rows, 4 years, xlsx", lambda: spent("statistics", "check", WORKBOOK, *workbook))


def _checked(
    what: str, check: Callable[[], tuple[float, float]], seconds: float | None = None, mib: float | None = None
) -> Iterator[Figure]:
    runs = [check() for _ in range(RUNS)]
    yield Figure(f"statistics check, {what}, file to report", "s", [each for each, _ in runs], seconds)
    yield Figure(f"statistics check, {what}, peak memory", "MiB", [each for _, each in runs], mib)


def second_start() -> Figure:
    """``make serve`` with everything there and the database asleep, until the catalogue is answered."""
    return Figure("make serve, second time, to the first page", "s", [_start() for _ in range(RUNS)], 10)


def _start() -> float:
    Cluster.of(settings()).stop()
    port, begun = free_port(), time.perf_counter()
    command = ["make", "serve", f"PORT={port}"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=HOME, env=environment(), stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                    return time.perf_counter() - begun
            except urllib.error.HTTPError as error:
                raise SystemExit(f"the catalogue answered {error.code}") from None
            except OSError:
                if process.poll() is not None or time.perf_counter() - begun > _PATIENCE:
                    raise SystemExit("make serve did not come up") from None
                time.sleep(0.05)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=40)


def main() -> None:
    """All of it, one after the other."""
    machine = results.begin()
    city = prepared()
    figures = [*boundaries(city), *tables(city), second_start()]
    results.write("importing", machine, figures)


if __name__ == "__main__":
    main()
