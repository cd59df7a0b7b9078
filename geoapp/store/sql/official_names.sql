-- official_names: the names of some codes of a system, for each province from the newest list that has any. :system :codes (lines)
WITH found AS (
    SELECT code.list_id, code.code, code.name, left(code.code, 2) AS province, list.dated, list.imported_at
    FROM unnest(string_to_array(:codes, E'\n')) AS wanted (code)
    JOIN geography.code_list AS list ON list.system = :system
    JOIN geography.official_code AS code ON code.list_id = list.id AND code.code = wanted.code
), newest AS (
    SELECT DISTINCT ON (province) province, list_id
    FROM found
    ORDER BY province, dated DESC, imported_at DESC
)
SELECT found.code, found.name
FROM newest
JOIN found USING (province, list_id)
