-- retire: an edition is no longer used. :id :reason :successor (or NULL)
UPDATE geography.edition SET retired_at = now(), retired_reason = :reason, successor = :successor
WHERE id = :id
