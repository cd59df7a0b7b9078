-- edition_summaries: every edition with its numbers of regions, level by level, and of maps.
SELECT edition.id, edition.area, edition.source, edition.dated, edition.code_system, edition.published_at,
       edition.status, edition.licence, edition.retired_at, edition.retired_reason, edition.successor,
       (SELECT count(*) FROM published.layer WHERE layer.edition_id = edition.id) AS maps,
       array_agg(counted.level ORDER BY counted.level) AS levels,
       array_agg(counted.regions ORDER BY counted.level) AS counts
FROM geography.edition AS edition
JOIN (
    SELECT edition_id, level, count(*) AS regions
    FROM geography.region
    WHERE number IS NOT NULL
    GROUP BY edition_id, level
) AS counted ON counted.edition_id = edition.id
GROUP BY edition.id
ORDER BY edition.id
