-- delete_surroundings: let go of what lies around an edition's area. :edition
DELETE FROM geography.surroundings WHERE edition_id = :edition
