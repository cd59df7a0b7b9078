-- search_names: regions whose name is, begins with or holds the words of a key, the nearest first. :key :after (the first text that no longer begins with it) :holds (a pattern, or NULL) :level (or NULL) :most
SELECT edition_id, code, level, key,
       CASE WHEN key IN (:key, 'kabupaten ' || :key, 'kota ' || :key, 'provinsi ' || :key) THEN 0
            WHEN starts_with(key, :key) THEN 1
            ELSE 2 END AS grade
FROM geography.region_name
WHERE (key ~>=~ :key AND key ~<~ :after OR key LIKE :holds) AND (CAST(:level AS int) IS NULL OR level = :level)
ORDER BY grade, level, length(key), key, code
LIMIT :most
