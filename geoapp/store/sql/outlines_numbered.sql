-- outlines_numbered: generalised shapes of a range of numbers, EPSG:3857. :edition :level :zoom :first :last
SELECT number, ST_AsBinary(shape) AS shape
FROM geography.outline
WHERE edition_id = :edition AND level = :level AND zoom = :zoom AND number BETWEEN :first AND :last
ORDER BY number
