-- release_history: releases with the layers that show them or another of the same indicator, edition and level, newest
-- first. :layer (or NULL for all)
SELECT release.id, release.indicator_slug, release.edition_id, release.level, release.batch_id, release.supersedes,
       release.published_at, release.withdrawn_at, release.withdrawn_reason,
       layer.id AS layer, layer.release_id = release.id AS shown
FROM published.layer
JOIN published.release AS current ON current.id = layer.release_id
JOIN published.release ON release.indicator_slug = current.indicator_slug
    AND release.edition_id = current.edition_id AND release.level = current.level
WHERE CAST(:layer AS text) IS NULL OR layer.id = :layer
ORDER BY release.id DESC, layer.id
