"""The columns' names out of a header of one or several rows: each its own, with the heading above it as its group."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from geoapp.releases.reading.books import Merged, Sheet
from geoapp.releases.reading.cells import label
from geoapp.releases.reading.header import Header
from geoapp.releases.reading.place_columns import says_place
from geoapp.releases.reading.table import names_a_code, plain

JOINED = " – "
_UNIT = re.compile(
    r"\(.*\)|(jiwa|orang|kk|keluarga|ruta|unit|buah|persen|ha|km2|km²|m2|m²|%|‰|rp|rupiah|ton|kg)\.?", re.I
)


class Headings(NamedTuple):
    """The unique name of every column (empty for one without), and what stands above it."""

    names: tuple[str, ...]
    groups: tuple[str, ...]


def name_columns(sheet: Sheet, header: Header, width: int) -> Headings:
    """Name ``width`` columns by the rows of the header."""
    rows = [
        [label(cell) for cell in row.cells[:width]] + [""] * (width - len(row.cells))
        for row in sheet.rows[header.top : header.bottom + 1]
    ]
    lines = [row.line for row in sheet.rows[header.top : header.bottom + 1]]
    rows = _with_translation(rows)
    _spread_merged(rows, lines, sheet.merged)
    stacks = [_stack([row[column] for row in rows]) for column in range(width)]
    leaves = [stack[-1] if stack else "" for stack in stacks]
    groups = [JOINED.join(stack[:-1]) for stack in stacks]
    _group_repeated(leaves, groups)
    repeated = Counter(map(plain, leaves))
    names = [
        JOINED.join((group, leaf)) if group and leaf and repeated[plain(leaf)] > 1 else leaf
        for group, leaf in zip(groups, leaves, strict=True)
    ]
    return Headings(_unique(names), tuple(groups))


def _with_translation(rows: list[list[str]]) -> list[list[str]]:
    """A last row that only gives units, or says the same again in another language, is no level of its own."""
    if len(rows) < 2:
        return rows
    upper, lower = rows[-2], rows[-1]
    below = [column for column, text in enumerate(lower) if text]
    said = [upper[column] for column in below if upper[column]]
    if len(said) < max(2, 0.9 * len(below)) or len(set(said)) < len(said):
        return rows
    texts = [lower[column] for column in below]
    if all(_UNIT.fullmatch(text) for text in texts) or sum(text.startswith("(") for text in texts) >= len(texts) / 2:
        units = [unit if unit.startswith("(") else f"({unit})" if unit else "" for unit in lower]
        return [*rows[:-2], [" ".join(filter(None, each)) for each in zip(upper, units, strict=True)]]
    full = [above or text for above, text in zip(upper, lower, strict=True)]
    return [*rows[:-2], full]


def _spread_merged(rows: list[list[str]], lines: Sequence[int], merged: Sequence[Merged]) -> None:
    """Give every column of a heading its text, by the merged cells or, where there are none, to the right."""
    wide = set()
    for each in merged:
        inside = [number for number, line in enumerate(lines) if each.top <= line <= each.bottom]
        if not inside or each.left >= len(rows[0]) or lines[inside[0]] != each.top:
            continue
        text = rows[inside[0]][each.left]
        for number in inside:
            rows[number][each.left : each.right + 1] = [text] * (min(each.right + 1, len(rows[0])) - each.left)
        if each.right > each.left and text:
            wide.add(inside[0])
    for number in reversed(range(len(rows) - 1)):
        if number in wide:
            continue
        row, below = rows[number], rows[number + 1]
        for column in range(1, len(row)):
            if not row[column] and below[column] and below[column - 1] and row[column - 1]:
                row[column] = row[column - 1]


def _stack(texts: Sequence[str]) -> list[str]:
    """The texts above a column from top to bottom, none twice in a row."""
    stack: list[str] = []
    for text in texts:
        if text and (not stack or plain(stack[-1]) != plain(text) or not plain(text)):
            stack.append(text)
    return stack


def _group_repeated(leaves: Sequence[str], groups: list[str]) -> None:
    """In a header of one row, labels that repeat belong to the column before them that begins a block.

    A block ends where a label of it comes again, or at a label in capitals where the repeated ones are not.
    """
    if any(groups):
        return
    counted = Counter(map(plain, leaves))
    small = any(counted[plain(leaf)] > 1 and not leaf.isupper() for leaf in leaves)
    group, inside, last = "", set[str](), ""
    for column, leaf in enumerate(leaves):
        said = plain(leaf)
        if not said:
            continue
        if counted[said] == 1:
            last = "" if says_place(leaf) or names_a_code(leaf) else leaf
            if small and last and leaf.isupper():
                group, inside = leaf, set()
            continue
        if said in inside or not group:
            before = leaves[column - 1] if column else ""
            group = last if last and before == last else ""
            inside = set()
        inside.add(said)
        groups[column] = group


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """The same name twice becomes ``X`` and ``X (2)``."""
    taken: set[str] = set()
    unique = []
    for name in names:
        said, number = name, 1
        while name and said in taken:
            number += 1
            said = f"{name} ({number})"
        taken.add(said)
        unique.append(said)
    return tuple(unique)
