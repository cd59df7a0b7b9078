-- portrait_figures: what releases say of two regions in some periods; upper levels come from the aggregates. :codes :releases :periods (lines, side by side)
WITH wanted AS MATERIALIZED (
    SELECT CAST(release AS bigint) AS release_id, period, code
    FROM unnest(string_to_array(:releases, E'\n'), string_to_array(:periods, E'\n')) AS each (release, period),
         unnest(string_to_array(:codes, E'\n')) AS code
)
SELECT release_id, period, code, figure, category, state, marks, CAST(NULL AS int) AS known, CAST(NULL AS int) AS total,
       CAST(NULL AS jsonb) AS distribution
FROM wanted JOIN published.observation USING (release_id, period, code)
UNION ALL
SELECT release_id, period, code, figure, NULL, state, marks, known, total, distribution
FROM wanted JOIN published.aggregate USING (release_id, period, code)
