-- crosswalk_links: what codes of one system are in the other, with the strongest word for it; ``alone`` where no other
-- link of at least that standing takes either code. :system (of the codes asked) :codes (lines)
WITH link AS NOT MATERIALIZED (
    SELECT bps AS code, kemendagri AS other, crosswalk_id FROM geography.crosswalk_code WHERE :system = 'bps'
    UNION ALL
    SELECT kemendagri, bps, crosswalk_id FROM geography.crosswalk_code WHERE :system = 'kemendagri'
), asked AS MATERIALIZED (
    SELECT link.code, link.other, bool_and(crosswalk.status = 'proposal') AS proposed,
           bool_or(crosswalk.status = 'accepted') AS accepted
    FROM unnest(string_to_array(:codes, E'\n')) AS wanted (code)
    JOIN link USING (code)
    JOIN geography.crosswalk ON crosswalk.id = link.crosswalk_id
    GROUP BY link.code, link.other
), back AS MATERIALIZED (
    SELECT link.code, link.other, bool_and(crosswalk.status = 'proposal') AS proposed
    FROM (SELECT DISTINCT other FROM asked) AS wanted
    JOIN link USING (other)
    JOIN geography.crosswalk ON crosswalk.id = link.crosswalk_id
    GROUP BY link.code, link.other
), from_code AS (
    SELECT code, count(*) AS links, count(*) FILTER (WHERE NOT proposed) AS firm FROM asked GROUP BY code
), from_other AS (
    SELECT other, count(*) AS links, count(*) FILTER (WHERE NOT proposed) AS firm FROM back GROUP BY other
)
SELECT asked.code, asked.other,
       CASE WHEN asked.accepted THEN 'accepted' WHEN asked.proposed THEN 'proposal' ELSE 'official' END AS status,
       CASE WHEN asked.proposed THEN from_code.links = 1 AND from_other.links = 1
            ELSE from_code.firm = 1 AND from_other.firm = 1 END AS alone
FROM asked
JOIN from_code USING (code)
JOIN from_other USING (other)
ORDER BY asked.code, asked.other
