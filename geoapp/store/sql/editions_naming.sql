-- editions_naming: how many of these names, written alike but for case and blanks, every edition has. :names
SELECT edition_id AS id, count(*) AS known
FROM geography.region
WHERE lower(replace(name, ' ', '')) = ANY(CAST(:names AS text[]))
GROUP BY edition_id
