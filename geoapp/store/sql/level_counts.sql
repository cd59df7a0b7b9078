-- level_counts: how many regions an edition has at each level, how many of them with a shape, and of what kinds. :edition
SELECT level, count(*) AS regions, count(number) AS drawn,
       coalesce(array_agg(DISTINCT kind) FILTER (WHERE kind IS NOT NULL), '{}') AS kinds
FROM geography.region
WHERE edition_id = :edition
GROUP BY level
ORDER BY level
