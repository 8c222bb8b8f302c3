WITH wanted AS MATERIALIZED (
  SELECT t.position, t.key, ${group}
  FROM unnest(:groups, :keys) WITH ORDINALITY AS t (number, key, position)
)
SELECT t.position, i.profile_id, ${person},
  c.consent_record_id AS id, c.channel, c.purpose, c.topic, c.state AS said, c.source, c.time,
  NULL AS workspace, NULL AS address_field
FROM wanted t
LEFT JOIN LATERAL (
  SELECT k.profile_id
  FROM profile_identity k
  WHERE k.workspace_id = t.workspace AND k.namespace = t.namespace AND k.value = t.key
  OFFSET 0
) AS i ON true
LEFT JOIN LATERAL (
  SELECT * FROM profile k WHERE k.profile_id = i.profile_id OFFSET 0
) AS p ON true
-- As in find-facts.sql: which of them cover the message is asked when they are found.
LEFT JOIN LATERAL (
  SELECT k.channel, k.purpose, k.topic, k.state, k.source, k.time, k.consent_record_id
  FROM profile_consent k
  WHERE k.profile_id = i.profile_id
  OFFSET 0
) AS c ON c.channel IN ('ANY', t.channel) AND c.purpose = t.purpose AND c.topic IN ('', t.topic)
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, w.workspace_id,
  w.address_field
FROM workspace w
WHERE w.workspace_id = ANY (:concerned)
