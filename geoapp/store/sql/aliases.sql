-- aliases: accepted names that were not revoked, newest first.
SELECT id, code_system, code, name, key, origin, actor, accepted_at
FROM geography.alias
WHERE revoked_at IS NULL
ORDER BY id DESC
