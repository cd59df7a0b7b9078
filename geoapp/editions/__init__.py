"""The line on which a boundary file becomes an edition: read, recognise, clean, dissolve, generalise, publish."""
