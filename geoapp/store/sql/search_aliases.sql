-- search_aliases: regions that people also call so; with :near those that they call something like it. :key (as names are matched at an import) :near :most
SELECT code_system, code, name
FROM geography.alias
WHERE revoked_at IS NULL AND (starts_with(key, :key) OR (:near AND key % :key))
ORDER BY similarity(key, :key) DESC, code
LIMIT :most
