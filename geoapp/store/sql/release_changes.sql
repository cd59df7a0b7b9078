-- release_changes: how many figures of releases are other than in those before them, new, and gone. :releases :befores
SELECT pair.release, pair.before, beside.changed, beside.added, beside.removed
FROM unnest(CAST(:releases AS bigint[]), CAST(:befores AS bigint[])) AS pair (release, before)
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE now_known AND was_known AND now_said IS DISTINCT FROM was_said) AS changed,
           count(*) FILTER (WHERE now_known AND NOT was_known) AS added,
           count(*) FILTER (WHERE was_known AND NOT now_known) AS removed
    FROM (
        SELECT coalesce(now.state IS NULL AND now.code IS NOT NULL, false) AS now_known,
               coalesce(was.state IS NULL AND was.code IS NOT NULL, false) AS was_known,
               (now.figure, now.category) AS now_said, (was.figure, was.category) AS was_said
        FROM (SELECT * FROM published.observation WHERE release_id = pair.release) AS now
        FULL JOIN (SELECT * FROM published.observation WHERE release_id = pair.before) AS was USING (period, code)
    ) AS said
) AS beside
