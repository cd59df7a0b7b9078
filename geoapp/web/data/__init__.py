"""Public data for machines: documents, places, values, tiles, pictures and files; any site may read them."""

from geoapp.web.data import downloads, layers, pictures, places, tiles, values

BLUEPRINTS = (
    layers.BLUEPRINT,
    places.BLUEPRINT,
    values.BLUEPRINT,
    tiles.BLUEPRINT,
    pictures.BLUEPRINT,
    downloads.BLUEPRINT,
)
