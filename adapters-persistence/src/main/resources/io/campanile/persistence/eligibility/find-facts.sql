WITH wanted AS MATERIALIZED (
  SELECT t.position, t.key, t.address, t.pseudonym, t.former, ${group}
  FROM unnest(:groups, :keys, :addresses, :pseudonyms, :formers)
    WITH ORDINALITY AS t (number, key, address, pseudonym, former, position)
), domains AS MATERIALIZED (
  -- They are few, and looked up once each.
  SELECT *
  FROM unnest(:domainWorkspaces, :domains) WITH ORDINALITY AS d (workspace, name, position)
), with_allowed_list AS MATERIALIZED (
  SELECT w.workspace_id AS workspace
  FROM workspace w
  WHERE w.workspace_id = ANY (:concerned) AND w.allowed_list_on
), named AS (
  -- One look-up for each name of an address, of which most have one.
  SELECT t.position, t.workspace, t.address AS name, t.channel, t.purpose, t.topic FROM wanted t
  UNION ALL
  SELECT t.position, t.workspace, t.pseudonym, t.channel, t.purpose, t.topic
  FROM wanted t
  WHERE t.pseudonym IS NOT NULL
)
SELECT t.position, 'ADDRESS_SUPPRESSION' AS kind, s.suppression_id AS id, NULL AS channel, NULL AS purpose,
  NULL AS topic, s.reason AS said, NULL AS source, s.create_time AS time, s.expire_time
FROM named t
CROSS JOIN LATERAL (
  SELECT * FROM suppression k WHERE k.workspace_id = t.workspace AND k.target = t.name OFFSET 0
) AS s
UNION ALL
SELECT d.position, 'DOMAIN_SUPPRESSION', s.suppression_id, NULL, NULL, NULL, s.reason, NULL, s.create_time,
  s.expire_time
FROM domains d
CROSS JOIN LATERAL (
  SELECT * FROM suppression k WHERE k.workspace_id = d.workspace AND k.target = d.name OFFSET 0
) AS s
UNION ALL
SELECT t.position, 'PROFILE_CONSENT', c.consent_record_id, c.channel, c.purpose, c.topic, c.state, c.source,
  c.time, NULL
FROM wanted t
CROSS JOIN LATERAL (
  SELECT k.profile_id
  FROM profile_identity k
  WHERE k.workspace_id = t.workspace AND k.namespace = t.namespace AND k.value = t.key
  OFFSET 0
) AS p
CROSS JOIN LATERAL (
  SELECT k.channel, k.purpose, k.topic, k.state, k.source, k.time, k.consent_record_id
  FROM profile_consent k
  WHERE k.profile_id = p.profile_id
  OFFSET 0
) AS c
WHERE t.key IS NOT NULL
  -- What is read of consents is in their key. Which of them cover the message is asked when they are found: lists in a
  -- look-up are sorted anew for each person.
  AND c.channel IN ('ANY', t.channel) AND c.purpose = t.purpose AND c.topic IN ('', t.topic)
UNION ALL
SELECT t.position, 'ADDRESS_CONSENT', c.consent_record_id, c.channel, c.purpose, c.topic, c.state, c.source,
  c.time, NULL
FROM (
  SELECT * FROM named
  UNION ALL
  SELECT t.position, t.workspace, t.former, t.channel, t.purpose, t.topic
  FROM wanted t
  WHERE t.former IS NOT NULL
) AS t
CROSS JOIN LATERAL (
  SELECT * FROM address_consent k WHERE k.workspace_id = t.workspace AND k.address = t.name OFFSET 0
) AS c
WHERE c.channel IN ('ANY', t.channel) AND c.purpose = t.purpose AND c.topic IN ('', t.topic)
UNION ALL
SELECT t.position, 'ALLOWED_ADDRESS', NULL, NULL, NULL, NULL, NULL, NULL, NULL, a.expire_time
FROM wanted t
CROSS JOIN LATERAL (
  SELECT k.expire_time FROM allowed_entry k
  WHERE k.workspace_id = t.workspace AND k.target = t.address
  OFFSET 0
) AS a
WHERE t.workspace = ANY (ARRAY(SELECT w.workspace FROM with_allowed_list w))
UNION ALL
SELECT d.position, 'ALLOWED_DOMAIN', NULL, NULL, NULL, NULL, NULL, NULL, NULL, a.expire_time
FROM domains d
CROSS JOIN LATERAL (
  SELECT k.expire_time FROM allowed_entry k
  WHERE k.workspace_id = d.workspace AND k.target = d.name
  OFFSET 0
) AS a
WHERE d.workspace = ANY (ARRAY(SELECT w.workspace FROM with_allowed_list w))
UNION ALL
SELECT NULL, 'ALLOWED_LIST_ON', NULL, NULL, NULL, NULL, NULL, w.workspace, NULL, NULL
FROM with_allowed_list w
UNION ALL
SELECT NULL, 'SENDING_WHEN_UNSET', NULL, NULL, NULL, NULL, NULL, w.workspace_id, NULL, NULL
FROM workspace w
WHERE w.workspace_id = ANY (:marketing) AND w.emails_when_unset
UNION ALL
-- Pseudonyms come for workspaces that are known to have erased people; of the others, this says whether they have.
SELECT NULL, 'ERASED', NULL, NULL, NULL, NULL, NULL, w.workspace, NULL, NULL
FROM unnest(:withoutPseudonyms) AS w (workspace)
CROSS JOIN LATERAL (
  (SELECT FROM suppression k
  WHERE k.workspace_id = w.workspace AND k.target LIKE ${erased}
  LIMIT 1)
  UNION ALL
  (SELECT FROM address_consent k
  WHERE k.workspace_id = w.workspace AND k.address LIKE ${erased}
  LIMIT 1)
) AS e
