-- note_changes: keep with releases what they changed of those before them. :releases :befores
UPDATE published.release
SET report = release.report
    || jsonb_build_object('changes', jsonb_build_array(counted.changed, counted.added, counted.removed))
FROM (
-- include release_changes
) AS counted
WHERE release.id = counted.release
