-- search_regions: every region with one of these codes; first the edition asked for, then those that have its shape, are not retired, whose maps are shown, and that are of its level, the newest first. :codes (lines) :edition (or NULL)
SELECT region.edition_id, edition.code_system, edition.area, edition.dated, region.code, region.name, region.kind,
       region.level, region.number IS NOT NULL AS drawn,
       CASE WHEN edition.id = :edition THEN 0 WHEN edition.retired_at IS NOT NULL THEN 3
            WHEN shown.edition_id IS NOT NULL THEN 1 ELSE 2 END AS standing
FROM unnest(string_to_array(:codes, E'\n')) AS wanted (code)
JOIN geography.region USING (code)
JOIN geography.edition ON edition.id = region.edition_id
LEFT JOIN (
    SELECT DISTINCT layer.edition_id
    FROM published.layer JOIN published.release ON release.id = layer.release_id
    WHERE release.withdrawn_at IS NULL
) AS shown ON shown.edition_id = edition.id
ORDER BY edition.id IS NOT DISTINCT FROM :edition DESC, drawn DESC, standing, edition.base_level = region.level DESC,
         edition.dated DESC, edition.published_at DESC, region.code
