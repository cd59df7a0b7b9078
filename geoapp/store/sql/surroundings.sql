-- surroundings: what lies around an edition's area, as it is sent. :edition
SELECT digest, document
FROM geography.surroundings
WHERE edition_id = :edition
