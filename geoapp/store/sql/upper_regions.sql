-- upper_regions: every region above the base level of an edition, covered or not. :edition
SELECT region.code, region.name, region.level
FROM geography.region
JOIN geography.edition ON edition.id = region.edition_id
WHERE region.edition_id = :edition AND region.level < edition.base_level
ORDER BY region.level, region.code
