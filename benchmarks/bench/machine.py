"""Which machine and versions a result was made with, and what processes cost; no names of hosts or folders."""

import os
import platform
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

_ATTEMPTS = 50
_TICKS = os.sysconf("SC_CLK_TCK")
_PACKAGES = ("gunicorn", "flask", "sqlalchemy", "psycopg", "shapely", "rasterio", "numpy", "resvg_py", "brotli")


def describe() -> dict[str, object]:
    """Cores, memory, system and versions."""
    release = dict(
        line.split("=", 1) for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines() if "=" in line
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(memory, 1),
        "system": release["PRETTY_NAME"].strip('"'),
        "python": platform.python_version(),
        **{name: version(name) for name in _PACKAGES},
        "load_before": round(os.getloadavg()[0], 2),
    }


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def cpu_seconds(pids: list[int]) -> float:
    """Processor time that these processes used so far, in user and system mode."""
    return sum(sum(int(each) for each in _stat(pid)[11:13]) for pid in pids) / _TICKS


def cpu_of_trees(pids: list[int]) -> float:
    """Processor time of these processes and of all that they started, of those that ended too."""
    return sum(_settled(lambda each: sum(int(part) for part in _stat(each)[11:15]), pids)) / _TICKS


def running_seconds(pids: list[int]) -> float:
    """Processor time of the threads alive in these processes and all that they started, to the microsecond."""
    return sum(_settled(_run_ns, pids)) / 1e9


def _run_ns(pid: int) -> int:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks)


def _settled(read: Callable[[int], int], roots: list[int]) -> list[int]:
    """``read`` of every process of the families of ``roots``, once more from the start where one ends meanwhile."""
    for _ in range(_ATTEMPTS):
        with suppress(FileNotFoundError, ProcessLookupError):
            return [read(each) for root in roots for each in family(root)]
    raise SystemExit("processes come and go too fast to be counted")


def resident_mib(pids: list[int]) -> float:
    """Proportional set size of these processes: what they share is counted once."""
    kib = 0
    for pid in pids:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        kib += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kib / 1024


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
