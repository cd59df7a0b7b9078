-- outlines: one level's generalised shapes of one zoom band in number order, EPSG:3857. :edition :level :zoom
SELECT number, ST_AsBinary(shape) AS shape
FROM geography.outline
WHERE edition_id = :edition AND level = :level AND zoom = :zoom
ORDER BY number
