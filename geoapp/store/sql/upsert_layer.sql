-- upsert_layer: the layer is made, or moved to a new release and style. :id :indicator :edition :release :style
INSERT INTO published.layer (id, indicator_slug, edition_id, release_id, style)
VALUES (:id, :indicator, :edition, :release, :style)
ON CONFLICT (id) DO UPDATE SET release_id = excluded.release_id, style = excluded.style
