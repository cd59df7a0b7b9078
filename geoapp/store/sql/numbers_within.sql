-- numbers_within: the first and last number of a level's regions that a region holds; children are a contiguous range. :edition :level :start (code of the holder) :after
SELECT min(region.number) AS first, max(region.number) AS last
FROM geography.region_name
JOIN geography.region USING (edition_id, code)
WHERE region_name.edition_id = :edition AND region_name.level = :level
  AND region_name.code ~>=~ :start AND region_name.code ~<~ :after
