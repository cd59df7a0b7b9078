-- retired: the editions that are no longer used.
SELECT id, retired_at, retired_reason, successor
FROM geography.edition
WHERE retired_at IS NOT NULL
