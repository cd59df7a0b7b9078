-- editions: every published edition, or one. :id (or null)
SELECT id, area, code_system, source, attribution, licence, status, dated, box, base_level, published_at
FROM geography.edition
WHERE CAST(:id AS text) IS NULL OR id = :id
