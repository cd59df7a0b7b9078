-- staged_rows: every observation of a batch before it was merged into a release. :batch
SELECT indicator, period, code, figure, category, state, marks, line
FROM intake.staged
WHERE batch_id = :batch
ORDER BY indicator, period, code
