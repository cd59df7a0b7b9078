-- region_rows: every region of an edition as a join needs it, upper levels first, in number order. :edition
SELECT code, name, level, number IS NOT NULL AS drawn, parent, kind
FROM geography.region
WHERE edition_id = :edition
ORDER BY level, number NULLS LAST, code
