-- search_layers: public maps whose name holds the words of a key, or with :near something like them; best first; those that are offered. :key :holds :near :most
SELECT layer_id, name, area, dated
FROM (
    SELECT layer.id AS layer_id, release.indicator -> 'name' AS name, edition.area, edition.dated, release.published_at,
           layer.indicator_slug, geography.search_key(release.indicator -> 'name' ->> 'id') AS id,
           geography.search_key(coalesce(release.indicator -> 'name' ->> 'en', '')) AS en
    FROM published.layer
    JOIN published.release ON release.id = layer.release_id AND release.withdrawn_at IS NULL
    JOIN geography.edition ON edition.id = layer.edition_id
    WHERE
-- include offered
) AS named
WHERE starts_with(id, :key) OR starts_with(en, :key) OR id LIKE :holds OR en LIKE :holds OR indicator_slug = :key
   OR (:near AND (id % :key OR en % :key OR :key <% id OR :key <% en))
ORDER BY greatest(similarity(id, :key), similarity(en, :key)) DESC, dated DESC, published_at DESC, layer_id
LIMIT :most
