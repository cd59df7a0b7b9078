"""How far an import is, drawn as a bar: whole steps of the line, and within a long one the share that is done."""

from dataclasses import dataclass, field

from geoapp.cli.desk import Steps
from geoapp.domain.levels import Level
from geoapp.i18n import speak


@dataclass
class Pace:
    """Told by the line which step begins, and by the step how far it is."""

    _drawn: Steps
    _begun: int = field(default=-1, init=False)
    _share: float = field(default=0.0, init=False)
    _step: str = field(default="", init=False)

    def began(self, step: str) -> None:
        """The step of that name begins."""
        self._begun, self._share, self._step = self._begun + 1, 0.0, step
        self._drawn.say(f"boundaries.step_{step}")
        self._drawn.reach(self._begun)

    def watch(self, share: float, /, level: Level | None = None, zoom: int | None = None) -> None:
        """So large a part of the step is done, beside what was; it draws that level, at that zoom."""
        self._share = min(1.0, self._share + share)
        if level is not None:
            step = speak(self._drawn.language, f"boundaries.step_{self._step}")
            message = f"boundaries.step_at_{level.slug}" if zoom is None else f"boundaries.step_zoom_{level.slug}"
            self._drawn.say(message, step=step, zoom=zoom)
        self._drawn.reach(self._begun + self._share)
