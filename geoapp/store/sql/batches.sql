-- batches: tables that came in, newest first.
SELECT batch.id, batch.file, batch.edition_id, batch.staged_at, batch.published_at,
       batch.report -> 'indicators' AS indicators, batch.report -> 'periods' AS periods, batch.report -> 'rows' AS rows
FROM intake.batch
ORDER BY batch.id DESC
