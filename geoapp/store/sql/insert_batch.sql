-- insert_batch: a table on its way in, with its report. :file :digest :edition :level :scope :report
INSERT INTO intake.batch (file, digest, edition_id, level, scope, report)
VALUES (:file, :digest, :edition, :level, :scope, :report)
RETURNING id
