-- edition_about: what is kept of an edition beside what maps show: its digest, its report, its maps. :id
SELECT digest, report, grids,
       ARRAY(SELECT layer.id FROM published.layer WHERE layer.edition_id = :id ORDER BY layer.id) AS maps
FROM geography.edition
WHERE id = :id
