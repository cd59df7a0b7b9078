-- withdraw_release: a release is taken back, once, with its reason. :release :reason
UPDATE published.release SET withdrawn_at = now(), withdrawn_reason = :reason
WHERE id = :release AND withdrawn_at IS NULL
RETURNING indicator_slug, edition_id
