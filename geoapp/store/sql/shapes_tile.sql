-- shapes_tile: one vector tile of an edition's level, code and name only. The parameters of tile_cut.
-- include tile_cut
, told AS (
    SELECT cut.id, region.code, region.name, cut.geom
    FROM cut
    JOIN geography.region ON region.edition_id = :edition AND region.level = :level AND region.number = cut.id
    WHERE NOT ST_IsEmpty(cut.geom)
    ORDER BY cut.id
)
SELECT ST_AsMVT(told, 'regions', :side, 'geom', 'id') FROM told
