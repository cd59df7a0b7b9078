"""Which source a layer is from: the profile whose columns are there, whose codes agree, and what it then holds."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geoapp.catalogue.sources import SourceProfile
from geoapp.domain.code_column import Reading
from geoapp.domain.levels import Level
from geoapp.editions.coding import Coding, anywhere, codings, of_column
from geoapp.editions.columns import Columns
from geoapp.editions.draft import Draft
from geoapp.editions.formats.layer import Layer
from geoapp.errors import BadRequest

OWN = "own"
"""The profile of last resort."""
_WORDS = {Level.HAMLET: "Dusun", Level.RW: "RW", Level.RT: "RT"}
UNSAID = "unsaid"
"""What a row is whose kind no column says."""
_WHOLE_WORD = 4
"""From so many letters on a word for a kind may be part of a cell."""

Kind = Level | None | str
"""The level a column says a row is of; None for no region at all; UNSAID where nothing is said."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A layer seen through a profile: the columns that fit, the codes (None: there are none), each row's kind."""

    layer: Layer
    columns: Columns
    profile: SourceProfile
    matched: tuple[str, ...]
    coding: Coding | None
    kinds: tuple[Kind, ...]
    names: tuple[str, ...]

    @property
    def reading(self) -> Reading | None:
        """The codes as read."""
        return self.coding.reading if self.coding else None

    @property
    def level(self) -> Level | None:
        """The level of most rows as their codes say, else as a column says; None where neither does."""
        said = Counter(kind for kind in self.kinds if isinstance(kind, Level))
        if self.reading is not None and self.reading.system is not None and any(self.reading.codes):
            return self.reading.level or (self.profile.level if self.profile.level > Level.VILLAGE else None)
        if said and Level.VILLAGE not in said and UNSAID not in self.kinds:
            return said.most_common(1)[0][0]
        return self.profile.level if self.profile.level > Level.VILLAGE else Level.VILLAGE

    @property
    def worth(self) -> int:
        """How much the layer looks like what is wanted: 3 coded villages or below, 2 a question of codes, 1 names."""
        if self.reading is not None and self.reading.question is not None:
            return 2
        upper = self.level is not None and self.level < Level.VILLAGE
        if self.reading is not None and self.reading.system is not None:
            return 0 if upper else 3
        return 1 if any(self.names) and not upper else 0


def best_fit(draft: Draft, layer: Layer) -> Fit:
    """The layer through the profile that fits best.

    Raises
    ------
    BadRequest
        If a profile or column was asked for that does not exist.
    """
    columns = Columns(layer.frame)
    for asked in (draft.asked.code_column, draft.asked.name_column):
        if asked and columns.find([asked]) is None:
            raise BadRequest("error.boundary_no_column", column=asked, columns=listed(columns))
    named: Fit | None = None
    doubtful: Fit | None = None
    for profile in _profiles(draft, columns):
        for fit in _fits(draft, layer, columns, profile):
            if fit.reading is None:
                named = named or fit
            elif fit.reading.question is not None:
                doubtful = doubtful or fit
            elif fit.reading.system is not None and (draft.asked.profile or _agrees(fit)):
                return fit
    found = doubtful or named
    assert found is not None, "the profile of last resort fits every layer"
    return found


def _profiles(draft: Draft, columns: Columns) -> Sequence[SourceProfile]:
    """The asked profile, else those whose columns are there: the most telling first, one's own file last."""
    asked = draft.asked.profile
    if asked:
        if asked not in draft.profiles:
            raise BadRequest("error.unknown_profile", profile=asked, known=", ".join(sorted(draft.profiles)))
        return [draft.profiles[asked]]
    fitting = [each for each in draft.profiles.values() if each.slug != OWN and _is_there(draft, each, columns)]
    fitting.sort(key=lambda each: each.slug)
    fitting.sort(key=lambda each: (_telling(each), len(matched(each, columns))), reverse=True)
    return [*fitting, draft.profiles[OWN]]


