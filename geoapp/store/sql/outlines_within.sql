-- outlines_within: one level's generalised shapes that touch a box of EPSG:3857. :edition :level :grid, its :unit in metres, :half the world, :west :south :east :north
SELECT number, ST_AsBinary(ST_Affine(shape, :unit, 0, 0, -:unit, -:half, :half)) AS shape
FROM geography.outline
WHERE edition_id = :edition AND level = :level AND zoom = :grid
  AND shape && ST_MakeEnvelope(
      (:half + :west) / :unit, (:half - :north) / :unit, (:half + :east) / :unit, (:half - :south) / :unit)
ORDER BY number
