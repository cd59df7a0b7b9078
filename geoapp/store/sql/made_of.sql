-- made_of: the shown releases of an edition's level whose upper levels are made of these indicators, with their layers;
-- those that the batch brings itself are left out. :edition :level :parts :brought
SELECT release.id, release.batch_id, release.indicator, release.report, layer.id AS layer, layer.style
FROM published.layer
JOIN published.release ON release.id = layer.release_id
WHERE release.edition_id = :edition AND release.level = :level AND release.withdrawn_at IS NULL
  AND (release.indicator -> 'parts' ->> 'numerator' = ANY(CAST(:parts AS text[]))
       OR release.indicator -> 'parts' ->> 'denominator' = ANY(CAST(:parts AS text[])))
  AND NOT release.indicator_slug = ANY(CAST(:brought AS text[]))
ORDER BY release.id, layer.id
