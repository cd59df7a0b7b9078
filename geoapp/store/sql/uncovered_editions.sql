-- uncovered_editions: the editions with outlines of which nobody has found the tiles yet
SELECT id FROM geography.edition
WHERE NOT EXISTS (SELECT FROM geography.coverage WHERE edition_id = edition.id)
  AND EXISTS (SELECT FROM geography.outline WHERE edition_id = edition.id)
ORDER BY published_at
