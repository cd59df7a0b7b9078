-- pinned_plan: where a version of a layer's plan stands. :layer :version :period
SELECT release_id, level
FROM published.plan
WHERE layer_id = :layer AND version = :version AND period = :period
ORDER BY release_id DESC
LIMIT 1
