"""The world that kills happen in: one edition with one published map, and what may be done to it."""

import csv
import os
import time
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from geoapp import cli
from geoapp.settings import HOME
from geoapp.store.database import Store
from geoapp.store.migrate import migrate
from tests.kill.answers import A, Answers, opened, seen
from tests.kill.site import Site

SAMPLE = HOME / "boundaries" / "sample"
STAGED = "2"
"""The batch that waits to be published: other figures of the same villages."""
STEADY = """
CREATE FUNCTION public.steady() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before int;
BEGIN
    EXECUTE format('SELECT count(*) FROM %I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO before;
    NEW.published_at := timestamptz '2026-01-01' + before * interval '1 day';
    IF TG_TABLE_NAME = 'release' THEN NEW.id := before + 1; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER steady BEFORE INSERT ON geography.edition FOR EACH ROW EXECUTE FUNCTION public.steady();
CREATE TRIGGER steady BEFORE INSERT ON published.release FOR EACH ROW EXECUTE FUNCTION public.steady();
"""
"""Moments and numbers that do not depend on when and how often something was tried: answers compare by their bytes."""


@dataclass(frozen=True)
class Change:
    """Something that is done to the world by a command; no command: it is only looked at.

    ``prepare`` are statements that make it ready to be done, ``fills`` the tables whose rows the command writes, and
    ``marks`` the one of whose rows it writes one. ``once``: what is done cannot be done again.
    """

    name: str
    command: tuple[str, ...] = ()
    prepare: tuple[str, ...] = ()
    fills: tuple[str, ...] = ()
    marks: str = "geography.edition"
    once: bool = False


_OTHER = (
    "boundaries",
    "import",
    str(SAMPLE / "pulau-purnama-2020.geojson"),
    "--dated",
    "2020",
    "--complete",
    "province",
)
CHANGES = {
    each.name: each
    for each in (
        Change("import", _OTHER, fills=("geography.region", "geography.outline")),
        Change(
            "publish",
            ("statistics", "publish", STAGED),
            fills=("published.observation", "published.plan"),
            marks="published.release",
            once=True,
        ),
        # outlines of an earlier version: whoever opens the database next makes them anew
        Change(
            "redraw",
            ("boundaries", "list"),
            prepare=("UPDATE geography.edition SET grids = 0",),
            fills=("geography.outline",),
        ),
        Change("look"),
    )
}


@dataclass(frozen=True)
class States:
    """What the public sees before a change and after it, where nobody is killed, and how long the change takes."""

    old: Answers
    new: Answers
    seconds: float


class World:
    """The template of all sites, and the two states of each change."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0
        self._known: dict[str, States] = {}
        (folder / "template").mkdir(mode=0o755)
        self._template = Site(folder / "template")
        self._template.cluster.start()
        store = Store.at(self._template.cluster.url())
        migrate(store)
        store.close()
        self._template.execute(STEADY)
        table = ("--indicator", "penduduk", "--edition", A)
        _run(
            self._template.var,
            ("codes", "import", str(SAMPLE / "codes.csv"), "--dated", "2024"),
            ("boundaries", "import", str(SAMPLE / "pulau-purnama-2024.geojson")),
            ("statistics", "import", str(SAMPLE / "penduduk.csv"), *table, "--publish"),
            ("statistics", "import", str(_other_figures(folder)), *table),
        )
        self._template.cluster.stop()

    def site(self) -> Site:
        """A fresh one, its server running."""
        self._made += 1
        made = self._template.copied(self._folder / f"site-{self._made}")
        made.cluster.start()
        return made

    def states(self, change: Change) -> States:
        """Found out once, on a site of its own."""
        if change.name not in self._known:
            site = self.site()
            with opened(site) as reader:
                old = seen(reader)
            site.execute(*change.prepare)
            began = time.monotonic()
            if change.command:
                site.done(change.command)
            seconds = time.monotonic() - began
            site.forget_tiles()
            with opened(site) as reader:
                new = seen(reader)
            self._known[change.name] = States(old, new, seconds)
            site.removed()
        return self._known[change.name]


def _run(var: Path, *commands: tuple[str, ...]) -> None:
    """Commands within this process, which has the libraries loaded."""
    with patch.dict(os.environ, {"GEOAPP_VAR": str(var), "GEOAPP_LANG": "en"}):
        for each in commands:
            assert cli.run(each) == 0, each


def _other_figures(folder: Path) -> Path:
    """A table of the sample's villages with other figures for two of its years."""
    table = folder / "penduduk.csv"
    with (SAMPLE / "penduduk.csv").open(encoding="utf-8-sig", newline="") as file:
        codes = sorted({row["kode"] for row in csv.DictReader(file, delimiter=";")})
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(["kode", "tahun", "penduduk"])
        rows.writerows([code, year, 1000 + 7 * n] for n, code in enumerate(codes) for year in (2023, 2024))
    return table
