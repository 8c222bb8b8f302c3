-- What was never claimed before was never marked, and only what has a payload of its own can have sensitive data: most
-- messages, those of broadcasts, need neither looked up. Doubts are looked up for what was marked before, and nothing else.
WITH claimed AS (
  UPDATE message_queue q
  SET (claim_epoch, owner, due_time, claims_without_mark) = (
    SELECT q.claim_epoch + 1, :node,
      CASE WHEN d.in_doubt THEN least(:doubtEndTime::timestamptz, :leaseEndTime::timestamptz)
        ELSE :leaseEndTime::timestamptz END,
      CASE WHEN d.in_doubt THEN 1 ELSE q.claims_without_mark + 1 END
    FROM (
      SELECT q.claim_epoch > 0 AND 'SENDING' = (
        SELECT s.state
        FROM message_state s
        WHERE s.message_id = q.message_id AND s.message_id BETWEEN :first AND :last) AS in_doubt
      OFFSET 0
    ) AS d)
  WHERE q.message_id = ANY (:messages)
  RETURNING q.message_id, q.claim_epoch, q.campaign_id, q.lane, q.expire_time, q.claims_without_mark,
    q.lone_tries
)
SELECT c.message_id, c.claim_epoch, m.execution_id, c.campaign_id, m.revision, c.lane, m.identity_namespace,
  m.identity_value, m.address, m.payload,
  x.key_id, x.bytes, c.expire_time, coalesce(s.attempts, 0) AS attempts, e.doubts,
  c.claims_without_mark, c.lone_tries,
  coalesce(s.state = 'SENDING', false) AS in_doubt
FROM claimed c
LEFT JOIN LATERAL (
  SELECT k.state, k.attempts
  FROM message_state k
  WHERE c.claim_epoch > 1 AND k.message_id = c.message_id AND k.message_id BETWEEN :first AND :last
  OFFSET 0
) AS s ON true
CROSS JOIN LATERAL (
  SELECT count(*) AS doubts
  FROM message_event k
  WHERE s.attempts > 0 AND k.message_id = c.message_id AND k.message_id BETWEEN :first AND :last
    AND k.reason = 'OUTCOME_UNKNOWN'
  OFFSET 0
) AS e
CROSS JOIN LATERAL (
  SELECT k.execution_id, k.revision, k.identity_namespace, k.identity_value, k.address, k.payload
  FROM message k
  WHERE k.message_id = c.message_id AND k.message_id BETWEEN :first AND :last
  OFFSET 0
) AS m
LEFT JOIN LATERAL (
  SELECT k.key_id, k.bytes
  FROM message_secret k
  WHERE m.payload IS NOT NULL AND k.message_id = c.message_id AND k.message_id BETWEEN :first AND :last
  OFFSET 0
) AS x ON true
