-- newest_release: the last release of an indicator on an edition that was not withdrawn. :indicator :edition
SELECT max(id) FROM published.release
WHERE indicator_slug = :indicator AND edition_id = :edition AND withdrawn_at IS NULL
