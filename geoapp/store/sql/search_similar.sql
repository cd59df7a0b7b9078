-- search_similar: regions whose name is one of some spellings, or shares most of its letters in threes with a key. :key :spellings (lines) :most
SELECT edition_id, code, level, key
FROM (
    SELECT edition_id, code, level, key
    FROM unnest(string_to_array(:spellings, E'\n')) AS spelling (key)
    JOIN geography.region_name USING (key)
    UNION
    SELECT edition_id, code, level, key
    FROM geography.region_name
    WHERE CAST(:key AS text) <% key
) AS near
ORDER BY word_similarity(:key, key) + similarity(key, :key) DESC, level, code
LIMIT :most
