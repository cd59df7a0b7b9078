"""Indicators by name: the one that was asked for, or those a header is most like."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from rapidfuzz import fuzz

from geoapp.domain.figures import spellings, tidy
from geoapp.domain.indicators import Indicator
from geoapp.errors import NotFound
from geoapp.releases.shaping.columns import Profile
from geoapp.releases.shaping.heads import Head, bare, spelled

_NEAR = 80.0
_LONG = 5
"""Shorter names are near to everything."""


def indicator_named(slug: str, known: Mapping[str, Indicator]) -> Indicator:
    """The indicator of the catalogue; NotFound naming those that are spelled nearly so."""
    if slug in known:
        return known[slug]
    near = get_close_matches(slug, known, n=3, cutoff=0.5)
    if near:
        raise NotFound("error.no_indicator_but", indicator=slug, near=", ".join(near))
    raise NotFound("error.no_indicator", indicator=slug)


def likeliest(
    heads: Sequence[Head], known: Mapping[str, Indicator], columns: Sequence[Profile], most: int = 3
) -> list[tuple[str, Head]]:
    """Slugs and the headers they are most like, the likeliest first; none where nothing is near.

    Words are only a category's, figures never; a category is likely where all words of a column are its own.
    """
    figures = {each.index for each in columns if each.holds_figures}
    words = spelled(known)
    ranked: dict[str, tuple[float, Head]] = {}
    for head in heads:
        for name in (name for name in head.names if len(bare(name)) >= _LONG):
            for word, slug in words.items():
                if bool(known[slug].categories) is (head.column in figures):
                    continue
                score = fuzz.token_sort_ratio(name.replace("_", " "), word.replace("_", " "))
                if score >= _NEAR and score > ranked.get(slug, (0.0, head))[0]:
                    ranked[slug] = (score, head)
    for head in heads:
        for slug in (slug for slug, each in known.items() if each.categories and head.column not in figures):
            answers = {tidy(cell).casefold() for cell in columns[head.column].cells}
            if answers and answers <= spellings(known[slug]).keys():
                ranked[slug] = (100.0, head)
    best = sorted(ranked.items(), key=lambda each: -each[1][0])
    return [(slug, head) for slug, (_, head) in best[:most]]
