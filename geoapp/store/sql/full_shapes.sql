-- full_shapes: one level's shapes in full detail in number order, EPSG:4326. :edition :level
SELECT number, ST_AsBinary(shape) AS shape
FROM geography.region
WHERE edition_id = :edition AND level = :level AND number IS NOT NULL
ORDER BY number
