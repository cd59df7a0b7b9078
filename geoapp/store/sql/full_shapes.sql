-- full_shapes: a level's shapes of a range of numbers in full detail, in number order, EPSG:4326. :edition :level :first :last
SELECT number, ST_AsBinary(shape) AS shape
FROM geography.region
WHERE edition_id = :edition AND level = :level AND number BETWEEN :first AND :last
ORDER BY number
