"""Reading with GDAL: every layer of a source, by one driver and no other."""

import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from geoapp.editions.formats.layer import Layer, from_wkb, layer

_REMARKS = 5


class Unreadable(Exception):
    """GDAL cannot make anything of the source."""


def layers(source: str, driver: str, **options: Any) -> Iterator[Layer]:
    """Every layer that has shapes. Raises Unreadable."""
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            found = pyogrio.list_layers(source)
            for name in [str(name) for name, kind in found if kind is not None]:
                if pyogrio.read_info(source, layer=name)["driver"] != driver:
                    raise Unreadable(driver)
                raw = pyogrio.raw.read(source, layer=name, datetime_as_string=True, **options)
                said = tuple(sorted({str(each.message) for each in caught})[:_REMARKS])
                caught.clear()
                yield _layer(name, raw, said)
        except (DataSourceError, DataLayerError, ValueError, RuntimeError, UnicodeDecodeError) as error:
            raise Unreadable(str(error)) from error


def _layer(name: str, raw: tuple[Mapping[str, Any], Any, Any, Any], said: tuple[str, ...]) -> Layer:
    about, _, wkb, columns = raw
    shapes, broken, closed = from_wkb(wkb)
    titled = dict(zip(about["fields"], columns, strict=True))
    return layer(name, titled, shapes, about["crs"], broken=tuple(broken), mended=tuple(closed), said=said)
