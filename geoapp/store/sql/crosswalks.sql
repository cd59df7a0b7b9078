-- crosswalks: every crosswalk with its links, its levels, and how many of its links share a code with another link.
WITH counted AS (
    SELECT crosswalk_id, level,
           count(*) OVER (PARTITION BY crosswalk_id, bps) > 1
               OR count(*) OVER (PARTITION BY crosswalk_id, kemendagri) > 1 AS ambiguous
    FROM geography.crosswalk_code
)
SELECT crosswalk.id, crosswalk.dated, crosswalk.status, count(counted.crosswalk_id) AS links,
       count(*) FILTER (WHERE counted.ambiguous) AS ambiguous,
       coalesce(array_agg(DISTINCT counted.level) FILTER (WHERE counted.level IS NOT NULL), '{}') AS levels
FROM geography.crosswalk
LEFT JOIN counted ON counted.crosswalk_id = crosswalk.id
GROUP BY crosswalk.id
ORDER BY crosswalk.dated DESC, crosswalk.id
