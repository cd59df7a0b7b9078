-- portrait_spread: the ranked figures of a range of regions by release, from low to high, and their categories. :edition :level :first :last :releases :periods (lines, side by side)
WITH peer AS MATERIALIZED (
    SELECT code FROM geography.region
    WHERE edition_id = :edition AND level = :level AND number BETWEEN :first AND :last
), wanted AS MATERIALIZED (
    SELECT CAST(release AS bigint) AS release_id, period
    FROM unnest(string_to_array(:releases, E'\n'), string_to_array(:periods, E'\n')) AS each (release, period)
), said AS (
    SELECT release_id, figure, category, marks
    FROM wanted JOIN published.observation USING (release_id, period) JOIN peer USING (code)
    UNION ALL
    SELECT release_id, figure, NULL, marks
    FROM wanted JOIN published.aggregate USING (release_id, period) JOIN peer USING (code)
    WHERE distribution IS NULL
)
SELECT release_id,
       array_agg(figure ORDER BY figure) FILTER (WHERE figure IS NOT NULL AND NOT marks @> ARRAY['partial']) AS figures,
       array_agg(category) FILTER (WHERE category IS NOT NULL) AS categories
FROM said
GROUP BY release_id
