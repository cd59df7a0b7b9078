-- editions_holding: how many of these codes, each in its own system, every edition has. :kemendagri :bps
SELECT edition.id, count(*) AS known
FROM geography.edition AS edition
JOIN geography.region AS region ON region.edition_id = edition.id
WHERE (edition.code_system = 'kemendagri' AND region.code = ANY(CAST(:kemendagri AS text[])))
   OR (edition.code_system = 'bps' AND region.code = ANY(CAST(:bps AS text[])))
GROUP BY edition.id
