-- regions: one level of an edition in number order, without shapes. :edition :level
SELECT number, code, name, kind, parent, area_km2, neighbours,
       ST_X(inside) AS x, ST_Y(inside) AS y,
       ST_XMin(shape) AS west, ST_YMin(shape) AS south, ST_XMax(shape) AS east, ST_YMax(shape) AS north,
       area_official_km2
FROM geography.region
WHERE edition_id = :edition AND level = :level AND number IS NOT NULL
ORDER BY number
