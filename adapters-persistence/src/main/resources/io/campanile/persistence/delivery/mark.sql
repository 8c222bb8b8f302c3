-- Rows are locked before they are judged: queue (in the order of the claims), gate, control, configuration. A locking
-- clause reads the newest committed version, so that one snapshot for all does no harm, but where an earlier mark of the
-- same claims, whose answer was lost, may still run: then the queue rows are locked by a statement before.
WITH held AS MATERIALIZED (
  SELECT c.message_id, c.claim_epoch, q.campaign_id, s.state = 'SENDING' AS marked,
    q.expire_time > :now AND q.due_time >= :attemptEndTime AS in_time
  FROM unnest(:messages, :epochs) AS c (message_id, claim_epoch)
  CROSS JOIN LATERAL (
    SELECT m.campaign_id, m.expire_time, m.due_time
    FROM message_queue m
    WHERE m.message_id = c.message_id AND m.claim_epoch = c.claim_epoch AND m.owner = :node
    FOR NO KEY UPDATE
  ) AS q
  CROSS JOIN LATERAL (
    SELECT m.state
    FROM message_state m
    WHERE m.message_id = c.message_id AND m.message_id BETWEEN :first AND :last
    OFFSET 0
  ) AS s
), concerned AS MATERIALIZED (
  SELECT DISTINCT campaign_id AS id FROM held
), gate AS MATERIALIZED (
  SELECT pg_advisory_xact_lock_shared(uuid_hash_extended(g.id, 0))
  FROM (SELECT id FROM concerned UNION ALL SELECT :configuration ORDER BY 1) AS g
), control AS MATERIALIZED (
  SELECT c.campaign_id, c.delivery
  FROM campaign_control c
  WHERE c.campaign_id = ANY (ARRAY(SELECT id FROM concerned)) AND (SELECT count(*) FROM gate) >= 0
  ORDER BY c.campaign_id
  FOR SHARE OF c
), configuration AS MATERIALIZED (
  SELECT f.state = 'ACTIVE' AND f.version = :version AS allows
  FROM channel_configuration f
  WHERE f.channel_configuration_id = :configuration AND (SELECT count(*) FROM control) >= 0
  FOR SHARE OF f
), judged AS MATERIALIZED (
  SELECT h.message_id, h.claim_epoch, h.marked,
    h.marked OR h.in_time AND c.delivery = 'DELIVER' AND (SELECT f.allows FROM configuration f)
      -- A node that was taken for dead marks nothing: others take all it holds.
      AND (SELECT NOT n.dead FROM node n WHERE n.node_id = :node) AS allowed
  FROM held h
  LEFT JOIN control c ON c.campaign_id = h.campaign_id
), marked AS (
  -- What stands in SENDING under a valid claim was marked by an earlier call.
  UPDATE message_state s
  SET state = 'SENDING', reason = NULL, attempts = s.attempts + 1, reply_code = 0, enhanced_code = '',
    state_time = :now
  WHERE s.message_id = ANY (ARRAY(SELECT message_id FROM judged WHERE allowed AND NOT marked))
    AND s.message_id BETWEEN :first AND :last AND s.state <> 'SENDING'
), released AS (
  UPDATE message_queue q
  SET owner = NULL, due_time = :now, lone_tries = 0,
    claims_without_mark = greatest(q.claims_without_mark - 1, 0)
  WHERE q.message_id = ANY (ARRAY(SELECT message_id FROM judged WHERE allowed IS NOT TRUE))
), decided AS (
  ${decided}
)
SELECT message_id, allowed IS TRUE AS allowed,
  allowed IS NOT TRUE AND (SELECT f.allows FROM configuration f) IS NOT TRUE AS outdated
FROM judged
