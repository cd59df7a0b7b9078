-- layer_tile: one vector tile of a layer: code, name, figure, category, state, class (the plan's byte). The parameters of tile_cut, and :release :period :classes :figures and :states (of a change, by number; else NULL)
-- include tile_cut
, said AS (
    SELECT code, figure, category, state FROM published.observation WHERE release_id = :release AND period = :period
    UNION ALL
    SELECT code, figure, NULL, state FROM published.aggregate
    WHERE release_id = :release AND period = :period AND distribution IS NULL
), told AS (
    SELECT cut.id, region.code, region.name, said.category,
           CASE WHEN CAST(:figures AS float8[]) IS NULL THEN said.figure
                ELSE (CAST(:figures AS float8[]))[cut.id] END AS figure,
           CASE WHEN CAST(:figures AS float8[]) IS NULL THEN said.state
                ELSE (CAST(:states AS text[]))[cut.id] END AS state,
           get_byte(CAST(:classes AS bytea), cut.id - 1) AS class,
           cut.geom
    FROM cut
    JOIN geography.region ON region.edition_id = :edition AND region.level = :level AND region.number = cut.id
    LEFT JOIN said ON said.code = region.code
    WHERE NOT ST_IsEmpty(cut.geom)
    ORDER BY cut.id
)
SELECT ST_AsMVT(told, 'regions', :side, 'geom', 'id') FROM told
