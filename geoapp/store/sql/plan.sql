-- plan: the decision for one layer, release, level and period. :layer :release :level :period
SELECT version, document, classes, marks
FROM published.plan
WHERE layer_id = :layer AND release_id = :release AND level = :level AND period = :period
