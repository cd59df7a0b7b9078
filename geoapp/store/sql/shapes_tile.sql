-- shapes_tile: one vector tile of an edition's level, code and name only. :edition :level :zoom (the band) :z :x :y :extent :buffer
WITH square AS (
    SELECT ST_TileEnvelope(:z, :x, :y) AS tile,
           ST_TileEnvelope(:z, :x, :y, margin => CAST(:buffer AS float8) / :extent) AS reach,
           40075016.68557849 / (1 << :z) / :extent AS unit
), cut AS (
    SELECT outline.number AS id, region.code, region.name,
           coalesce(
               ST_AsMVTGeom(outline.shape, square.tile, :extent, :buffer),
               -- smaller than a unit: a square of two units stands for it, in the one tile that holds its inside
               ST_AsMVTGeom(ST_Expand(ST_PointOnSurface(outline.shape), square.unit), square.tile, :extent, :buffer)
           ) AS geom
    FROM square
    JOIN geography.outline ON outline.shape && square.reach
    JOIN geography.region USING (edition_id, level, number)
    WHERE outline.edition_id = :edition AND outline.level = :level AND outline.zoom = :zoom
    ORDER BY outline.number
)
SELECT ST_AsMVT(cut, 'regions', :extent, 'geom', 'id') FROM cut WHERE geom IS NOT NULL