def _is_there(draft: Draft, profile: SourceProfile, columns: Columns) -> bool:
    """Whether the columns that a source always has are all there."""
    if profile.level > Level.VILLAGE and not profile.sure and draft.asked.level is not profile.level:
        return False  # a column called rw may as well count them
    if not all(columns.find(sign.split("|")) for sign in profile.signs):
        return False
    names = bool(columns.find(profile.columns.get(profile.level, ())))
    if profile.level > Level.VILLAGE:
        return names or any(columns.find(each) for each in profile.local.values())
    parts = bool(profile.parts) and all(columns.find(each) for each in profile.parts.values())
    code = parts or bool(columns.find(profile.code))
    return names and (code or not profile.code or (bool(profile.signs) and not profile.checked))


def _telling(profile: SourceProfile) -> tuple[int, int, int]:
    return len(profile.provinces), len(profile.local), len(profile.signs)


def matched(profile: SourceProfile, columns: Columns) -> tuple[str, ...]:
    """The columns a profile knows, each once."""
    spelled = (
        profile.code,
        *profile.columns.values(),
        *profile.parts.values(),
        *(sign.split("|") for sign in profile.signs),
    )
    return tuple(dict.fromkeys(found for each in spelled if (found := columns.find(each))))


def _fits(draft: Draft, layer: Layer, columns: Columns, profile: SourceProfile) -> Iterable[Fit]:
    """The layer with each of its columns of codes, and last without any."""
    names = _names(draft, columns, profile)
    fixed = (layer, columns, profile, matched(profile, columns))
    kinds = tuple(row_kinds(columns, profile))
    system = draft.asked.system
    if draft.asked.code_column:
        column = columns.find([draft.asked.code_column]) or draft.asked.code_column
        found: Iterable[Coding] = [of_column(columns, column, profile, names, draft.official, system)]
    else:
        found = codings(columns, profile, names, draft.official, system)
    for coding in found:
        yield Fit(*fixed, coding, kinds, names)
    if profile.slug == OWN and not draft.asked.code_column:
        elsewhere = anywhere(columns, names, draft.official, system)
        if elsewhere is not None:
            yield Fit(*fixed, elsewhere, kinds, names)
    yield Fit(*fixed, None, kinds, names)


def _agrees(fit: Fit) -> bool:
    """Whether the codes are of the profile's system and provinces."""
    assert fit.reading is not None, "asked of a fit with codes"
    if fit.profile.system is not None and fit.reading.system is not fit.profile.system:
        return False
    provinces = fit.profile.provinces
    return not provinces or all(code.text.startswith(provinces) for code in fit.reading.codes if code)


def _names(draft: Draft, columns: Columns, profile: SourceProfile) -> tuple[str, ...]:
    """The names of the features."""
    asked = draft.asked.name_column
    level = profile.level if profile.level in profile.columns else Level.VILLAGE
    found = columns.texts(columns.find([asked] if asked else profile.columns.get(level, ())))
    if level > Level.VILLAGE:
        return tuple(_numbered(name, level) for name in found)
    return tuple(found if any(map(str.isalpha, "".join(found))) else [""] * len(columns))


def _numbered(name: str, level: Level) -> str:
    """A name below the village, which often is a number: ``RW 3``."""
    return name if not name or any(map(str.isalpha, name)) else f"{_WORDS[level]} {name}"


def row_kinds(columns: Columns, profile: SourceProfile) -> list[Kind]:
    """What each row is, as the profile's column of kinds says."""
    column = columns.find(profile.rows.columns) if profile.rows else None
    if column is None or profile.rows is None:
        return [UNSAID] * len(columns)
    words = sorted(profile.rows.words.items(), key=lambda each: -(each[0] or 0))
    return [_kind(text.lower(), words) for text in columns.texts(column)]


def _kind(text: str, words: Sequence[tuple[Level | None, tuple[str, ...]]]) -> Kind:
    for level, each in words:
        for word in each:
            if text == word.lower() or (len(word) >= _WHOLE_WORD and word.lower() in text and not word.isupper()):
                return level
    return UNSAID


def listed(columns: Columns, most: int = 30) -> str:
    """The names of columns for a sentence."""
    shown = ", ".join(columns.names[:most])
    return f"{shown} …" if len(columns.names) > most else shown or "-"
