"""Which layer of a file holds the villages; layers that hold one district each are read as one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from geoapp.domain.codes import LENGTHS
from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.editions.draft import Draft, Frame
from geoapp.editions.fit import Fit, best_fit
from geoapp.editions.formats.layer import Layer, Remark
from geoapp.errors import Question

_CODED = 3
"""What a layer with the codes of villages is worth."""
_SHARED = 0.1
"""Layers with a larger share of the same regions are not parts of one, but two versions of it."""
_VILLAGES = 0.8
"""So many names of official villages make a layer one of villages …"""
_KNOWN = 0.5
"""… and so many that are there already, one that adds nothing."""
_SHOWN = 10


class Choice(NamedTuple):
    """The layer seen through its profile, the names of the layers it was joined of, and of those that were left."""

    fit: Fit
    joined: tuple[str, ...]
    others: tuple[str, ...]


def choose(draft: Draft) -> Choice:
    """The layer that holds villages.

    Raises
    ------
    Question
        If several do that are no parts of one, and none was named.
    """
    fits = [best_fit(draft, layer) for layer in draft.layers]
    best = max(each.worth for each in fits)
    chosen = [each for each in fits if each.worth == best]
    names = tuple(each.layer.name for each in chosen)
    others = tuple(each.name for each in draft.layers if each.name not in names)
    if len(chosen) == 1 or _are_parts(draft, chosen):
        left = [each for each in fits if each.worth != best and holds_others(draft, each, chosen)]
        if left:
            raise _question(draft, [*chosen, *left])
        fit = chosen[0] if len(chosen) == 1 else best_fit(draft, _joined(_of_one_kind(chosen)))
        return Choice(fit, names if len(chosen) > 1 else (), others)
    if not best:
        fit = max(chosen, key=lambda each: len(each.columns))
        return Choice(fit, (), tuple(each.name for each in draft.layers if each is not fit.layer))
    raise _question(draft, chosen)


def _question(draft: Draft, fits: Sequence[Fit]) -> Question:
    said = ", ".join(f"{each.layer.name} ({len(each.columns)})" for each in fits[:_SHOWN])
    return Question("question.layer", "--layer", file=draft.file.name, layers=said)


def holds_others(draft: Draft, fit: Fit, chosen: Sequence[Fit]) -> bool:
    """Whether a layer that would be left holds villages that the chosen ones have not.

    Without codes its names tell: most are those of official villages, and neither of villages that are there nor of
    the districts above them, which often are called alike.
    """
    if fit.worth > 1:
        return True
    named = {normalise(name) for name in fit.names} - {""}
    if not fit.worth or not named:
        return False
    codes = {code.text for each in chosen if each.reading for code in each.reading.codes if code}
    there = {normalise(name) for each in chosen for name in each.names}
    villages: set[str] = set()
    for system, official in draft.official.items():
        *_, regency, district, village = LENGTHS[system][:4]
        around = {code[:regency] for code in codes}
        for code, name in official.items():
            if len(code) == village:
                villages.add(normalise(name))
            elif len(code) in (regency, district) and code[:regency] in around:
                there.add(normalise(name))
    return len(named & villages) >= _VILLAGES * len(named) and len(named & there) < _KNOWN * len(named)


def _are_parts(draft: Draft, fits: Sequence[Fit]) -> bool:
    """Whether layers are parts of one: hardly a region in common, and the same columns, or village codes in all."""
    if len({str(each.layer.frame.crs) for each in fits}) > 1:
        return False
    if not _alike(fits):
        asked = draft.asked.profile or draft.asked.code_column or draft.asked.name_column
        systems = {each.reading.system if each.worth == _CODED and each.reading else None for each in fits}
        if asked or len(systems) > 1 or None in systems or any(each.level is not Level.VILLAGE for each in fits):
            return False
    counted = Counter(key for each in fits for key in set(_keys(each)))
    shared = sum(n > 1 for n in counted.values())
    return bool(counted) and shared <= _SHARED * len(counted) / len(fits)


def _alike(fits: Sequence[Fit]) -> bool:
    return len({(each.profile.slug, each.matched) for each in fits}) == 1


def _of_one_kind(fits: Sequence[Fit]) -> list[Layer]:
    """The layers as they are where their columns are the same, else with what was understood of them, called alike."""
    return [each.layer if _alike(fits) else replace(each.layer, frame=_understood(each)) for each in fits]


def _understood(fit: Fit) -> Frame:
    import geopandas

    assert fit.coding is not None and fit.reading is not None, "asked of layers with codes"
    codes = [code.text if code else cell for code, cell in zip(fit.reading.codes, fit.coding.raw, strict=True)]
    table: dict[str, Any] = {"kode": codes, "nama": fit.names}
    for level, title in ((Level.DISTRICT, "kecamatan"), (Level.REGENCY, "kabupaten"), (Level.PROVINCE, "provinsi")):
        table[title] = fit.columns.texts(fit.columns.find(fit.profile.columns.get(level, ())))
    return geopandas.GeoDataFrame(table, geometry=fit.layer.frame.geometry.values, crs=fit.layer.frame.crs)


def _keys(fit: Fit) -> list[str]:
    codes = fit.reading.codes if fit.reading else (None,) * len(fit.names)
    return [code.text if code else normalise(name) for code, name in zip(codes, fit.names, strict=True)]


def _joined(layers: Sequence[Layer]) -> Layer:
    """One layer of several, features numbered through."""
    import geopandas
    import pandas

    frames = [each.frame for each in layers]
    starts = [sum(map(len, frames[:n])) for n in range(len(frames))]
    table = pandas.concat(
        [pandas.DataFrame(each.drop(columns=each.geometry.name)) for each in frames], ignore_index=True
    )
    shapes = pandas.concat([each.geometry for each in frames], ignore_index=True)
    return Layer(
        name=" + ".join(each.name for each in layers[:_SHOWN]),
        frame=geopandas.GeoDataFrame(table, geometry=shapes.values, crs=frames[0].crs),
        broken=tuple(_moved([each.broken for each in layers], starts)),
        mended=tuple(_moved([each.mended for each in layers], starts)),
        cut_short=any(each.cut_short for each in layers),
    )


def _moved(remarks: Sequence[Sequence[Remark]], starts: Sequence[int]) -> Iterator[Remark]:
    """The remarks of each layer with the rows' numbers in the whole."""
    for each, start in zip(remarks, starts, strict=True):
        for remark in each:
            yield remark._replace(row=remark.row + start)
