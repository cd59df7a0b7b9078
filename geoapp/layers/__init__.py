"""Layer kinds: each module with a ``NAME`` and a ``decide`` turns figures into plans; pure, paints nothing."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from geoapp.layers.plan import LayerKind


def _discover() -> Mapping[str, LayerKind]:
    """Every layer kind of this folder by its name."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return {module.NAME: cast(LayerKind, module) for module in modules if hasattr(module, "decide")}


KINDS: Mapping[str, LayerKind] = _discover()
"""``choropleth``, ``circles``, ``category``, and whatever else lies in this folder."""
