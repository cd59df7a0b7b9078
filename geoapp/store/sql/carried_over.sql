-- carried_over: how many observations of the last release the batch does not speak for. :previous :batch :indicator
SELECT count(*)
FROM published.observation AS before
WHERE before.release_id = :previous AND before.state IS DISTINCT FROM 'out_of_scope'
  AND NOT EXISTS (
      SELECT FROM intake.staged
      WHERE staged.batch_id = :batch AND staged.indicator = :indicator
        AND staged.period = before.period AND staged.code = before.code
  )
