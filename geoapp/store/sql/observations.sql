-- observations: what a release says of one period, by code; upper levels come from the aggregates. :release :period
SELECT code, figure, category, state, marks FROM published.observation
WHERE release_id = :release AND period = :period
UNION ALL
SELECT code, figure, NULL, state, marks FROM published.aggregate
WHERE release_id = :release AND period = :period AND distribution IS NULL
