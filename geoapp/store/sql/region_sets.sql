-- region_sets: named sets of regions, by name. :id (or NULL for all)
SELECT id, edition_id, name, codes, created_at
FROM geography.region_set
WHERE CAST(:id AS text) IS NULL OR id = :id
ORDER BY id
