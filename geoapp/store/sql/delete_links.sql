-- delete_links: what a crosswalk has of some BPS regencies. :id :regencies
DELETE FROM geography.crosswalk_code
WHERE crosswalk_id = :id AND left(bps, 4) = ANY(CAST(:regencies AS text[]))
