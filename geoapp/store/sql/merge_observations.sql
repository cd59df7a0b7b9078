-- merge_observations: every base region × every period: the batch's word, else the last release's, else why there is none;
-- a region that was asked and not answered (:refused) is missing where it had nothing. :release :previous :batch :indicator :edition :level :refused
INSERT INTO published.observation (release_id, period, code, figure, category, state, marks)
WITH spoken AS (
    SELECT period, code, figure, category, state, marks FROM intake.staged
    WHERE batch_id = :batch AND indicator = :indicator
), before AS (
    SELECT period, code, figure, category, state, marks FROM published.observation
    WHERE release_id = CAST(:previous AS bigint) AND state IS DISTINCT FROM 'out_of_scope'
), periods AS (
    SELECT period, bool_or(fresh) AS fresh
    FROM (SELECT period, true AS fresh FROM spoken UNION ALL SELECT period, false FROM before) AS every
    GROUP BY period
), base AS (
    SELECT code FROM geography.region
    WHERE edition_id = :edition AND level = :level AND number IS NOT NULL
), said AS (
    SELECT * FROM spoken
    UNION ALL
    SELECT * FROM before
    WHERE NOT EXISTS (SELECT FROM spoken WHERE spoken.period = before.period AND spoken.code = before.code)
)
SELECT :release, periods.period, base.code, said.figure, said.category,
       CASE WHEN said.code IS NOT NULL THEN said.state
            WHEN periods.fresh AND base.code = ANY(CAST(:refused AS text[])) THEN 'missing'
            ELSE 'out_of_scope' END,
       coalesce(said.marks, '{}')
FROM periods CROSS JOIN base
LEFT JOIN said ON said.period = periods.period AND said.code = base.code
