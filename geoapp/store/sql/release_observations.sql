-- release_observations: what a release says of its own level, all periods. :release :codes (of these alone, or null)
SELECT period, code, figure, category, state, marks FROM published.observation
WHERE release_id = :release AND (CAST(:codes AS text[]) IS NULL OR code = ANY(CAST(:codes AS text[])))
