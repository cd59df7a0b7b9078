-- row: what a release says of one level's regions in one period, as columns in number order; a region it does not speak
-- of is out of scope. Figures travel as their bytes: eighty thousand of them as text would take longer to read than to
-- find. Upper levels come from the aggregates. :edition :level :release :period
WITH said AS (
    SELECT code, figure, category, state, marks FROM published.observation
    WHERE release_id = :release AND period = :period
    UNION ALL
    SELECT code, figure, NULL, state, marks FROM published.aggregate
    WHERE release_id = :release AND period = :period AND distribution IS NULL
)
SELECT string_agg(float8send(coalesce(said.figure, 'NaN')), '' ORDER BY region.number) AS figures,
       array_agg(said.category ORDER BY region.number) AS categories,
       array_agg(CASE WHEN said.code IS NULL THEN 'out_of_scope' ELSE said.state END ORDER BY region.number) AS states,
       array_agg(array_to_string(said.marks, ' ') ORDER BY region.number) AS marks
FROM geography.region AS region
LEFT JOIN said ON said.code = region.code
WHERE region.edition_id = :edition AND region.level = :level AND region.number IS NOT NULL
