"""What was wrong with a command line, as one sentence in the reader's language, and where to read how it is typed."""

import re

import click

from geoapp.cli.desk import printable
from geoapp.domain.words import Language
from geoapp.i18n import speak

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")


def explain(error: click.ClickException, language: Language) -> str:
    """The sentence and, on the next line, the command that shows the help."""
    sentence = printable(_sentence(error, language))
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return sentence
    return f"{sentence}\n{speak(language, 'usage.help', command=context.command_path)}"


def _sentence(error: click.ClickException, language: Language) -> str:
    match error:
        case click.MissingParameter():
            return speak(language, "usage.missing", param=_name(error))
        case click.BadParameter():
            return speak(language, "usage.bad_value", param=_name(error), reason=_reason(error, language))
        case click.NoSuchOption(possibilities=[near, *_]):
            return speak(language, "usage.no_option_but", option=error.option_name, near=near)
        case click.NoSuchOption():
            return speak(language, "usage.no_option", option=error.option_name)
        case click.BadOptionUsage():
            return speak(language, "usage.needs_value", option=error.option_name)
        case click.exceptions.NoSuchCommand():
            group = error.ctx.command if error.ctx else None
            known = ", ".join(sorted(group.commands)) if isinstance(group, click.Group) else ""
            return speak(language, "usage.no_command", name=error.command_name, commands=known)
    if extra := _EXTRA.match(error.message):
        return speak(language, "usage.too_many", words=extra[1])
    return f"{speak(language, 'usage.wrong')} {error.format_message()}"


def _name(error: click.BadParameter) -> str:
    """The option as it is typed, or the argument as the help writes it."""
    if error.param is None:
        return error.param_hint if isinstance(error.param_hint, str) else ""
    if isinstance(error.param, click.Argument):
        return (error.param.make_metavar(error.ctx) if error.ctx else error.param.name or "").rstrip(".")
    return max(error.param.opts, key=len)


def _reason(error: click.BadParameter, language: Language) -> str:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return speak(language, "usage.choices", choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, (click.types.IntParamType, click.IntRange)):
        return speak(language, "usage.number")
    return error.message
