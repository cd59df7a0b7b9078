-- official_codes: code and name of the newest list of a code system. :system
SELECT code, name
FROM geography.official_code
WHERE list_id = (SELECT id FROM geography.code_list WHERE system = :system ORDER BY dated DESC, imported_at DESC LIMIT 1)
ORDER BY code
