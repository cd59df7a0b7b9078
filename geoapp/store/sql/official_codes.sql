-- official_codes: code and name of a code system, for each province from the newest list that has it. :system
WITH newest AS (
    SELECT DISTINCT ON (left(code.code, 2)) left(code.code, 2) AS province, list.id AS list_id
    FROM geography.code_list AS list
    JOIN geography.official_code AS code ON code.list_id = list.id
    WHERE list.system = :system
    ORDER BY left(code.code, 2), list.dated DESC, list.imported_at DESC
)
SELECT code.code, code.name
FROM newest
JOIN geography.official_code AS code ON code.list_id = newest.list_id AND left(code.code, 2) = newest.province
ORDER BY code.code
