-- delete_link: an accepted link goes with the last name that made it. :crosswalk :bps :kemendagri :system :code :other
DELETE FROM geography.crosswalk_code
WHERE crosswalk_id = :crosswalk AND bps = :bps AND kemendagri = :kemendagri
  AND NOT EXISTS (
      SELECT FROM geography.alias
      WHERE revoked_at IS NULL AND code_system = :system AND code = :code AND origin ->> 'other_code' = :other
  )
