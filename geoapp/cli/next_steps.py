"""What to do next after a report: sentences, each with the command line to type, whole."""

import shlex
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import click
from click.core import ParameterSource

from geoapp.cli.table_options import OUTPUTS
from geoapp.releases.account import Kept, stopped

SURE = 95
"""Suggestions from this score up may be accepted together."""
_LEFT_OUT = {*OUTPUTS, "as_json", "at_once", "files"}
_OF_SUGGESTIONS = ("--accept", "--suggestions")
"""Suggestions that wait have steps of their own."""
_EXAMPLES = {
    "--accept": f"{SURE}",
    "--area": "KECAMATAN",
    "--code-column": "KOLOM",
    "--edition": "EDISI",
    "--figure-column": "KOLOM",
    "--indicator": "INDIKATOR=KOLOM",
    "--level": "district",
    "--map": "pemetaan.toml",
    "--name-column": "KOLOM",
    "--period": "2024",
    "--period-column": "KOLOM",
    "--regency": "3573",
    "--set": "NAMA",
    "--sheet": "LEMBAR",
    "--source": "SUMBER",
    "--suggestions": "usulan.csv",
}
"""What an option is followed by where only a person can say it."""
_CHOICES = {"--decimal": ("comma", "point"), "--system": ("kemendagri", "bps")}
_FOUND = {"--period": "period", "--edition": "fitting", "--level": "level"}
"""Under which name a question keeps the answer that it thinks likely."""


class Step(NamedTuple):
    """A sentence and, under it, the commands that do it."""

    message: str
    values: Mapping[str, Any]
    commands: tuple[str, ...]


class Typed(NamedTuple):
    """A command line as it was typed: the verb, the files, and the options with their values."""

    verb: str
    files: tuple[str, ...]
    options: tuple[tuple[str, str | None], ...]

    def line(self, *more: str, verb: str | None = None) -> str:
        """The command line with ``more`` options, in the place of those of the same name."""
        names = {each.split(" ")[0] for each in more} - {"--indicator"}
        words = ["geoapp", "statistics", verb or self.verb, *self.files]
        for option, value in self.options:
            if option not in names:
                words += [option] if value is None else [option, value]
        return " ".join([shlex.join(words), *more])


def typed(context: click.Context) -> Typed:
    """What was typed, without the options that only ask for another form of the answer."""
    options: list[tuple[str, str | None]] = []
    for each in context.command.params:
        name = each.name or ""
        if name in _LEFT_OUT or context.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
            continue
        value = context.params[name]
        if isinstance(value, bool):
            options.append((each.opts[0], None))
        else:
            options += [(each.opts[0], str(one)) for one in (value if isinstance(value, tuple) else (value,))]
    return Typed(context.info_name or "check", tuple(map(str, context.params["files"])), tuple(options))


def next_steps(kept: Kept, command: Typed, batch: int | None = None, at_once: bool = False) -> list[Step]:
    """What a person does next, the most pressing first."""
    question = kept.get("question")
    blocked = question is not None and question["blocking"]
    waiting = [row for row in kept["others"] if row["fate"] == "suggested"]
    steps = []
    if question is not None:
        others = [option for option in question["options"] if not (waiting and option in _OF_SUGGESTIONS)]
        lines = tuple(command.line(answer) for option in others for answer in _answers(option, question["values"]))
        if lines:
            steps.append(Step("next.answer" if blocked else "next.may_answer", {"n": len(lines)}, lines))
    steps += _accepting(waiting, command)
    if not blocked and stopped(kept):
        steps.append(Step("next.mend", {}, (command.line(),)))
    if kept["rows"]["refused"] and not stopped(kept):
        out = command.line("--csv laporan.csv", verb="check")
        steps.append(Step("next.refused", {"n": kept["rows"]["refused"]}, (out,)))
    if not stopped(kept) and not at_once:
        steps.append(_going_on(command, batch))
    return steps


def _going_on(command: Typed, batch: int | None) -> Step:
    if batch is not None:
        return publishing(batch)
    return Step("next.import", {}, (command.line(verb="import"),))


def reporting(kept: Kept, batch: int, published: bool) -> list[Step]:
    """What can still be done with a batch whose report was kept."""
    steps = []
    if refused := kept["rows"]["refused"]:
        again = f"geoapp statistics report {batch} --csv laporan.csv"
        steps.append(Step("next.refused", {"n": refused}, (again,)))
    return steps if published else [*steps, publishing(batch)]


def publishing(batch: int) -> Step:
    """A staged batch is published."""
    return Step("next.publish", {"batch": batch}, (f"geoapp statistics publish {batch}",))


def _accepting(waiting: Iterable[Mapping[str, Any]], command: Typed) -> list[Step]:
    """How suggestions get their yes: the sure ones together, the others one by one."""
    scores = [row["values"].get("score") or 0 for row in waiting]
    if not scores:
        return []
    steps = []
    sure = sum(score >= SURE for score in scores)
    if sure:
        steps.append(Step("next.accept_sure", {"n": sure, "score": SURE}, (command.line(f"--accept {SURE}"),)))
    first = command._replace(options=tuple(each for each in command.options if each[0] != "--accept"))
    one_by_one = (first.line("--suggestions usulan.csv", verb="check"), first.line("--accept usulan.csv"))
    steps.append(Step("next.accept_each", {"n": len(scores)}, one_by_one))
    return steps


def _answers(option: str, values: Mapping[str, Any]) -> list[str]:
    """An option with what may follow it: what the question itself found, one of few answers, or a word to replace."""
    name = option if option.startswith("-") else f"--{option}"
    if name in _CHOICES:
        return [f"{name} {choice}" for choice in _CHOICES[name]]
    if name == "--period" and values.get("periods"):
        return [f"{name} {each}" for each in str(values["periods"]).split(", ")]
    found = values.get(_FOUND.get(name, ""))
    if isinstance(found, str) and found and " " not in found:
        return [f"{name} {found}"]
    return [f"{name} {_EXAMPLES[name]}" if name in _EXAMPLES else name]
