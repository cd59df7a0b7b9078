"""The command that serves the maps: database, sample where there is nothing yet, then gunicorn in our place."""

import os
import shlex
import socket
import sys
from pathlib import Path

import click

from geoapp.catalogue import Catalogue
from geoapp.cli.desk import Desk
from geoapp.errors import Refused
from geoapp.settings import HOME
from geoapp.store import reading

SAMPLE = HOME / "boundaries" / "sample" / "commands.txt"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that answer; default 2.")
@click.pass_obj
def serve(desk: Desk, host: str, port: int, workers: int | None) -> None:
    """Serve the maps with gunicorn; the sample is imported where there is no map yet.

    Example: geoapp serve --port 8080
    """
    require_free(host, port)
    Catalogue.of(desk.settings)
    desk.say("serve.starting")
    prepare_sample(desk, SAMPLE)
    desk.close()
    shown = f"[{host}]" if ":" in host else {"0.0.0.0": "127.0.0.1"}.get(host, host)  # noqa: S104 (only compared)
    desk.say("serve.ready", address=f"http://{shown}:{port}/")
    sys.stdout.flush()
    command = [sys.executable, "-m", "gunicorn", "--config", str(HOME / "gunicorn.conf.py")]
    command += ["--bind", f"[{host}]:{port}" if ":" in host else f"{host}:{port}"]
    os.chdir(HOME)
    os.execv(sys.executable, [*command, *(["--workers", str(workers)] if workers else [])])  # noqa: S606 (no shell meant)


def require_free(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on. Raises Refused."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as problem:
        if problem.errno == 98:
            raise Refused("error.port_in_use", port=port, other=port % 65000 + 1) from problem
        raise Refused("error.address_closed", host=host, port=port, reason=problem.strerror) from problem


def prepare_sample(desk: Desk, commands: Path) -> None:
    """Import the sample into an empty database, or finish an import that was broken off.

    What is still to be done stands in ``var/sample.todo``, one command a line, so a killed start goes on where it was.
    """
    todo = desk.settings.var / "sample.todo"
    empty = _is_empty(desk)
    if not empty and not todo.exists():
        return
    if empty:
        if not commands.exists():
            desk.say("serve.no_sample")
            return
        _keep(todo, command_lines(commands.read_text(encoding="utf-8")))
    desk.say("serve.first")
    lines = command_lines(todo.read_text(encoding="utf-8"))
    while lines:
        _run(lines.pop(0))
        _keep(todo, lines)
    todo.unlink()


def _is_empty(desk: Desk) -> bool:
    with desk.store.begin() as connection:
        return not reading.editions(connection)


def command_lines(text: str) -> list[str]:
    """The commands of a file: one a line, ``#`` begins a comment line.

    >>> command_lines("# first\\n\\nboundaries import a.geojson\\n")
    ['boundaries import a.geojson']
    """
    lines = (line.strip() for line in text.splitlines())
    return [line.removeprefix("geoapp ") for line in lines if line and not line.startswith("#")]


def _run(line: str) -> None:
    """One command, as a user would type it from the folder of the checkout."""
    from geoapp.cli import run  # the group finds this module, so it cannot be imported above

    click.echo(f"$ geoapp {line}")
    sys.stdout.flush()
    before = Path.cwd()
    os.chdir(HOME)
    try:
        if run(shlex.split(line)):
            raise Refused("error.sample_command", command=line)
    finally:
        os.chdir(before)


def _keep(todo: Path, lines: list[str]) -> None:
    aside = todo.with_suffix(".new")
    aside.parent.mkdir(parents=True, exist_ok=True)
    aside.write_text("\n".join(lines) + "\n", encoding="utf-8")
    aside.replace(todo)


COMMANDS = [serve]
