-- region_names: the names of some regions of an edition. :edition :codes
SELECT code, name
FROM geography.region
WHERE edition_id = :edition AND code = ANY(:codes)
