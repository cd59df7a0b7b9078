-- shapes_coded: some shapes of a level by their codes, in full detail, EPSG:4326. :edition :level :codes (lines)
SELECT code, ST_AsBinary(shape) AS shape
FROM geography.region
WHERE edition_id = :edition AND level = :level AND number IS NOT NULL
  AND code = ANY(string_to_array(:codes, E'\n'))
