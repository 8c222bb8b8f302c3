-- Whoever is being erased is nobody by now, and is not to be made known again.
SELECT q.message_id
FROM unnest(:messages, :epochs) AS c (message_id, claim_epoch)
CROSS JOIN LATERAL (
  SELECT m.message_id
  FROM message_queue m
  WHERE m.message_id = c.message_id AND m.claim_epoch = c.claim_epoch AND m.owner = :node
  OFFSET 0
) AS q
WHERE NOT EXISTS (
  SELECT
  FROM erasure e
  CROSS JOIN LATERAL (
    SELECT k.campaign_id, k.identity_namespace, k.identity_value, k.address
    FROM message k
    WHERE k.message_id = q.message_id AND k.message_id BETWEEN :first AND :last
    OFFSET 0
  ) AS m
  WHERE q.message_id < e.end_id
    AND e.workspace_id = (SELECT k.workspace_id FROM campaign k WHERE k.campaign_id = m.campaign_id)
    AND ((m.identity_namespace, m.identity_value) IN (SELECT * FROM unnest(e.namespaces, e.keys))
      OR lower(m.address) = ANY (e.addresses)
      OR m.identity_namespace = 'email' AND lower(m.identity_value) = ANY (e.addresses)))
