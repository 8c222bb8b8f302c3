-- Whatever hangs on a message is looked up by its key, for those that are wanted only. Of what comes from another row, the
-- planner cannot tell whose day it is: it locks all that are kept.
SELECT m.message_id, m.execution_id, c.workspace_id, c.chosen_id, m.revision, m.identity_namespace, m.identity_value,
  coalesce(m.address, (
    SELECT k.facts::json ->> 'to'
    FROM message_decision k
    WHERE m.address IS NULL AND k.message_id = m.message_id AND ${days})) AS address,
  s.state, s.reason, s.attempts, s.reply_code, s.enhanced_code, s.state_time, m.expire_time, q.due_time, e.metadata
FROM message m
JOIN campaign c ON c.campaign_id = m.campaign_id
CROSS JOIN LATERAL (
  SELECT k.state, k.reason, k.attempts, k.reply_code, k.enhanced_code, k.state_time
  FROM message_state k
  WHERE k.message_id = m.message_id AND ${days}
  OFFSET 0
) AS s
LEFT JOIN LATERAL (
  -- Of what a node holds, the queue keeps the end of the claim; of what a pause holds, when it would be due.
  SELECT CASE
    WHEN k.due_time = k.expire_time THEN k.held_due_time
    WHEN k.owner IS NULL THEN k.due_time
  END AS due_time
  FROM message_queue k
  WHERE k.message_id = m.message_id
  OFFSET 0
) AS q ON true
LEFT JOIN LATERAL (
  SELECT k.metadata FROM execution k WHERE k.execution_id = m.execution_id AND ${executionDays} OFFSET 0
) AS e ON true
WHERE true
