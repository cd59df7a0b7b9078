-- release_observations: what a release says of its own level, all periods. :release
SELECT period, code, figure, category, state, marks FROM published.observation WHERE release_id = :release
