-- area_parts: the regions of some levels of an edition, upper levels first. :edition :first :last (levels)
SELECT edition_id, code, name, kind, level, number
FROM geography.region
WHERE edition_id = :edition AND level BETWEEN :first AND :last
ORDER BY level, name, code
