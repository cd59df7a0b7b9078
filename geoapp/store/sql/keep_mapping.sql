-- keep_mapping: how a table of this shape is read from now on. :shape :file :mapping
INSERT INTO intake.mapping (shape, file, mapping)
VALUES (:shape, :file, :mapping)
ON CONFLICT (shape) DO UPDATE SET file = excluded.file, mapping = excluded.mapping, saved_at = now()
