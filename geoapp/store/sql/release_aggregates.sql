-- release_aggregates: every aggregate of a release. :release
SELECT period, code, level, figure, distribution, state, marks, known, total
FROM published.aggregate
WHERE release_id = :release
