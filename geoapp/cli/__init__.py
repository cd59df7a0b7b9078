"""The command line: the same verbs as the website's, for a shell; this file finds the commands and dresses errors."""

import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence

import click

from geoapp.cli.desk import Desk, dress
from geoapp.cli.usage import explain

__all__ = ["main", "program"]


def program() -> click.Group:
    """The group ``geoapp`` with the commands of every module in this folder that offers ``COMMANDS``."""
    group = click.Group("geoapp", help="Village statistics on administrative boundaries, as thematic maps.")
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda each: each.name):
        for command in getattr(importlib.import_module(f"{__name__}.{found.name}"), "COMMANDS", ()):
            _keep_examples(command)
            group.add_command(command)
    return group


def _keep_examples(command: click.Command) -> None:
    """Leave the lines of examples whole: a command that is broken at a hyphen cannot be copied."""
    if command.epilog and not command.epilog.startswith("\b"):
        command.epilog = f"\b\n{command.epilog}"
    for each in command.commands.values() if isinstance(command, click.Group) else ():
        _keep_examples(each)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; leaves with 0 done, 1 refused, 2 usage, 3 broken."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code, errors said as one sentence on stderr."""
    desk: Desk | None = None
    try:
        desk = Desk.open()
        typed = list(arguments) if arguments is not None else None
        left = program().main(typed, prog_name="geoapp", obj=desk, standalone_mode=False)
        return left if isinstance(left, int) else 0
    except click.Abort:
        return 130
    except click.exceptions.NoArgsIsHelpError as nothing:
        nothing.show()
        return 2
    except click.ClickException as wrong:
        click.echo(explain(wrong, desk.language if desk else "en"), err=True)
        return 2
    except BrokenPipeError:
        return _unheard()
    except Exception as error:
        return dress(error, desk.language if desk else "en")
    finally:
        if desk:
            desk.close()


def _unheard() -> int:
    """Whoever read our answer went away, as ``head`` does; nothing more is written, and nothing is wrong."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
