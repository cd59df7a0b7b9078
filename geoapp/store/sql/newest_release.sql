-- newest_release: the last release of an indicator on an edition's level that was not withdrawn. :indicator :edition :level
SELECT max(id) FROM published.release
WHERE indicator_slug = :indicator AND edition_id = :edition AND level = :level AND withdrawn_at IS NULL
