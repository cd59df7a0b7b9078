"""Load from wrk, and nginx with the same bytes as the yardstick of the same run; both are Debian packages."""

import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.machine import cpu_of_trees, cpu_seconds
from bench.site import free_port

CONNECTIONS = 16
SECONDS = 2
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60000.0}


_TURNS = """
local paths = {{{paths}}}
local turn = 0
request = function()
    turn = turn + 1
    return wrk.format("GET", paths[turn % #paths + 1])
end
"""


class TooSlow(Exception):
    """Not one answer within the seconds of a run."""


@dataclass(frozen=True)
class Load:
    """What one run gave: requests a second, the slowest of a hundred and the middle in ms, CPU in µs a request."""

    rate: float
    p99: float
    cpu: float
    p50: float


def missing(program: str, package: str) -> bool:
    """Whether ``program`` is not installed; says in one sentence what is left out and how to bring it."""
    if shutil.which(program):
        return False
    print(f"{program} is missing, so what needs it is left out: sudo apt-get install {package}")
    return True


def run(url: str, pids: list[int], **headers: str) -> Load:
    """Load ``url`` from 16 keep-alive connections; CPU is that of ``pids``."""
    return _measured(["wrk", *_headers(headers), url], lambda: cpu_seconds(pids))


def turns(url: str, paths: list[str], roots: list[int], **headers: str) -> Load:
    """Load ``paths`` of the server at ``url`` one after the other; CPU is that of ``roots`` and all they started."""
    with TemporaryDirectory() as made:
        script = Path(made) / "turns.lua"
        listed = ", ".join(f'"{each}"' for each in paths)
        script.write_text(_TURNS.format(paths=listed))
        return _measured(["wrk", *_headers(headers), "-s", str(script), url], lambda: cpu_of_trees(roots))


def _measured(command: list[str], cpu: Callable[[], float]) -> Load:
    before, begun = cpu(), time.monotonic()
    command = [*command, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "30s", "--latency"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    used = cpu() - before
    if "Non-2xx" in said:
        raise SystemExit(f"{command[-1]} gave errors under load:\n{said}")
    rate, requests = float(_found(r"Requests/sec:\s+([\d.]+)", said)), float(_found(r"(\d+) requests in", said))
    if not requests:
        raise TooSlow(f"no answer within {SECONDS} s")
    assert time.monotonic() - begun >= SECONDS
    return Load(rate, _latency(99, said), used / requests * 1e6, _latency(50, said))


def _headers(headers: dict[str, str]) -> list[str]:
    return [part for name, value in headers.items() for part in ("-H", f"{name.replace('_', '-')}: {value}")]


def _latency(share: int, said: str) -> float:
    number, unit = re.search(rf"{share}%\s+([\d.]+)(us|ms|s|m)\b", said).groups()  # type: ignore[union-attr]
    return float(number) * _UNITS[unit]


@contextmanager
def nginx(body: bytes) -> Iterator[tuple[str, list[int]]]:
    """nginx giving these bytes, gzip, from a file with two workers; its address and its processes."""
    port = free_port()
    with TemporaryDirectory(dir="/dev/shm") as made:
        folder = Path(made)
        folder.chmod(0o755)
        (folder / "tile.mvt").write_bytes(body)
        (folder / "nginx.conf").write_text(_CONF.format(folder=folder, port=port))
        process = subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)
        try:
            time.sleep(0.5)
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            yield f"http://127.0.0.1:{port}/tile.mvt", [int(each) for each in children]
        finally:
            process.terminate()
            process.wait(timeout=10)


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, text
    return match.group(1)


_CONF = """
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    sendfile on;
    keepalive_requests 1000000;
    types {{ application/vnd.mapbox-vector-tile mvt; }}
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder};
        etag on;
        add_header Content-Encoding gzip;
        add_header Cache-Control "public, max-age=31536000, immutable";
    }}
}}
"""
