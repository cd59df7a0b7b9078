-- portrait_relations: the neighbours of a region, and what it holds in its own or another edition. :edition :level :numbers (of neighbours) :code :editions (lines)
SELECT 'neighbour' AS what, edition_id, code, name, kind, level, number
FROM geography.region
WHERE edition_id = :edition AND level = :level AND number = ANY(CAST(:numbers AS bigint[]))
UNION ALL
SELECT 'child', edition_id, region.code, name, kind, level, number
FROM unnest(string_to_array(:editions, E'\n')) AS wanted (edition_id)
JOIN geography.region USING (edition_id)
WHERE parent = :code
ORDER BY what, level, name, code
