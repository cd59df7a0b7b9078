-- revoke_alias: a name is taken back, once, with its reason. :id :reason
UPDATE geography.alias SET revoked_at = now(), revoked_reason = :reason
WHERE id = :id AND revoked_at IS NULL
RETURNING code_system, code, name, origin
