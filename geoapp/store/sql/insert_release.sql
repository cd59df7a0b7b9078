-- insert_release: a new release, still empty. :indicator_slug :edition :level :indicator :batch :report :supersedes
INSERT INTO published.release (indicator_slug, edition_id, level, indicator, batch_id, report, supersedes)
VALUES (:indicator_slug, :edition, :level, :indicator, :batch, :report, :supersedes)
RETURNING id
