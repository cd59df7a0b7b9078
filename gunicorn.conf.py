"""How gunicorn serves geoapp: few processes with threads, bounded requests, a log without personal data."""

import os
import subprocess
import sys
from pathlib import Path

wsgi_app = "wsgi:app"
chdir = str(Path(__file__).resolve().parent)

# one small VPS: two processes for two cores, threads while one waits for the database
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
preload_app = False  # each worker opens its own connections, and HUP reloads the code
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 (a heartbeat must not wait for a disk)

# a worker that hangs is replaced; one that is asked to go finishes what it does
timeout = 60
graceful_timeout = 30
keepalive = 15

# what a request may weigh before anybody reads it
limit_request_line = 4094
limit_request_fields = 64
limit_request_field_size = 8190

# nobody is believed about where a request came from, unless FORWARDED_ALLOW_IPS names the proxy
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "")

control_socket_disable = True  # signals are enough, and nothing is written into anybody's home


def _prepare(server: object) -> None:
    """Bring the database to this version before a worker serves: a nation's outlines take longer than ``timeout``.

    In a process of its own, so that a reload runs the new code, and the master stays as small as it is.
    """
    command = "from geoapp.cli import main; main(['db', 'migrate'])"
    subprocess.run([sys.executable, "-c", command], cwd=chdir, stdout=subprocess.DEVNULL, check=True)  # noqa: S603


on_starting = on_reload = _prepare

# one JSON object a line on stdout and stderr: no address, no browser, no query
accesslog = "-"
errorlog = "-"
logger_class = "geoapp.web.log.GunicornLog"
