-- upsert_layer: the layer is made, or moved to a new release and style; nothing comes back where the name is that of
-- another indicator's or edition's map. :id :indicator :edition :release :style
INSERT INTO published.layer AS kept (id, indicator_slug, edition_id, release_id, style)
VALUES (:id, :indicator, :edition, :release, :style)
ON CONFLICT (id) DO UPDATE SET release_id = excluded.release_id, style = excluded.style
WHERE kept.indicator_slug = excluded.indicator_slug AND kept.edition_id = excluded.edition_id
RETURNING kept.id
