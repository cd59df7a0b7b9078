-- outlines: one level's generalised shapes on one grid in number order, EPSG:3857. :edition :level :grid, its :unit in metres, :half the world
SELECT number, ST_AsBinary(ST_Affine(shape, :unit, 0, 0, -:unit, -:half, :half)) AS shape
FROM geography.outline
WHERE edition_id = :edition AND level = :level AND zoom = :grid
ORDER BY number
