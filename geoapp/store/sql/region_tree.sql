-- region_tree: every region of an edition, covered or ancestor, upper levels first, in number order. :edition
SELECT code, name, level, number, area_km2, parent
FROM geography.region
WHERE edition_id = :edition
ORDER BY level, number NULLS LAST, code
