-- nature: water and forest of an edition, in the order of its file. :edition
SELECT kind, code, name, ST_AsBinary(shape) AS wkb
FROM geography.nature
WHERE edition_id = :edition
ORDER BY place
