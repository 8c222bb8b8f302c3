WITH wanted AS MATERIALIZED (
  SELECT *
  FROM unnest(:workspaces, :ruleSets, :namespaces, :keys, :persons, :strangers, :messages)
    WITH ORDINALITY AS t (workspace, rule_sets, namespace, key, person, stranger, message, position)
), counted AS MATERIALIZED (
  SELECT * FROM unnest(:counted, :epochs)
), in_force AS MATERIALIZED (
  SELECT k.*, z.time_zone
  FROM (SELECT DISTINCT workspace FROM wanted) AS w
  CROSS JOIN LATERAL (
    SELECT * FROM rule_set s WHERE s.workspace_id = w.workspace AND s.state = 'ACTIVE' OFFSET 0
  ) AS k
  CROSS JOIN LATERAL (
    SELECT s.time_zone FROM workspace s WHERE s.workspace_id = w.workspace OFFSET 0
  ) AS z
)
-- Each rule set comes once, in a row of its own: it is large, and many are asked about.
SELECT NULL::bigint AS position, NULL::uuid AS profile_id, r.time_zone, NULL::text[] AS channels,
  NULL::bigint[] AS times, NULL::uuid[] AS messages, ${ruleSet}
FROM in_force r
UNION ALL
SELECT t.position, p.profile_id, p.time_zone, x.channels, x.times, x.messages,
  r.rule_set_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM wanted t
JOIN in_force r ON r.workspace_id = t.workspace
  AND (r.scope = 'EVERY_CAMPAIGN' OR r.chosen_id = ANY (string_to_array(t.rule_sets, ',')))
LEFT JOIN LATERAL (
  SELECT k.profile_id, f.time_zone
  FROM profile_identity k
  CROSS JOIN LATERAL (
    SELECT s.time_zone FROM profile s WHERE s.profile_id = k.profile_id OFFSET 0
  ) AS f
  WHERE k.workspace_id = t.workspace AND k.namespace = t.namespace AND k.value = t.key
  OFFSET 0
) AS p ON true
CROSS JOIN LATERAL (
  SELECT array_agg(c.channel) AS channels,
    array_agg((extract(epoch FROM f.reserve_time) * 1000000)::bigint) AS times,
    array_agg(f.message_id) AS messages
  FROM unnest(r.capped_channels) AS c (channel)
  CROSS JOIN LATERAL (
    SELECT k.reserve_time, k.message_id
    FROM frequency_reservation k
    WHERE k.person = ANY (ARRAY[t.stranger, coalesce(p.profile_id, t.person)]) AND k.rule_set_id = r.rule_set_id
      AND k.channel = c.channel AND k.message_id <> t.message
      AND ((k.message_id, k.claim_epoch) IN (SELECT * FROM counted)) IS NOT TRUE
    ORDER BY k.reserve_time DESC
    LIMIT r.largest_cap
  ) AS f
) AS x
