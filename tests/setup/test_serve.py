"""Serving begins with what is needed: a free port, and the sample where there is nothing yet."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from geoapp import cli
from geoapp.cli import serve
from geoapp.cli.desk import Desk
from geoapp.errors import Refused
from geoapp.settings import HOME, Settings


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_port_in_use_is_one_sentence_before_anything_starts(
    taken: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GEOAPP_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("GEOAPP_LANG", "en")

    code = cli.run(["serve", "--port", str(taken)])

    said = capsys.readouterr()
    assert code == 1
    assert said.out == ""
    assert said.err == f"Port {taken} is in use. Choose another one, for example: make serve PORT={taken % 65000 + 1}\n"
    assert not (tmp_path / "var").exists()


def test_make_serve_says_so_too(taken: int) -> None:
    said = subprocess.run(
        [sys.executable, str(HOME / "scripts" / "ensure.py"), "--port", str(taken)], capture_output=True, text=True
    )

    assert said.returncode == 1
    assert said.stdout == ""
    assert said.stderr.startswith(f"Port {taken} is in use.")
    assert said.stderr.count("\n") == 1


def test_an_address_that_is_not_ours_is_refused() -> None:
    with pytest.raises(Refused, match="address_closed"):
        serve.require_free("192.0.2.1", 8000)


class Sample:
    """Commands that note that they ran, and may fail once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.ran: list[str] = []
        self.failing = ""
        self.file = folder / "commands.txt"
        self.file.write_text("# the sample\n\ngeoapp note first\nnote 'the second'\nnote third\n", encoding="utf-8")
        monkeypatch.setattr(cli, "program", self.program)

    def program(self) -> click.Group:
        @click.command()
        @click.argument("name")
        def note(name: str) -> None:
            if name == self.failing:
                raise Refused("error.folder_closed", folder="f", reason="r")
            self.ran.append(name)

        return click.Group("geoapp", {"note": note})


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Sample:
    return Sample(monkeypatch, tmp_path)


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    opened = Desk(settings, "en")
    yield opened
    opened.close()


def test_the_sample_is_imported_by_the_commands_a_user_would_type(
    desk: Desk, sample: Sample, capsys: pytest.CaptureFixture[str]
) -> None:
    serve.prepare_sample(desk, sample.file)

    assert sample.ran == ["first", "the second", "third"]
    assert "$ geoapp note first\n$ geoapp note 'the second'\n" in capsys.readouterr().out


def test_a_sample_that_was_broken_off_goes_on_where_it_was(
    desk: Desk, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample.failing = "third"
    with pytest.raises(Refused, match="sample_command"):
        serve.prepare_sample(desk, sample.file)
    sample.failing = ""
    monkeypatch.setattr(serve, "_is_empty", lambda _: False)

    serve.prepare_sample(desk, sample.file)
    serve.prepare_sample(desk, sample.file)

    assert sample.ran == ["first", "the second", "third"]


def test_without_a_sample_it_says_so_and_goes_on(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    serve.prepare_sample(desk, tmp_path / "none.txt")

    assert "no sample" in capsys.readouterr().out


def test_a_setting_that_cannot_be_read_is_one_sentence_and_exit_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOAPP_TILE_MEMORY_MIB", "much")

    assert cli.run(["db", "status"]) == 2
    assert "GEOAPP_TILE_MEMORY_MIB" in capsys.readouterr().err


def test_another_database_is_not_started_or_stopped_and_its_password_is_not_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", "postgresql://me:secret@elsewhere/maps")

    assert cli.run(["db", "stop"]) == 1
    assert cli.run(["db", "status"]) == 0
    assert "secret" not in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["nonsense"], ["serve", "--port", "0"], ["db", "status", "--unknown"]])
def test_a_command_that_cannot_be_read_is_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(arguments) == 2
    assert capsys.readouterr().err


def leaves(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its full name."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    for part in command.commands.values():
        yield from leaves(part, f"{name} {part.name}")


def test_every_command_has_help_with_an_example_of_itself() -> None:
    helped = {name: each.get_help(click.Context(each)) for name, each in leaves(cli.program(), "geoapp")}

    assert len(helped) > 5
    assert [name for name, text in helped.items() if f"Example: {name}" not in text] == []


def test_ci_runs_make_test_and_nothing_else() -> None:
    script = HOME / ".ci" / "run"

    commands = [line for line in script.read_text().splitlines() if line and not line.startswith("#")]
    assert commands == ["set -eu", 'cd "$(dirname "$0")/.."', "exec make test </dev/null"]
    assert os.access(script, os.X_OK)
