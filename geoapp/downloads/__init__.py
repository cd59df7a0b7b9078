"""Downloads of a map: each module with a ``FORMAT`` is one file format, found by its presence in this folder."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from geoapp.downloads.format import Format


def _discover() -> Mapping[str, Format]:
    """Every format of this folder by its extension."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    made = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return {each.extension: each for each in made}


FORMATS: Mapping[str, Format] = _discover()
"""``geojson``, ``csv``, ``html``, and whatever else lies in this folder."""
