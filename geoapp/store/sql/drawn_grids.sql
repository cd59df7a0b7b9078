-- drawn_grids: the levels and zooms of which an edition has outlines. :edition
SELECT DISTINCT level, zoom FROM geography.outline WHERE edition_id = :edition ORDER BY level, zoom
