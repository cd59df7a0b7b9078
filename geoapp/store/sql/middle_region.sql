-- middle_region: the region in the middle of a level's numbers. :edition :level
SELECT code, name, kind, parent
FROM geography.region
WHERE edition_id = :edition AND level = :level
  AND number = (SELECT (max(number) + 1) / 2 FROM geography.region WHERE edition_id = :edition AND level = :level)
