-- insert_crosswalk: a crosswalk, or the same one as imported now. :id :dated :status
INSERT INTO geography.crosswalk (id, dated, status)
VALUES (:id, :dated, :status)
ON CONFLICT (id) DO UPDATE SET dated = excluded.dated, status = excluded.status, imported_at = now()
