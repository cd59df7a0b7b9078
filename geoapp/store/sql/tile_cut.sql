-- tile_cut: the shapes of one tile, for the statements that say what they carry. :edition :level :grid, and in the grid's units :left :top :side :margin
WITH box AS (
    -- whole numbers come as the smallest type that holds each, in which a sum may not fit
    SELECT ST_MakeEnvelope(
        CAST(:left AS float8) - :margin, CAST(:top AS float8) - :margin,
        CAST(:left AS float8) + :side + :margin, CAST(:top AS float8) + :side + :margin
    ) AS reach
), cut AS (
    -- shapes are whole units, with a vertex wherever a border meets an edge of the box: the cut makes no new point, so
    -- neighbours, and the next tile, keep every vertex in common. ST_AsMVTGeom would drop vertices of each by itself.
    SELECT outline.number AS id, ST_Translate(
        CASE
            WHEN outline.shape @ box.reach THEN outline.shape
            ELSE ST_ForcePolygonCCW(ST_CollectionExtract(
                CASE WHEN ST_IsValid(clipped.shape) THEN clipped.shape
                     ELSE ST_Intersection(outline.shape, box.reach) END, 3))
        END, -:left, -:top) AS geom
    FROM box
    JOIN geography.outline ON outline.shape && box.reach
    CROSS JOIN LATERAL (SELECT ST_ClipByBox2D(outline.shape, box.reach) AS shape OFFSET 0) AS clipped
    WHERE outline.edition_id = :edition AND outline.level = :level AND outline.zoom = :grid
)
