-- layer_tile: one vector tile of a layer: code, name, figure, category, state, class (the plan's byte). :edition :level :zoom (the band) :z :x :y :extent :buffer :release :period :classes :figures and :states (of a change, by number; else NULL)
WITH square AS (
    SELECT ST_TileEnvelope(:z, :x, :y) AS tile,
           ST_TileEnvelope(:z, :x, :y, margin => CAST(:buffer AS float8) / :extent) AS reach,
           40075016.68557849 / (1 << :z) / :extent AS unit
), said AS (
    SELECT code, figure, category, state FROM published.observation WHERE release_id = :release AND period = :period
    UNION ALL
    SELECT code, figure, NULL, state FROM published.aggregate
    WHERE release_id = :release AND period = :period AND distribution IS NULL
), cut AS (
    SELECT outline.number AS id, region.code, region.name, said.category,
           CASE WHEN CAST(:figures AS float8[]) IS NULL THEN said.figure
                ELSE (CAST(:figures AS float8[]))[outline.number] END AS figure,
           CASE WHEN CAST(:figures AS float8[]) IS NULL THEN said.state
                ELSE (CAST(:states AS text[]))[outline.number] END AS state,
           get_byte(CAST(:classes AS bytea), outline.number - 1) AS class,
           CASE
               -- smaller than a unit: a square of two units stands for it, in the one tile that holds its inside
               WHEN placed.area = 0 THEN
                   ST_AsMVTGeom(ST_Expand(ST_PointOnSurface(outline.shape), square.unit), square.tile, :extent, :buffer)
               WHEN ST_IsValid(placed.shape) THEN placed.shape
               ELSE ST_SnapToGrid(ST_CollectionExtract(ST_MakeValid(placed.shape), 3), 1)
           END AS geom
    FROM square
    JOIN geography.outline ON outline.shape && square.reach
    JOIN geography.region USING (edition_id, level, number)
    -- every vertex goes to the nearest unit, the same for both sides of a border; ST_AsMVTGeom would drop vertices of
    -- each region by itself, so that neighbours no longer meet
    CROSS JOIN LATERAL (
        SELECT shape, coalesce(ST_Area(shape), 0) AS area FROM ST_SnapToGrid(ST_Affine(
            CASE WHEN outline.shape @ square.reach THEN outline.shape
                 ELSE ST_CollectionExtract(ST_ClipByBox2D(outline.shape, square.reach), 3) END,
            1 / square.unit, 0, 0, -1 / square.unit,
            -ST_XMin(square.tile) / square.unit, ST_YMax(square.tile) / square.unit
        ), 1) AS shape
    ) AS placed
    LEFT JOIN said ON said.code = region.code
    WHERE outline.edition_id = :edition AND outline.level = :level AND outline.zoom = :zoom
), turned AS (
    SELECT id, code, name, figure, category, state, class, ST_ForcePolygonCCW(geom) AS geom
    FROM cut WHERE NOT ST_IsEmpty(geom) ORDER BY id
)
SELECT ST_AsMVT(turned, 'regions', :extent, 'geom', 'id') FROM turned
