"""What a header may be called: without its period, its unit, and the words that only say that figures follow."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from geoapp.domain.indicators import Indicator
from geoapp.domain.period_words import (
    PeriodRead,
    find_periods,
    month_of,
    read_period,
    split_header,
    split_short_year,
)
from geoapp.domain.periods import Granularity
from geoapp.domain.units import SHARE, Unit, read_unit
from geoapp.releases.reading.table import Table
from geoapp.releases.shaping.columns import Profile
from geoapp.releases.shaping.header_words import is_question_number, plain

_VALUE_WORDS = ("nilai", "skor", "angka", "jumlah", "banyaknya", "total", "jml", "jlh", "data")
"""What may stand before an indicator's name: ``NILAI IDM`` is the IDM."""
_SUMS = ("jumlah", "total", "jml", "jlh")
"""What may stand behind it, as the last of some columns: ``Penduduk – JML``."""
_BOTH = {"l_p", "lk_pr", "laki_laki_perempuan"}
"""Both sexes in one column."""
_BARE = {*_VALUE_WORDS, *_BOTH, "l", "p", "lk", "pr", "laki_laki", "perempuan", "laki", "pria", "wanita"}
_CUT = re.compile(r"_(?:berdasarkan|menurut|per|tiap|setiap|di|by|kecamatan|kelurahan|desa|kota|kabupaten)(?:_|$).*")
_UNIT_TAIL = re.compile(r"_?(?:jiwa_?)?(?:km2|m2|ha|jiwa|orang|persen)$")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_AGAIN = re.compile(r" \(\d{1,2}\)$")
"""What makes a header that comes again another one."""
_IN = re.compile(r"^(?:dalam|satuan|in|unit)\b[\s:=]*", re.IGNORECASE)
"""What stands before a unit: ``dalam ribuan rupiah``, ``Satuan: ha``."""
_SLASH = re.compile(r"\s*/\s*[A-Za-z][A-Za-z -]*|\s\d\)$")
"""The same in another language, and footnotes: ``Laki-laki/Male``."""
_TABLE_NUMBER = re.compile(r"^(?:tabel|table)\s*[\d.]+[.:]?\s*", re.IGNORECASE)


class Head(NamedTuple):
    """One header: ``stem`` without its period, ``names`` what it may be compared by, the closest first."""

    column: int
    stem: str
    names: tuple[str, ...]
    read: PeriodRead | None
    unit: Unit | None
    unit_text: str
    short: bool = False


def heads(table: Table, columns: Sequence[Profile], taken: set[int], year: int | None = None) -> tuple[Head, ...]:
    """The headers of all columns but those ``taken``.

    Two digits are a year where a neighbour writes it in full; months alone are those of ``year``, or of the one year
    that the titles name. What only says that figures follow, or a sex, is of what the title is about.
    """
    split = {each.index: _split(each.header) for each in columns}
    groups = dict(enumerate(table.groups))
    said = [read for _, read in split.values()] + [read for text in groups.values() for read in find_periods(text)]
    years = sorted({read.period.year for read in said if read})
    year = year or _year_of(table)
    titled = " ".join(title_names(table.titles)[:1])
    found = []
    for each in columns:
        if each.index in taken or not each.header:
            continue
        stem, read = split[each.index]
        short = False
        if read is None and years:
            stem, read = split_short_year(each.header, years)
            short = read is not None
        group, above = split_header(groups.get(each.index, ""))
        its = above.period.year if above and above.period.granularity is Granularity.YEAR else year
        if read is None and its is not None and (month := month_of(table.leaf(each.index))):
            stem, read = "", read_period(f"{its}-{month:02d}")
        if not group and plain(_SLASH.sub("", stem)) in _BARE:
            group = titled
        elif not stem and group and bare(plain(group)) not in ("", "tahun"):
            stem = group
        elif group and _is_share(table.leaf(each.index)):
            group, stem = "", f"persentase {group}"
        unit, text = _unit(each.header, groups.get(each.index, ""))
        found.append(Head(each.index, stem, _names(stem, group), read or above, unit, text, short))
    return tuple(found)


def spelled(known: Mapping[str, Indicator]) -> dict[str, str]:
    """Every way a header may write an indicator → its slug; what two of them are called says neither."""
    slugs: dict[str, set[str]] = {}
    for slug, indicator in known.items():
        for name in _spellings(indicator):
            slugs.setdefault(name, set()).add(slug)
    own = {plain(slug): slug for slug in known}
    return {name: next(iter(its)) for name, its in slugs.items() if len(its) == 1 and len(name) > 1} | own


def called(head: Head, words: Mapping[str, str]) -> str | None:
    """The slug of the indicator a header is called like, None if it is none."""
    return slug_of(head.names, words) or _said_twice(head.names, words)


