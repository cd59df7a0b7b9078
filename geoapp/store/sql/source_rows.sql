-- source_rows: every physical row of a batch's sheet in its order. :batch
SELECT line, fate, reason, "values" AS said, cells
FROM intake.source_row
WHERE batch_id = :batch
ORDER BY line
