"""How far an import is: the bar moves within every long step, never back, and is full at the end."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geoapp.cli.pace import Pace
from geoapp.domain.levels import Level
from geoapp.domain.zooms import GRIDS
from geoapp.editions.islands import each_of
from geoapp.editions.line import STEPS, attempt
from tests.editions import files


@dataclass
class Drawn:
    """Takes down what a bar is told."""

    language: str = "en"
    reached: list[float] = field(default_factory=list)
    said: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def reach(self, done: float) -> None:
        self.reached.append(done)

    def say(self, message: str, /, **values: Any) -> None:
        self.said.append((message, values))


def test_long_steps_tell_what_they_draw_and_their_shares_are_the_whole(tmp_path: Path) -> None:
    shares: dict[str, float] = defaultdict(float)
    drawn, steps = set(), []

    def watch(share: float, /, level: Level | None = None, zoom: int | None = None) -> None:
        shares[steps[-1]] += share
        drawn.add((level, zoom))

    attempt(
        replace(files.draft(files.geojson(tmp_path / "kota.geojson", files.city())), watch=watch), began=steps.append
    )

    assert dict(shares) == pytest.approx({"clean": 1, "dissolve": 1, "generalise": 1})
    assert drawn >= {(level, grid.zoom) for level in (Level.VILLAGE, Level.DISTRICT) for grid in GRIDS}


def test_the_bar_never_goes_back_and_names_the_level_and_the_zoom(tmp_path: Path) -> None:
    bar = Drawn()
    pace = Pace(bar)

    attempt(
        replace(files.draft(files.geojson(tmp_path / "kota.geojson", files.city())), watch=pace.watch), began=pace.began
    )

    assert bar.reached == sorted(bar.reached)
    assert len(STEPS) - 1 < bar.reached[-1] <= len(STEPS)
    assert ("boundaries.step_zoom_village", {"step": "Generalising for every scale", "zoom": 13}) in bar.said


def test_of_work_in_groups_every_share_is_told_once_and_a_failure_ends_it() -> None:
    told: list[float] = []
    groups = [np.arange(n) for n in (5, 90, 1, 40, 2, 41)]

    each_of(groups, len, told.append)

    assert sorted(told) == pytest.approx(sorted(len(group) / 179 for group in groups))

    def fails(group: np.ndarray) -> int:
        raise ValueError(len(group))

    with pytest.raises(ValueError, match=r"90|1"):
        each_of(groups, fails)
