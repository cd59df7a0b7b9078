-- aggregates: every aggregate of one region over the periods of a release. :release :code
SELECT period, code, level, figure, distribution, state, marks, known, total
FROM published.aggregate
WHERE release_id = :release AND code = :code
ORDER BY period
