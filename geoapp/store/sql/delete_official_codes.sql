-- delete_official_codes: what a list has of some provinces. :id :provinces
DELETE FROM geography.official_code
WHERE list_id = :id AND left(code, 2) = ANY(:provinces)
