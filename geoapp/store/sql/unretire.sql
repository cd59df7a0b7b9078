-- unretire: an edition is used again. :id
UPDATE geography.edition SET retired_at = NULL, retired_reason = NULL, successor = NULL
WHERE id = :id
