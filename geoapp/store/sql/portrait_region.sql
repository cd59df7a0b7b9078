-- portrait_region: one region of an edition with its number, neighbours' numbers and box; a mere ancestor has none. :edition :code
SELECT code, name, kind, level, number, parent, area_km2, area_official_km2, neighbours
FROM geography.region
WHERE edition_id = :edition AND code = :code
