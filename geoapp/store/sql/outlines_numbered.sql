-- outlines_numbered: generalised shapes of a range of numbers, EPSG:3857. :edition :level :grid, its :unit in metres, :half the world, :first :last
SELECT number, ST_AsBinary(ST_Affine(shape, :unit, 0, 0, -:unit, -:half, :half)) AS shape
FROM geography.outline
WHERE edition_id = :edition AND level = :level AND zoom = :grid AND number BETWEEN :first AND :last
ORDER BY number
