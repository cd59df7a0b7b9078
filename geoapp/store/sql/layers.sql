-- layers: the public maps with the release each shows, the levels and periods it has plans for, and the digest of what
-- lies around its area with its source. :layer (or NULL for all) :release (or NULL for the layer's newest)
SELECT layer.id AS layer_id, layer.style, layer.edition_id,
       release.id AS release_id, release.indicator, release.published_at, release.supersedes,
       release.withdrawn_at, release.withdrawn_reason,
       planned.levels, planned.periods, around.digest AS surroundings, around.report ->> 'source' AS around_source
FROM published.layer
JOIN published.release ON release.id = coalesce(CAST(:release AS bigint), layer.release_id)
CROSS JOIN LATERAL (
    SELECT array_agg(DISTINCT plan.level) AS levels, array_agg(DISTINCT plan.period) AS periods
    FROM published.plan
    WHERE plan.layer_id = layer.id AND plan.release_id = release.id
) AS planned
LEFT JOIN geography.surroundings AS around ON around.edition_id = layer.edition_id
WHERE (CAST(:layer AS text) IS NULL OR layer.id = :layer) AND planned.levels IS NOT NULL
ORDER BY release.published_at DESC, layer.id
