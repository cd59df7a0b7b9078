-- editions_holding: how many of these codes, each in its own system, every edition has. :kemendagri :bps (lines)
SELECT edition.id, count(*) AS known
FROM geography.edition AS edition
JOIN geography.region AS region ON region.edition_id = edition.id
WHERE (edition.code_system = 'kemendagri' AND region.code = ANY(string_to_array(:kemendagri, E'\n')))
   OR (edition.code_system = 'bps' AND region.code = ANY(string_to_array(:bps, E'\n')))
GROUP BY edition.id
