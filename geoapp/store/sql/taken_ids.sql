-- taken_ids: the ids of editions that are there, and of those that were removed and had other content: tiles of theirs
-- may be kept by browsers for a year. :digest
SELECT id FROM geography.edition
UNION
SELECT detail ->> 'edition' FROM intake.audit
WHERE act = 'remove edition' AND detail ->> 'digest' IS DISTINCT FROM :digest
