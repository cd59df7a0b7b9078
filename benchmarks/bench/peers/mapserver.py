"""MapServer of Debian: two FastCGI processes on one socket behind nginx, which packs; extent and buffer as ours."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.load import missing
from bench.peers.base import WORKERS, Absent, Http, folder, free_port, started
from bench.peers.tables import Table, Tables
from geoapp.tiles.address import Address

NAME = "MapServer"
_PROGRAM = "/usr/lib/cgi-bin/mapserv"


def version() -> str:
    """What was measured."""
    said = subprocess.run([_program(), "-v"], capture_output=True, text=True).stdout
    return f"{said.split('version ')[1].split()[0]}, FastCGI × {WORKERS} behind nginx"


@contextmanager
def running(tables: Tables) -> Iterator[Http]:
    """New processes on all tables."""
    program, at, port = _program(), folder(NAME.lower()), free_port()
    (at / "villages.map").write_text(_map(tables))
    (at / "mapserver.conf").write_text(f'CONFIG\n  MAPS\n    VILLAGES "{at / "villages.map"}"\n  END\nEND\n')
    settings = os.environ | {"MAPSERVER_CONFIG_FILE": str(at / "mapserver.conf")}
    with ExitStack() as stack:
        shared = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=128))
        (at / "nginx.conf").write_text(_NGINX.format(folder=at, port=port, backend=shared.getsockname()[1]))
        # what spawn-fcgi does: the listening socket is the standard input of each process
        pids = [stack.enter_context(started(NAME, [program], at, stdin=shared, env=settings)) for _ in range(WORKERS)]
        where = f"127.0.0.1:{port}{_path(tables.all[0], tables.squares(tables.all[0])[0])}"
        nginx = ["nginx", "-p", at, "-c", at / "nginx.conf"]
        pids.append(stack.enter_context(started("nginx", nginx, at, where)))
        yield Http(port, [*pids, tables.server], _path)


def _program() -> str:
    found = shutil.which("mapserv") or (_PROGRAM if Path(_PROGRAM).exists() else None)
    if not found:
        raise Absent("mapserv is missing: sudo apt-get install cgi-mapserver")
    if missing("nginx", "nginx-light"):
        raise Absent("nginx is missing")
    return found


def _path(table: Table, square: Address) -> str:
    asked = f"map=VILLAGES&mode=tile&tilemode=gmap&tile={square.x}+{square.y}+{square.z}"
    return f"/?{asked}&layers={table.name}&map.imagetype=mvt"


def _map(tables: Tables) -> str:
    layers = "".join(_LAYER.format(table=table.name, at=tables) for table in tables.all)
    return _MAP.format(layers=layers)


_MAP = """
MAP
  NAME "villages"
  SIZE 512 512
  EXTENT -20037508 -20037508 20037508 20037508
  PROJECTION "init=epsg:3857" END
  OUTPUTFORMAT
    NAME "mvt"
    DRIVER "MVT"
    FORMATOPTION "EXTENT=1024"
    FORMATOPTION "EDGE_BUFFER=16"
  END
{layers}
END
"""
_LAYER = """
  LAYER
    NAME "{table}"
    STATUS ON
    TYPE POLYGON
    CONNECTIONTYPE POSTGIS
    CONNECTION "host={at.host} dbname={at.database} user={at.user}"
    PROCESSING "CLOSE_CONNECTION=DEFER"
    DATA "geom FROM {table} USING UNIQUE id USING SRID=3857"
    PROJECTION "init=epsg:3857" END
    METADATA "gml_include_items" "code,name" "gml_featureid" "id" END
  END
"""
_NGINX = """
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    keepalive_requests 1000000;
    gzip on;
    gzip_comp_level 6;
    gzip_min_length 256;
    gzip_types *;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            include /etc/nginx/fastcgi_params;
            fastcgi_buffers 64 16k;
            fastcgi_pass 127.0.0.1:{backend};
        }}
    }}
}}
"""
