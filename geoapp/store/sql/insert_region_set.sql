-- insert_region_set: a named set of an edition's regions. :id :edition :name :codes
INSERT INTO geography.region_set (id, edition_id, name, codes)
VALUES (:id, :edition, :name, :codes)
ON CONFLICT (id) DO NOTHING
RETURNING id
