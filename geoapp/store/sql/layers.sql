-- layers: the public maps with the release each shows, the levels and periods it has plans for, the digest of what
-- lies around its area with its source, and whether its edition is still used; of all layers, those that are offered:
-- a retired edition's only where no other map stands in for it. :layer (or NULL for all) :release (or NULL for the
-- layer's newest) :every (whether those that are not offered come, too)
SELECT layer.id AS layer_id, layer.style, layer.edition_id,
       release.id AS release_id, release.indicator, release.published_at, release.supersedes,
       release.withdrawn_at, release.withdrawn_reason,
       planned.levels, planned.periods, around.digest AS surroundings, around.report ->> 'source' AS around_source,
       edition.retired_at, edition.retired_reason, edition.successor
FROM published.layer
JOIN published.release ON release.id = coalesce(CAST(:release AS bigint), layer.release_id)
JOIN geography.edition ON edition.id = layer.edition_id
CROSS JOIN LATERAL (
    SELECT array_agg(DISTINCT plan.level) AS levels, array_agg(DISTINCT plan.period) AS periods
    FROM published.plan
    WHERE plan.layer_id = layer.id AND plan.release_id = release.id
) AS planned
LEFT JOIN geography.surroundings AS around ON around.edition_id = layer.edition_id
WHERE (CAST(:layer AS text) IS NULL OR layer.id = :layer) AND planned.levels IS NOT NULL
  AND (CAST(:layer AS text) IS NOT NULL OR :every OR
-- include offered
)
ORDER BY release.published_at DESC, layer.id
