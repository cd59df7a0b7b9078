-- region_at: the number of the region of a level that holds a point (degrees), else of the nearest within :reach degrees. :edition :level :longitude :latitude :reach
SELECT region.number
FROM geography.region, (SELECT ST_SetSRID(ST_MakePoint(:longitude, :latitude), 4326) AS at) AS point
WHERE region.edition_id = :edition AND region.level = :level AND region.shape && ST_Expand(point.at, :reach)
  AND ST_DWithin(region.shape, point.at, :reach)
ORDER BY ST_Distance(region.shape, point.at), region.number
LIMIT 1
