-- live_layers: the public maps that are not withdrawn, with the release each shows. :edition (or NULL for all)
SELECT layer.id AS layer_id, layer.release_id, layer.edition_id
FROM published.layer JOIN published.release ON release.id = layer.release_id
WHERE release.withdrawn_at IS NULL AND (CAST(:edition AS text) IS NULL OR layer.edition_id = :edition)
ORDER BY release.published_at DESC, layer.id
