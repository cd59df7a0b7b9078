"""Where the rows of a table are, whatever they count: the way of a table up to its regions, and no further."""

from geoapp.releases.count import as_figures
from geoapp.releases.matching.candidates import load
from geoapp.releases.matching.match import Match, match
from geoapp.releases.matching.plain_names import with_plain_names
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table
from geoapp.releases.shaping.shape import recognise
from geoapp.store.database import Store


def place(store: Store, table: Table, options: Options) -> Match:
    """The region of every row, as an import of this table would place it.

    Raises
    ------
    BadRequest, NotFound, Refused
        As recognising and matching say.
    """
    counted, said, indicator = as_figures(table, options)
    shape = recognise(counted, said, {indicator.slug: indicator})
    counted = with_plain_names(counted, shape)
    with store.begin() as connection:
        ground = load(connection, counted, shape, said)
    return match(counted, shape, said, ground.targets, ground.lists)