def _said_twice(names: Iterable[str], words: Mapping[str, str]) -> str | None:
    """The slug that both halves of a header say, each in a language: ``Luas Wilayah Total Area``."""
    for name in names:
        parts = name.split("_")
        for cut in range(1, len(parts)):
            halves = [slug_of(_forms(" ".join(half)), words) for half in (parts[:cut], parts[cut:])]
            if halves[0] is not None and halves[0] == halves[1]:
                return halves[0]
    return None


def slug_of(names: Iterable[str], words: Mapping[str, str]) -> str | None:
    """The slug of the first of these names that is an indicator's."""
    return next((words[name] for name in names if name in words), None)


def names_of(text: str) -> tuple[str, ...]:
    """What a cell or a title may be compared by, the whole first."""
    return tuple(name for name in _forms(text) if name)


def title_names(titles: Iterable[str]) -> tuple[str, ...]:
    """What the titles above a table may be called, without number, place and period."""
    names: list[str] = []
    for title in titles:
        text = _TABLE_NUMBER.sub("", title)
        first = re.split(r"[,;:–—]|\s-\s", text)[0]
        names.extend(_forms(split_header(first)[0]))
    return tuple(dict.fromkeys(names))


def says_only_figures(head: Head) -> bool:
    """Whether a header without its period says nothing, or only that figures follow."""
    return all(word in (*_VALUE_WORDS, "tahun", "") for word in plain(head.stem).split("_"))


def says_amount(head: Head) -> bool:
    """Whether a header begins with a word for a number of things: *jumlah*, *banyaknya*."""
    return plain(head.stem).split("_")[0] in _VALUE_WORDS


def _year_of(table: Table) -> int | None:
    """The one year of the titles, or of the sheet's name where no title has one."""
    for texts in (table.titles, (table.sheet,)):
        years = {read.period.year for text in texts for read in find_periods(text)}
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def _is_share(leaf: str) -> bool:
    """Whether a header below a group only says that its figures are per cent of it."""
    unit = read_unit(leaf)
    return unit is not None and unit.kind == SHARE


def _split(header: str) -> tuple[str, PeriodRead | None]:
    return (header, None) if is_question_number(header) else split_header(_AGAIN.sub("", header))


def _names(stem: str, group: str) -> tuple[str, ...]:
    own = _forms("jumlah" if plain(stem) in _BOTH else stem)
    above = _forms(group) if group and plain(group) not in plain(stem) else ()
    both = [f"{first}_{second}".strip("_") for first in above for second in own]
    turned = [f"{second}_{first}".strip("_") for first in above for second in own]
    return tuple(name for name in dict.fromkeys((*both, *turned, *own)) if name)


def _forms(text: str) -> tuple[str, ...]:
    """A text as it can be compared: whole, without brackets, units, places, and words for figures."""
    whole, without = plain(text), plain(_BRACKETS.sub(" ", text))
    single = plain(_SLASH.sub("", _BRACKETS.sub(" ", text)))
    forms = [whole, without, plain(_SLASH.sub("", text)), single]
    for form in (whole, without, single):
        cut = _CUT.sub("", form)
        forms.extend((cut, _UNIT_TAIL.sub("", cut)))
    forms.extend([bare(form) for form in forms])
    return tuple(dict.fromkeys(forms))


def bare(stem: str) -> str:
    """A header without the words that only say that figures follow: ``nilai_idm`` → ``idm``."""
    words = stem.split("_")
    while words and words[0] in _VALUE_WORDS:
        words = words[1:]
    while words and words[-1] in _SUMS:
        words = words[:-1]
    return "_".join(words)


def _spellings(indicator: Indicator) -> set[str]:
    names = [indicator.name.id, indicator.name.en]
    short = [re.sub(r"\s*\([^)]*\)$", "", name) for name in names]
    return {plain(each) for each in (indicator.slug, *names, *short, *indicator.aliases)} - {""}


def titled_units(titles: Iterable[str]) -> dict[str, Unit]:
    """The units that titles name, in brackets or on a line of their own, by how they write them.

    >>> list(titled_units(["Dana Desa (juta rupiah), 2023", "Satuan: Ha", "dalam ribuan rupiah", "Luas wilayah"]))
    ['juta rupiah', 'Ha', 'ribuan rupiah']
    """
    found = {}
    for title in titles:
        for text in (*_BRACKETS.findall(title), title):
            said = _IN.sub("", text.strip())
            if unit := read_unit(said):
                found[said] = unit
    return found


def _unit(header: str, group: str) -> tuple[Unit | None, str]:
    """The unit a header names in brackets, at its end or as a whole, and how it writes it."""
    for text in (header, group):
        for inner in _BRACKETS.findall(text):
            said = _IN.sub("", inner.strip())
            if unit := read_unit(said):
                return unit, said
    if group and (unit := read_unit(header)):
        return unit, header
    tail = re.search(r"(?i)(?<!per)(?:[_\s]|wilayah|luas)(km2|km²|ha|m2|m²)$", header)
    return (read_unit(tail[1]), tail[1]) if tail else (None, "")
