-- release_changes: how many figures of a release are other than in the one before, new, and gone. :release :before
SELECT count(*) FILTER (WHERE now_known AND was_known AND now_said IS DISTINCT FROM was_said) AS changed,
       count(*) FILTER (WHERE now_known AND NOT was_known) AS added,
       count(*) FILTER (WHERE was_known AND NOT now_known) AS removed
FROM (
    SELECT coalesce(now.state IS NULL AND now.code IS NOT NULL, false) AS now_known,
           coalesce(was.state IS NULL AND was.code IS NOT NULL, false) AS was_known,
           (now.figure, now.category) AS now_said, (was.figure, was.category) AS was_said
    FROM (SELECT * FROM published.observation WHERE release_id = :release) AS now
    FULL JOIN (SELECT * FROM published.observation WHERE release_id = :before) AS was USING (period, code)
) AS beside
