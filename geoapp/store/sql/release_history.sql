-- release_history: releases with the layers that show them, newest first. :layer (or NULL for all)
SELECT release.id, release.indicator_slug, release.edition_id, release.batch_id, release.supersedes,
       release.published_at, release.withdrawn_at, release.withdrawn_reason,
       layer.id AS layer, layer.release_id = release.id AS shown
FROM published.release
JOIN published.layer ON layer.indicator_slug = release.indicator_slug AND layer.edition_id = release.edition_id
WHERE CAST(:layer AS text) IS NULL OR layer.id = :layer
ORDER BY release.id DESC, layer.id
