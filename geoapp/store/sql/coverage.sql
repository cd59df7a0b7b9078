-- coverage: the tiles of a level and zoom that are not empty, as domain/covered.py encodes them. :edition :level :zoom
SELECT tiles FROM geography.coverage WHERE edition_id = :edition AND level = :level AND zoom = :zoom
