"""Public data for machines: documents, places, values, tiles, pictures and files; any site may read them."""

from geoapp.web.data import downloads, layers, pictures, places, search, surroundings, tiles, values

BLUEPRINTS = (
    layers.BLUEPRINT,
    places.BLUEPRINT,
    values.BLUEPRINT,
    surroundings.BLUEPRINT,
    tiles.BLUEPRINT,
    pictures.BLUEPRINT,
    downloads.BLUEPRINT,
    search.BLUEPRINT,
)
