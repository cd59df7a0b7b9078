-- insert_code_list: an official list, or the same one as imported now. :id :system :dated
INSERT INTO geography.code_list (id, system, dated)
VALUES (:id, :system, :dated)
ON CONFLICT (id) DO UPDATE SET imported_at = now()
