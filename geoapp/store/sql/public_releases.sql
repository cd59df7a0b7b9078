-- public_releases: every release of the public maps, newest first, withdrawn ones too. :layer (or NULL for all) :most
SELECT release.id, release.supersedes, release.published_at, release.withdrawn_at, release.withdrawn_reason,
       release.report -> 'changes' AS changes,
       layer.id AS layer, layer.release_id = release.id AS shown,
       release.indicator -> 'name' AS name, edition.area, edition.dated
FROM published.layer
JOIN published.release AS newest ON newest.id = layer.release_id
JOIN published.release ON release.indicator_slug = newest.indicator_slug
    AND release.edition_id = newest.edition_id AND release.level = newest.level
JOIN geography.edition ON edition.id = layer.edition_id
WHERE (CAST(:layer AS text) IS NULL OR layer.id = :layer)
  AND EXISTS (SELECT FROM published.plan WHERE plan.layer_id = layer.id AND plan.release_id = release.id)
ORDER BY release.published_at DESC, release.id DESC, layer.id
LIMIT :most
