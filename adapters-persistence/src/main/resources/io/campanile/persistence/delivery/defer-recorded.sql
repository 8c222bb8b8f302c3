-- Runs after the locks, with a snapshot of its own, so that a cancellation or an erasure that went first is seen: what
-- would be tried again is cancelled instead. Whom only an address names, the erasure finds by itself. A pause that went
-- first is seen as well: it holds what would be tried again.
WITH recorded AS MATERIALIZED (
  SELECT r.message_id, r.claim_epoch, r.reason, r.reply_code, r.enhanced_code, to_timestamp(r.time) AS time,
    r.not_begun,
    CASE WHEN b.paused THEN q.expire_time ELSE to_timestamp(r.due_time) END AS due_time,
    CASE WHEN b.paused THEN to_timestamp(r.due_time) END AS held_due_time,
    CASE
      WHEN e.cancel_time IS NOT NULL THEN 'EXECUTION_CANCELLED'
      WHEN EXISTS (
        SELECT
        FROM erasure f
        WHERE r.message_id < f.end_id
          AND f.workspace_id = (SELECT k.workspace_id FROM campaign k WHERE k.campaign_id = m.campaign_id)
          AND (m.identity_namespace, CASE m.identity_namespace
              WHEN 'email' THEN normalize(lower(m.identity_value))
              ELSE m.identity_value END) IN (SELECT * FROM unnest(f.namespaces, f.keys))) THEN 'PROFILE_ERASED'
    END AS cancelled_for
  FROM unnest(:messages, :epochs, :reasons, :replyCodes, :enhancedCodes, :times, :dueTimes, :notBegun)
    AS r (message_id, claim_epoch, reason, reply_code, enhanced_code, time, due_time, not_begun)
  CROSS JOIN LATERAL (
    SELECT k.execution_id, k.expire_time
    FROM message_queue k
    WHERE k.message_id = r.message_id AND k.claim_epoch = r.claim_epoch AND k.owner IS NOT NULL
    OFFSET 0
  ) AS q
  CROSS JOIN LATERAL (
    SELECT k.execution_id, k.campaign_id, k.identity_namespace, k.identity_value
    FROM message k
    WHERE k.message_id = r.message_id AND k.message_id BETWEEN :first AND :last
    OFFSET 0
  ) AS m
  LEFT JOIN LATERAL (
    SELECT k.cancel_time
    FROM execution k
    WHERE k.execution_id = m.execution_id
    OFFSET 0
  ) AS e ON true
  LEFT JOIN LATERAL (
    SELECT k.paused
    FROM broadcast k
    WHERE k.execution_id = q.execution_id
    OFFSET 0
  ) AS b ON true
), kept AS (
  UPDATE message_queue q
  SET owner = NULL, claims_without_mark = 0, lone_tries = 0, due_time = r.due_time,
    held_due_time = r.held_due_time
  FROM recorded r
  WHERE q.message_id = r.message_id
    AND q.message_id = ANY (ARRAY(SELECT message_id FROM recorded WHERE cancelled_for IS NULL))
), gone AS (
  DELETE FROM message_queue
  WHERE message_id = ANY (ARRAY(SELECT message_id FROM recorded WHERE cancelled_for IS NOT NULL))
  RETURNING message_id, execution_id
), counted AS (
  ${counted}
), forgotten AS (
  DELETE FROM message_secret
  WHERE message_id = ANY (ARRAY(SELECT message_id FROM recorded WHERE cancelled_for IS NOT NULL))
    AND message_id BETWEEN :first AND :last
), state AS (
  UPDATE message_state s
  SET state = CASE WHEN r.cancelled_for IS NULL THEN 'DEFERRED' ELSE 'CANCELLED' END,
    reason = coalesce(r.cancelled_for, r.reason),
    attempts = s.attempts - r.not_begun,
    reply_code = r.reply_code, enhanced_code = r.enhanced_code, state_time = r.time
  FROM recorded r
  WHERE s.message_id = r.message_id
    AND s.message_id = ANY (ARRAY(SELECT message_id FROM recorded))
    AND s.message_id BETWEEN :first AND :last
  RETURNING s.message_id, s.state, r.reason, s.attempts, r.reply_code, r.enhanced_code, r.time
), event AS (
  INSERT INTO message_event (message_id, number, state, reason, attempts, reply_code, enhanced_code, time)
  SELECT s.message_id,
    1 + coalesce((SELECT max(e.number) FROM message_event e WHERE e.message_id = s.message_id), 0),
    'DEFERRED', s.reason, s.attempts, s.reply_code, s.enhanced_code, s.time
  FROM state s
), decided AS (
  ${decided}
)
SELECT message_id FROM state
