"""What a map service says of its answer beside the features: that it stopped at its limit, and how many there are."""

import re

from geoapp.editions.formats.content import Content

_STOPPED = re.compile(rb'"exceededTransferLimit"\s*:\s*true')
_COUNTED = re.compile(rb'"(?:numberMatched|totalFeatures)"\s*:\s*"?(\d+)')


def is_cut_short(content: Content, features: int) -> bool:
    """Whether a service answered with ``features`` and had more: ArcGIS says so, a WFS or OGC API counts them."""
    counted = _COUNTED.search(content.tail) or _COUNTED.search(content.head)
    return (counted is not None and int(counted[1]) > features) or content.holds(_STOPPED)
