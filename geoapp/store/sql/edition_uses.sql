-- edition_uses: what stands on an edition. :id
SELECT digest,
       (SELECT count(*) FROM published.release WHERE edition_id = :id) AS releases,
       (SELECT count(*) FROM intake.batch WHERE edition_id = :id) AS batches,
       (SELECT count(*) FROM geography.region_set WHERE edition_id = :id) AS sets,
       (SELECT count(*) FROM geography.edition WHERE successor = :id) AS others
FROM geography.edition
WHERE id = :id
