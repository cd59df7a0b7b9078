-- copy_observations: what one release says is said by another. :release :previous
INSERT INTO published.observation (release_id, period, code, figure, category, state, marks)
SELECT :release, period, code, figure, category, state, marks
FROM published.observation
WHERE release_id = :previous
