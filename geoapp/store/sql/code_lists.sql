-- code_lists: every official list with its number of codes.
SELECT list.id, list.system, list.dated, count(code.code) AS codes
FROM geography.code_list AS list
LEFT JOIN geography.official_code AS code ON code.list_id = list.id
GROUP BY list.id, list.system, list.dated
ORDER BY list.system, list.dated DESC
