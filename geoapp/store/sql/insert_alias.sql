-- insert_alias: another name of a region, unless that region has it already. :system :code :name :key :origin :actor
INSERT INTO geography.alias (code_system, code, name, key, origin, actor)
VALUES (:system, :code, :name, :key, :origin, :actor)
ON CONFLICT (code_system, code, key) WHERE revoked_at IS NULL DO NOTHING
