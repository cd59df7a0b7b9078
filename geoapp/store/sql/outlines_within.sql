-- outlines_within: one level's generalised shapes that touch a box of EPSG:3857. :edition :level :zoom :west :south :east :north
SELECT number, ST_AsBinary(shape) AS shape
FROM geography.outline
WHERE edition_id = :edition AND level = :level AND zoom = :zoom
  AND shape && ST_MakeEnvelope(:west, :south, :east, :north, 3857)
ORDER BY number
