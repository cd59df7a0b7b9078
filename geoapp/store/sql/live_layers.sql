-- live_layers: the public maps that are not withdrawn, with the release each shows; of all editions, those that are
-- offered: a retired edition's only where no other map stands in for it. :edition (or NULL for all)
SELECT layer.id AS layer_id, layer.release_id, layer.edition_id
FROM published.layer JOIN published.release ON release.id = layer.release_id
JOIN geography.edition ON edition.id = layer.edition_id
WHERE release.withdrawn_at IS NULL AND (layer.edition_id = :edition OR CAST(:edition AS text) IS NULL AND
-- include offered
)
ORDER BY release.published_at DESC, layer.id
