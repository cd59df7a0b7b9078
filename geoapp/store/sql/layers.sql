-- layers: the public maps with the release each shows, the levels and periods it has plans for. :layer (or NULL for all) :release (or NULL for the layer's newest)
SELECT layer.id AS layer_id, layer.style, layer.edition_id,
       release.id AS release_id, release.indicator, release.published_at, release.supersedes,
       release.withdrawn_at, release.withdrawn_reason,
       planned.levels, planned.periods
FROM published.layer
JOIN published.release ON release.id = coalesce(CAST(:release AS bigint), layer.release_id)
CROSS JOIN LATERAL (
    SELECT array_agg(DISTINCT plan.level) AS levels, array_agg(DISTINCT plan.period) AS periods
    FROM published.plan
    WHERE plan.layer_id = layer.id AND plan.release_id = release.id
) AS planned
WHERE (CAST(:layer AS text) IS NULL OR layer.id = :layer) AND planned.levels IS NOT NULL
ORDER BY release.published_at DESC, layer.id
