-- plan_counts: how many regions of some plans have a figure, of how many, and how many nobody asked. :layers :releases :levels :periods (lines, side by side)
SELECT plan.layer_id, CAST(plan.document ->> 'known' AS int) AS known, CAST(plan.document ->> 'total' AS int) AS total,
       coalesce((
           SELECT CAST(line ->> 'count' AS int) FROM jsonb_array_elements(plan.document -> 'legend') AS line
           WHERE line ->> 'state' = 'out_of_scope'
       ), 0) AS unasked
FROM unnest(string_to_array(:layers, E'\n'), string_to_array(:releases, E'\n'), string_to_array(:levels, E'\n'),
            string_to_array(:periods, E'\n')) AS wanted (layer_id, release, level, period)
JOIN published.plan
  ON plan.layer_id = wanted.layer_id AND plan.release_id = CAST(wanted.release AS bigint)
 AND plan.level = CAST(wanted.level AS int) AND plan.period = wanted.period
