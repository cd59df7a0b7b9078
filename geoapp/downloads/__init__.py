"""Files to take away: one format a module, found by its ``FORMAT``; each says the same as the map."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from geoapp.downloads.format import Format, Job

__all__ = ["FORMATS", "Format", "Job"]


def _found() -> Mapping[str, Format]:
    modules = (import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__))
    formats = (module.FORMAT for module in modules if hasattr(module, "FORMAT"))
    return MappingProxyType({each.extension: each for each in formats})


FORMATS = _found()
"""Every format by its extension."""
