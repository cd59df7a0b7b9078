(edition.retired_at IS NULL OR NOT EXISTS (
    SELECT FROM published.layer AS other
    JOIN published.release AS its ON its.id = other.release_id AND its.withdrawn_at IS NULL
    JOIN geography.edition AS used ON used.id = other.edition_id AND used.retired_at IS NULL
    WHERE other.indicator_slug = layer.indicator_slug AND (used.id = edition.successor OR used.area = edition.area)
))
