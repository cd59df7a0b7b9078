-- insert_link: one accepted link, once. :crosswalk :bps :kemendagri :level
INSERT INTO geography.crosswalk_code (crosswalk_id, bps, kemendagri, level)
VALUES (:crosswalk, :bps, :kemendagri, :level)
ON CONFLICT DO NOTHING
