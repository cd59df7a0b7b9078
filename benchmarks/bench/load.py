"""Load from wrk, and nginx with the same bytes as the yardstick of the same run; both are Debian packages."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.machine import cpu_seconds
from bench.site import free_port

CONNECTIONS = 16
SECONDS = 2
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Load:
    """What one run gave: requests a second, the slowest of a hundred in ms, and CPU of the server in µs a request."""

    rate: float
    p99: float
    cpu: float


def missing(program: str, package: str) -> bool:
    """Whether ``program`` is not installed; says in one sentence what is left out and how to bring it."""
    if shutil.which(program):
        return False
    print(f"{program} is missing, so what needs it is left out: sudo apt-get install {package}")
    return True


def run(url: str, pids: list[int], **headers: str) -> Load:
    """Load ``url`` from 16 keep-alive connections."""
    asked = [part for name, value in headers.items() for part in ("-H", f"{name.replace('_', '-')}: {value}")]
    before, begun = cpu_seconds(pids), time.monotonic()
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", *asked, url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    used = cpu_seconds(pids) - before
    if "Non-2xx" in said:
        raise SystemExit(f"{url} gave errors under load:\n{said}")
    rate, requests = _found(r"Requests/sec:\s+([\d.]+)", said), _found(r"(\d+) requests in", said)
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()  # type: ignore[union-attr]
    assert time.monotonic() - begun >= SECONDS
    return Load(float(rate), float(number) * _UNITS[unit], used / float(requests) * 1e6)


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
