"""geoapp joins village statistics to administrative boundaries and serves them as thematic maps."""
