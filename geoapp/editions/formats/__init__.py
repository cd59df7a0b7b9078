"""The formats of boundary files, one module each: ``NAME``, ``reads(content)`` and ``layers(content)``.

One that takes much memory has a ``LIMIT_MIB`` of its own, beyond which a content is refused.

A format is known by its content alone, and no two know the same; a new one is a new module here.
"""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Protocol

from geoapp.editions.formats.content import Content
from geoapp.editions.formats.layer import Layer


class Format(Protocol):
    """A module of this package that reads one format."""

    NAME: str
    """What people call it."""

    def reads(self, content: Content) -> bool:
        """Whether this is the format of the content."""
        ...

    def layers(self, content: Content) -> Iterator[Layer]:
        """Its layers. Raises ogr.Unreadable, ValueError or a Refused that says more."""
        ...


@cache
def formats() -> Mapping[str, Any]:
    """Every format by what people call it, in the order of their names."""
    names = (found.name for found in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in names)
    found = {module.NAME: module for module in modules if hasattr(module, "NAME")}
    return dict(sorted(found.items()))


def format_of(content: Content) -> Format | None:
    """The format of a content, or None."""
    return next((each for each in formats().values() if each.reads(content)), None)
