"""Which public maps an unknown name may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from geoapp.atlas.page import Layer

_MOST = 3
_ALIKE = 0.5
"""How much alike two names must be, from 0 to 1."""


def likely(asked: str, layers: Iterable[Layer]) -> tuple[Layer, ...]:
    """The maps whose names are most like ``asked``, the likeliest first; a name also stands for what it begins."""
    known = {each.id: each for each in layers}
    begun = sorted(name for name in known if asked and name.startswith(asked.lower()))
    found = dict.fromkeys([*begun, *get_close_matches(asked.lower(), known, _MOST, _ALIKE)])
    return tuple(known[name] for name in list(found)[:_MOST])
