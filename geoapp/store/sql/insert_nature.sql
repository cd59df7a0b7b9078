-- insert_nature: a lake or a forest of an edition. :edition :place :kind :code :name :shape (WKB, EPSG:4326)
INSERT INTO geography.nature (edition_id, place, kind, code, name, shape)
VALUES (:edition, :place, :kind, :code, :name, ST_SetSRID(ST_GeomFromWKB(:shape), 4326))
